/** Writing that does not hold up the program when nobody reads. */

/** What {@linkcode BackgroundWriter} writes to. */
export interface ByteWriter {
  write(bytes: Uint8Array): Promise<number>;
}

/** Between two tries on a stream that does not block, in ms. */
const RETRY_PAUSE = 5;

/**
 * Writes texts in order while the program goes on, so that signals and time
 * limits count even if a reader has stalled. A reader that is gone is no error:
 * what was for it is dropped.
 */
export class BackgroundWriter {
  readonly #writer: ByteWriter;
  #pending = "";
  #writing: Promise<void> | undefined;

  constructor(writer: ByteWriter) {
    this.#writer = writer;
  }

  write(text: string): void {
    if (text === "") return;
    this.#pending += text;
    this.#writing ??= this.#writePending();
  }

  /** Characters that wait for their turn. */
  get backlog(): number {
    return this.#pending.length;
  }

  /** Settles when all is written, or dropped; undefined: there is nothing. */
  get done(): Promise<void> | undefined {
    return this.#writing;
  }

  async #writePending(): Promise<void> {
    while (this.#pending !== "") {
      const bytes = new TextEncoder().encode(this.#pending);
      this.#pending = "";
      await this.#writeAll(bytes);
    }
    this.#writing = undefined;
  }

  async #writeAll(bytes: Uint8Array): Promise<void> {
    let written = 0;
    while (written < bytes.byteLength) {
      try {
        written += await this.#writer.write(bytes.subarray(written));
      } catch (error) {
        if (!(error instanceof Deno.errors.WouldBlock)) return;
        await new Promise((resolve) => setTimeout(resolve, RETRY_PAUSE));
      }
    }
  }
}
