/** A bounded reader of big-endian or little-endian data. */

/** Says what was to be read, where, and how many bytes there were for it. */
export class ReadError extends Error {
  override readonly name = "ReadError";
  constructor(
    readonly field: string,
    readonly offset: number,
    readonly wanted: number,
    readonly available: number,
  ) {
    super(
      `${field} at offset ${offset}: ${wanted} bytes wanted, ${available} left`,
    );
  }
}

/**
 * Reads forward through one block of bytes and never past its end. A block
 * within the block is read through {@linkcode Reader.block}, whose reader ends
 * where that block ends, so an item can never overrun its parent.
 *
 * Every read names its field; every read throws {@linkcode ReadError} when the
 * block is too short. Offsets count from the start of the outermost block.
 */
export class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #base: number;
  #position = 0;

  constructor(bytes: Uint8Array, base = 0) {
    this.#bytes = bytes;
    this.#view = new DataView(
      bytes.buffer,
      bytes.byteOffset,
      bytes.byteLength,
    );
    this.#base = base;
  }

  /** Offset of the next byte, from the start of the outermost block. */
  get offset(): number {
    return this.#base + this.#position;
  }

  /** Bytes left in this block. */
  get remaining(): number {
    return this.#bytes.byteLength - this.#position;
  }

  #take(field: string, length: number): number {
    if (length > this.remaining) {
      throw new ReadError(field, this.offset, length, this.remaining);
    }
    const position = this.#position;
    this.#position += length;
    return position;
  }

  /** The next byte, which stays the next one. */
  peek(field: string): number {
    const byte = this.u8(field);
    this.#position--;
    return byte;
  }

  u8(field: string): number {
    return this.#view.getUint8(this.#take(field, 1));
  }

  /** Unsigned 16 bits, big-endian as all of PS3.8 is. */
  u16(field: string): number {
    return this.#view.getUint16(this.#take(field, 2));
  }

  /** Unsigned 32 bits, big-endian as all of PS3.8 is. */
  u32(field: string): number {
    return this.#view.getUint32(this.#take(field, 4));
  }

  /** Unsigned 16 bits, little-endian as command sets are (PS3.7 6.3.1). */
  u16le(field: string): number {
    return this.#view.getUint16(this.#take(field, 2), true);
  }

  /** Unsigned 32 bits, little-endian as command sets are (PS3.7 6.3.1). */
  u32le(field: string): number {
    return this.#view.getUint32(this.#take(field, 4), true);
  }

  /** The next `length` bytes, shared with the block, not copied. */
  bytes(field: string, length: number): Uint8Array {
    const start = this.#take(field, length);
    return this.#bytes.subarray(start, start + length);
  }

  /** All bytes that are left, shared with the block, not copied. */
  rest(field: string): Uint8Array {
    return this.bytes(field, this.remaining);
  }

  skip(field: string, length: number): void {
    this.#take(field, length);
  }

  /** A reader of the next `length` bytes alone; this one continues after. */
  block(field: string, length: number): Reader {
    const base = this.offset;
    return new Reader(this.bytes(field, length), base);
  }
}
