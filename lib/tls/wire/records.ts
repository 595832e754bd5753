/** The records of a peer as long as they are not encrypted. Pure. */

/** Type, version, length (RFC 8446 section 5.1). */
const HEADER_LENGTH = 5;
/** 2^14 and what encryption may add (RFC 5246 section 6.2.3). */
const LONGEST_RECORD = (1 << 14) + 2048;
/** Enough to tell protocols apart, and for a person to see. */
const KEPT = 64;

const RECORD_TYPE = {
  changeCipherSpec: 20,
  alert: 21,
  handshake: 22,
  applicationData: 23,
} as const;

const FATAL = 2;
const ALERT_LENGTH = 2;

/**
 * Whether bytes begin like a record of TLS 1.0 to 1.3; undefined: they are too
 * few to tell.
 */
export function beginsLikeTls(bytes: Uint8Array): boolean | undefined {
  const [type, major, minor, high, low] = bytes;
  if (type === undefined) return undefined;
  if (type < RECORD_TYPE.changeCipherSpec) return false;
  if (type > RECORD_TYPE.applicationData) return false;
  if (major === undefined) return undefined;
  if (major !== 3) return false;
  if (minor === undefined) return undefined;
  if (minor > 4) return false;
  if (high === undefined || low === undefined) return undefined;
  return high * 256 + low <= LONGEST_RECORD;
}

/**
 * Looks at all that a peer sends, and keeps how it began and the alerts that
 * came before encryption. Memory does not grow with what is sent.
 */
export class PlainRecords {
  readonly #first = new Uint8Array(KEPT);
  #firstLength = 0;
  readonly #header = new Uint8Array(HEADER_LENGTH);
  #headerLength = 0;
  readonly #alert = new Uint8Array(ALERT_LENGTH);
  #alertLength = 0;
  /** Bytes of the record's body that are still to come. */
  #left = 0;
  #readable = true;
  #greeted = false;
  #fatal: number | undefined;
  #warning: number | undefined;

  /** How the peer began, up to 64 bytes. */
  get first(): Uint8Array {
    return this.#first.slice(0, this.#firstLength);
  }

  /** The description of the fatal alert that came; of a warning if none did. */
  get alert():
    | { readonly description: number; readonly fatal: boolean }
    | undefined {
    if (this.#fatal !== undefined) {
      return { description: this.#fatal, fatal: true };
    }
    return this.#warning === undefined
      ? undefined
      : { description: this.#warning, fatal: false };
  }

  /** Whether the peer has begun a handshake. */
  get greeted(): boolean {
    return this.#greeted;
  }

  /** The next bytes of the peer, cut anywhere. */
  push(bytes: Uint8Array): void {
    this.#keepFirst(bytes);
    for (let at = 0; this.#readable && at < bytes.byteLength;) {
      const rest = bytes.subarray(at);
      at += this.#left > 0 ? this.#body(rest) : this.#headerBytes(rest);
    }
  }

  #keepFirst(bytes: Uint8Array): void {
    const kept = bytes.subarray(0, KEPT - this.#firstLength);
    this.#first.set(kept, this.#firstLength);
    this.#firstLength += kept.byteLength;
  }

  /** How many bytes were used; also of the two below. */
  #headerBytes(bytes: Uint8Array): number {
    const part = bytes.subarray(0, HEADER_LENGTH - this.#headerLength);
    this.#header.set(part, this.#headerLength);
    this.#headerLength += part.byteLength;
    if (this.#headerLength === HEADER_LENGTH) this.#begin();
    return part.byteLength;
  }

  #begin(): void {
    const [type = 0, , , high = 0, low = 0] = this.#header;
    // What comes after either of these is encrypted.
    this.#readable = beginsLikeTls(this.#header) === true &&
      type !== RECORD_TYPE.changeCipherSpec &&
      type !== RECORD_TYPE.applicationData;
    if (this.#readable && type === RECORD_TYPE.handshake) this.#greeted = true;
    this.#left = high * 256 + low;
    this.#headerLength = 0;
    this.#alertLength = 0;
  }

  #body(bytes: Uint8Array): number {
    const part = bytes.subarray(0, this.#left);
    this.#left -= part.byteLength;
    if (this.#header[0] === RECORD_TYPE.alert) {
      for (const byte of part) this.#alertByte(byte);
    }
    return part.byteLength;
  }

  #alertByte(byte: number): void {
    this.#alert[this.#alertLength++] = byte;
    if (this.#alertLength < ALERT_LENGTH) return;
    this.#alertLength = 0;
    const [level, description] = this.#alert;
    if (level === FATAL) this.#fatal ??= description;
    else this.#warning = description;
  }
}
