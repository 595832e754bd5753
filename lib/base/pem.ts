/** PEM: binary data as text (RFC 7468, RFC 1421 section 4.4). Pure. */

/** What stands between a BEGIN line and its END line. */
export interface PemBlock {
  /** "CERTIFICATE", "RSA PRIVATE KEY", …; as it stands there. */
  readonly label: string;
  /** RFC 1421 section 4.6: "Proc-Type", "DEK-Info". */
  readonly headers: ReadonlyMap<string, string>;
  /** Undefined: it is cut short, or no base64. */
  readonly bytes: Uint8Array | undefined;
}

const BEGIN = /^-----BEGIN ([ -~]{1,64})-----$/;

/**
 * All blocks of a text, in order. Anything else in it is passed over, as
 * everybody does; a block without its END line goes up to the next BEGIN line.
 */
export function pemBlocks(content: Uint8Array): readonly PemBlock[] {
  const lines = new TextDecoder("latin1").decode(content).split(/\r\n|\r|\n/);
  const blocks: PemBlock[] = [];
  let at = 0;
  while (at < lines.length) {
    const label = labelOf(lines[at++]);
    if (label === undefined) continue;
    const start = at;
    while (at < lines.length && !isBoundary(lines[at])) at++;
    const ended = lines[at]?.trimEnd() === `-----END ${label}-----`;
    blocks.push(block(label, lines.slice(start, at), ended));
  }
  return blocks;
}

function labelOf(line: string | undefined): string | undefined {
  return BEGIN.exec(line?.trimEnd() ?? "")?.[1];
}

function isBoundary(line: string | undefined): boolean {
  return line?.startsWith("-----") === true;
}

function block(
  label: string,
  lines: readonly string[],
  ended: boolean,
): PemBlock {
  const headers = new Map<string, string>();
  let at = 0;
  for (; at < lines.length; at++) {
    const [, name, value] = /^([\w-]+):(.*)$/.exec(lines[at] ?? "") ?? [];
    if (name === undefined || value === undefined) break;
    headers.set(name, value.trim());
  }
  const bytes = ended ? decodeBase64(lines.slice(at).join("")) : undefined;
  return { label, headers, bytes };
}

function decodeBase64(text: string): Uint8Array | undefined {
  try {
    const bytes = Uint8Array.fromBase64(text);
    return bytes.byteLength === 0 ? undefined : bytes;
  } catch {
    return undefined;
  }
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
