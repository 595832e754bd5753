/** Writing that does not hold up the program when nobody reads. */

import { Writer } from "../base/writer.ts";
import { encodeRaw } from "./raw-text.ts";

/** What {@linkcode BackgroundWriter} writes to. */
export interface ByteWriter {
  write(bytes: Uint8Array): Promise<number>;
}

/**
 * Told what has become of bytes.
 *
 * @param error undefined: they are written.
 */
export type Settled = (error: unknown) => void;

/** Between two tries on a stream that does not block, in ms. */
const RETRY_PAUSE = 5;

/**
 * Writes in order while the program goes on, so that signals and time limits
 * count even if a reader has stalled. What cannot be written is dropped.
 */
export class BackgroundWriter {
  readonly #writer: ByteWriter;
  #pending = new Writer();
  #settled = new Set<Settled>();
  #writing: Promise<void> | undefined;

  constructor(writer: ByteWriter) {
    this.#writer = writer;
  }

  write(text: string, settled?: Settled): void {
    this.writeBytes(encodeRaw(text), settled);
  }

  /** @param settled called once for all that was written together. */
  writeBytes(bytes: Uint8Array, settled?: Settled): void {
    if (bytes.byteLength === 0) return;
    this.#pending.bytes(bytes);
    if (settled !== undefined) this.#settled.add(settled);
    this.#writing ??= this.#writePending();
  }

  /** Bytes that wait for their turn. */
  get backlog(): number {
    return this.#pending.finish().byteLength;
  }

  /** Settles when all is written, or dropped; undefined: there is nothing. */
  get done(): Promise<void> | undefined {
    return this.#writing;
  }

  async #writePending(): Promise<void> {
    while (this.backlog > 0) {
      const bytes = this.#pending.finish();
      const settled = this.#settled;
      this.#pending = new Writer();
      this.#settled = new Set();
      const error = await this.#writeAll(bytes);
      for (const tell of settled) tell(error);
    }
    this.#writing = undefined;
  }

  /** @returns what went wrong; undefined: nothing. */
  async #writeAll(bytes: Uint8Array): Promise<unknown> {
    let written = 0;
    while (written < bytes.byteLength) {
      try {
        written += await this.#writer.write(bytes.subarray(written));
      } catch (error) {
        if (!(error instanceof Deno.errors.WouldBlock)) return error;
        await new Promise((resolve) => setTimeout(resolve, RETRY_PAUSE));
      }
    }
    return undefined;
  }
}
