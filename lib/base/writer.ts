/** A growing buffer in which lengths are filled in by scope. */

const INITIAL_CAPACITY = 512;

/** Thrown when a value does not fit the field that it is written to. */
export class WriteError extends Error {
  override readonly name = "WriteError";
}

/** All parts in one piece, one after the other. */
export function concatenate(
  parts: readonly Uint8Array[],
): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(
    parts.reduce((length, part) => length + part.byteLength, 0),
  );
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}

/**
 * Writes big-endian or little-endian data. A length is never computed by hand:
 * {@linkcode Writer.block16} and {@linkcode Writer.block32} leave room for it,
 * run the body, and fill in how many bytes the body wrote.
 */
export class Writer {
  #bytes = new Uint8Array(INITIAL_CAPACITY);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  #grow(length: number): number {
    const position = this.#length;
    const wanted = position + length;
    if (wanted > this.#bytes.byteLength) {
      const larger = new Uint8Array(
        Math.max(wanted, 2 * this.#bytes.byteLength),
      );
      larger.set(this.#bytes.subarray(0, position));
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    this.#length = wanted;
    return position;
  }

  #check(value: number, maximum: number): void {
    if (!Number.isInteger(value) || value < 0 || value > maximum) {
      throw new WriteError(`${value} does not fit into 0 to ${maximum}`);
    }
  }

  u8(value: number): void {
    this.#check(value, 0xff);
    const at = this.#grow(1);
    this.#view.setUint8(at, value);
  }

  u16(value: number): void {
    this.#check(value, 0xffff);
    const at = this.#grow(2);
    this.#view.setUint16(at, value);
  }

  u32(value: number): void {
    this.#check(value, 0xffffffff);
    const at = this.#grow(4);
    this.#view.setUint32(at, value);
  }

  u16le(value: number): void {
    this.#check(value, 0xffff);
    const at = this.#grow(2);
    this.#view.setUint16(at, value, true);
  }

  u32le(value: number): void {
    this.#check(value, 0xffffffff);
    const at = this.#grow(4);
    this.#view.setUint32(at, value, true);
  }

  bytes(value: Uint8Array): void {
    const at = this.#grow(value.byteLength);
    this.#bytes.set(value, at);
  }

  zeros(length: number): void {
    this.#grow(length);
  }

  /** Writes a 16-bit length, then what `body` writes, which it measures. */
  block16(body: () => void): void {
    const at = this.#grow(2);
    body();
    const length = this.#length - at - 2;
    this.#check(length, 0xffff);
    this.#view.setUint16(at, length);
  }

  /** Writes a 32-bit length, then what `body` writes, which it measures. */
  block32(body: () => void): void {
    const at = this.#grow(4);
    body();
    this.#view.setUint32(at, this.#length - at - 4);
  }

  /** Like {@linkcode Writer.block32}, with a little-endian length. */
  block32le(body: () => void): void {
    const at = this.#grow(4);
    body();
    this.#view.setUint32(at, this.#length - at - 4, true);
  }

  /** What was written, as a view of the buffer. */
  finish(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }
}
