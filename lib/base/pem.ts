/** PEM: binary data as text (RFC 7468, RFC 1421 section 4.4). Pure. */

/** What stands between a BEGIN line and its END line. */
export interface PemBlock {
  /** "CERTIFICATE", "RSA PRIVATE KEY", …; as it stands there. */
  readonly label: string;
  /** Of its BEGIN line, from 1. */
  readonly line: number;
  /** Its END line is there. */
  readonly isEnded: boolean;
  /** RFC 1421 section 4.6: "Proc-Type", "DEK-Info". */
  readonly headers: ReadonlyMap<string, string>;
  /** Undefined: it is cut short, empty, or no base64. */
  readonly bytes: Uint8Array | undefined;
}

const DASH = 0x2d;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
/** Dashes on both sides of a BEGIN or END. */
const DASHES = 5;
/** Of a line that can be a boundary or a header, in bytes. */
const LONGEST_LINE = 1024;
const MOST_HEADERS = 64;
/** Most blocks that {@linkcode pemBlocks} gives. */
const MOST_BLOCKS = 10_000;

const BEGIN = /^-----BEGIN ([ -~]{1,64})-----$/;

/**
 * The first 10,000 blocks of a text, in order. Anything else in it is passed
 * over, as everybody does; a block without its END line goes up to the next
 * BEGIN line.
 */
export function pemBlocks(content: Uint8Array): readonly PemBlock[] {
  return [...eachPemBlock(content).take(MOST_BLOCKS)];
}

/**
 * The same one by one, without an end, so that only one need be in memory.
 *
 * @param wanted labels; other blocks are left out
 */
export function* eachPemBlock(
  content: Uint8Array,
  wanted?: readonly string[],
): Generator<PemBlock, void, undefined> {
  let line = 1;
  let counted = 0;
  let open: { label: string; line: number; start: number } | undefined;
  const close = (end: number, isEnded: boolean): PemBlock | undefined => {
    if (open === undefined) return undefined;
    const { label, line, start } = open;
    if (wanted?.includes(label) === false) return undefined;
    const inside = content.subarray(start, end);
    return { label, line, isEnded, ...contents(inside, isEnded) };
  };
  for (const [start, end] of boundaries(content)) {
    const text = lineText(content.subarray(start, end));
    const block = close(start, text === `-----END ${open?.label}-----`);
    if (block !== undefined) yield block;
    line += linesIn(content, counted, start);
    counted = start;
    const label = BEGIN.exec(text)?.[1];
    open = label === undefined ? undefined : { label, line, start: end };
  }
  const block = close(content.byteLength, false);
  if (block !== undefined) yield block;
}

/** Where lines that begin with five dashes begin and end. */
function* boundaries(
  content: Uint8Array,
): Generator<readonly [number, number], void, undefined> {
  // An editor's byte order mark.
  const first = content[0] === 0xef && content[1] === 0xbb &&
      content[2] === 0xbf
    ? 3
    : 0;
  let at = content.indexOf(DASH, first);
  while (at !== -1) {
    let end = at + 1;
    while (content[end] === DASH) end++;
    const before = content[at - 1];
    const isBoundary = end - at >= DASHES && (at === first ||
      before === LINE_FEED || before === CARRIAGE_RETURN);
    if (isBoundary) {
      end = lineEnd(content, end);
      yield [at, end];
    }
    at = content.indexOf(DASH, end);
  }
}

/** Where the line of `at` ends, without its end. */
function lineEnd(content: Uint8Array, at: number): number {
  let end = at;
  while (
    end < content.byteLength && content[end] !== LINE_FEED &&
    content[end] !== CARRIAGE_RETURN
  ) end++;
  return end;
}

/** How many lines end between two places; CR LF is one end. */
function linesIn(content: Uint8Array, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++) {
    const byte = content[at];
    if (
      byte === LINE_FEED ||
      byte === CARRIAGE_RETURN && content[at + 1] !== LINE_FEED
    ) count++;
  }
  return count;
}

/** A byte is a character; what is too long is nothing. */
function lineText(line: Uint8Array): string {
  return line.byteLength > LONGEST_LINE
    ? ""
    : new TextDecoder("latin1").decode(line).trimEnd();
}

function contents(
  inside: Uint8Array,
  isEnded: boolean,
): Pick<PemBlock, "headers" | "bytes"> {
  const headers = new Map<string, string>();
  let rest = inside;
  while (headers.size < MOST_HEADERS) {
    let start = 0;
    while (rest[start] === LINE_FEED || rest[start] === CARRIAGE_RETURN) {
      start++;
    }
    const end = lineEnd(rest, start);
    const [, name, value] = /^([\w-]+):(.*)$/.exec(
      lineText(rest.subarray(start, end)),
    ) ?? [];
    if (name === undefined || value === undefined) break;
    headers.set(name, value.trim());
    rest = rest.subarray(end);
  }
  return { headers, bytes: isEnded ? decodeBase64(rest) : undefined };
}

/** In bytes of text: a list of many megabytes is not a string as a whole. */
const PIECE = 16 * 1024;

function decodeBase64(text: Uint8Array): Uint8Array | undefined {
  const decoder = new TextDecoder("latin1");
  const bytes = new Uint8Array(Math.ceil(text.byteLength / 4) * 3);
  let length = 0;
  let isPadded = false;
  for (let at = 0; at < text.byteLength;) {
    const piece = decoder.decode(text.subarray(at, at + PIECE));
    if (isPadded && piece.trim() !== "") return undefined;
    const isLast = at + PIECE >= text.byteLength;
    try {
      const { read, written } = bytes.subarray(length).setFromBase64(piece, {
        // Four characters that a piece ends within are read with the next.
        lastChunkHandling: isLast ? "loose" : "stop-before-partial",
      });
      // Nothing but blanks with hardly a character among them.
      if (read === 0) return undefined;
      at += read;
      length += written;
      isPadded ||= piece.slice(0, read).trimEnd().endsWith("=");
    } catch {
      return undefined;
    }
  }
  return length === 0 ? undefined : bytes.subarray(0, length);
}

const LINE_LENGTH = 64;

/** One block. */
export function toPem(label: string, bytes: Uint8Array): string {
  const text = bytes.toBase64();
  const lines: string[] = [];
  for (let at = 0; at < text.length; at += LINE_LENGTH) {
    lines.push(text.slice(at, at + LINE_LENGTH));
  }
  return `-----BEGIN ${label}-----\n${
    lines.join("\n")
  }\n-----END ${label}-----\n`;
}
