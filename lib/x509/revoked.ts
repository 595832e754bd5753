/**
 * The entries of a revocation list (RFC 5280 section 5.3), where they stand:
 * there may be a million of them, so there is no object for each.
 */

import { Der, integerHex, Tag, timeValue } from "./der.ts";
import { readExtensions } from "./extensions.ts";
import { type RevocationList, type Revoked, X509Error } from "./types.ts";

const REASON = "2.5.29.21";
const REMOVED = "removeFromCRL";

/** Extensions that are nothing but a reason, without the reason. */
const ONLY_REASON = Uint8Array.of(
  0x30,
  0x0c,
  0x30,
  0x0a,
  0x06,
  0x03,
  0x55,
  0x1d,
  0x15,
  0x04,
  0x03,
  0x0a,
  0x01,
);

/** Section 5.3.1; 7 is not used. */
const REASONS: readonly (string | undefined)[] = [
  "unspecified",
  "keyCompromise",
  "cACompromise",
  "affiliationChanged",
  "superseded",
  "cessationOfOperation",
  "certificateHold",
  undefined,
  REMOVED,
  "privilegeWithdrawn",
  "aACompromise",
];

/** Goes from one entry to the next. */
class Entries {
  readonly #bytes: Uint8Array;
  /** Tag and content of the value that was read last. */
  #tag = 0;
  #start = 0;
  #end = 0;
  /** Of the entry. */
  #entryEnd = 0;
  #serialStart = 0;
  #serialEnd = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** @throws {X509Error} if there is one that cannot be read. */
  next(): boolean {
    if (this.#entryEnd === this.#bytes.byteLength) return false;
    this.#read(this.#entryEnd, this.#bytes.byteLength, Tag.sequence);
    this.#entryEnd = this.#end;
    this.#read(this.#start, this.#entryEnd, Tag.integer);
    this.#serialStart = this.#start;
    this.#serialEnd = this.#end;
    this.#read(this.#end, this.#entryEnd);
    return true;
  }

  /** A value of that tag, or of any. */
  #read(at: number, limit: number, tag?: number): void {
    const bytes = this.#bytes;
    const found = bytes[at] ?? 0;
    let length = bytes[at + 1] ?? 0;
    let start = at + 2;
    if (length > 0x80 && length <= 0x84) {
      const count = length & 0x7f;
      length = 0;
      for (const end = start + count; start < end; start++) {
        length = length * 256 + (bytes[start] ?? 0);
      }
    } else if (length >= 0x80) length = Infinity;
    if ((tag !== undefined && found !== tag) || start + length > limit) {
      throw new X509Error("revocation list: an entry is damaged");
    }
    this.#tag = found;
    this.#start = start;
    this.#end = start + length;
  }

  /** @throws {X509Error} if its number or date is none. */
  check(): void {
    const bytes = this.#bytes;
    const first = bytes[this.#serialStart];
    const second = bytes[this.#serialStart + 1] ?? 0;
    const length = this.#serialEnd - this.#serialStart;
    // The common ones are told without an object.
    if (
      length > 32 || first === undefined || first === 0xff ||
      first === 0 && second < 0x80
    ) integerHex(bytes.subarray(this.#serialStart, this.#serialEnd));
    if (length === 0) integerHex(new Uint8Array());
    this.date();
    if (!this.#hasOnlyReason()) reasonOf(this.#extensions());
  }

  /** In milliseconds since 1970. */
  date(): number {
    return timeValue(
      this.#tag,
      this.#bytes,
      this.#start,
      this.#end,
      "revocation date",
    );
  }

  reason(): string | undefined {
    return reasonOf(this.#extensions());
  }

  is(serialNumber: Uint8Array): boolean {
    const skipped = this.#bytes[this.#serialStart] === 0 &&
        this.#serialEnd - this.#serialStart > 1
      ? 1
      : 0;
    const start = this.#serialStart + skipped;
    if (this.#serialEnd - start !== serialNumber.byteLength) return false;
    for (let at = 0; at < serialNumber.byteLength; at++) {
      if (this.#bytes[start + at] !== serialNumber[at]) return false;
    }
    return true;
  }

  /** What is behind the date. */
  #extensions(): Uint8Array {
    return this.#bytes.subarray(this.#end, this.#entryEnd);
  }

  /** No extension at all, or a reason and nothing else. */
  #hasOnlyReason(): boolean {
    const length = this.#entryEnd - this.#end;
    if (length === 0) return true;
    if (length !== ONLY_REASON.byteLength + 1) return false;
    for (let at = 0; at < ONLY_REASON.byteLength; at++) {
      if (this.#bytes[this.#end + at] !== ONLY_REASON[at]) return false;
    }
    return true;
  }
}

/** Of the extensions of an entry; undefined: none is given. */
function reasonOf(bytes: Uint8Array): string | undefined {
  if (bytes.byteLength === 0) return undefined;
  const der = new Der(bytes);
  const extensions = readExtensions(der);
  der.end("revoked certificate");
  // A reason is never critical (RFC 5280 section 5.3.1).
  const unknown = extensions.find(({ critical }) => critical);
  if (unknown !== undefined) {
    throw new X509Error(
      `extension ${unknown.oid} of an entry is critical and not supported`,
      true,
    );
  }
  const reason = extensions.find(({ oid }) => oid === REASON);
  if (reason === undefined) return undefined;
  const { content } = new Der(reason.value).next("reason", Tag.enumerated);
  const [number] = content;
  return number === undefined || content.byteLength > 1
    ? undefined
    : REASONS[number];
}

/** Looks at every entry once. @throws {X509Error} if one is damaged. */
export function checkEntries(bytes: Uint8Array): void {
  const entries = new Entries(bytes);
  while (entries.next()) entries.check();
}

/**
 * The entry of a serial number, as {@linkcode Certificate} has it, in a list
 * that has been read. One that takes another back does not count beside it: a
 * list that is not a delta has no business with such entries.
 */
export function findRevoked(
  { entries: bytes }: RevocationList,
  serialNumber: string,
): Revoked | undefined {
  const wanted = Uint8Array.fromHex(serialNumber);
  const entries = new Entries(bytes);
  let found: Revoked | undefined;
  while (entries.next()) {
    if (!entries.is(wanted)) continue;
    found = { since: new Date(entries.date()), reason: entries.reason() };
    if (found.reason !== REMOVED) return found;
  }
  return found;
}
