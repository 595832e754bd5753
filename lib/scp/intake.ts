/** How many bytes of association requests all clients together may have sent. */

import type { Transport } from "../net/transport.ts";

/** So many bytes each client may send, whatever the others do. */
const FREE_LENGTH = 16 * 1024;

/**
 * Counts what clients send before they have an association. While all together
 * have sent more than the limit, one that sends more than 16 KiB is closed on:
 * a request of an honest client is shorter.
 */
export class Intake {
  #received = 0;

  /** @param limit in bytes. */
  constructor(private readonly limit: number) {}

  /** Counts until told to stop; gives back what was counted in the end. */
  guard(transport: Transport): GuardedTransport {
    return new GuardedTransport(transport, (count, own) => {
      this.#received += count;
      return own <= FREE_LENGTH || this.#received <= this.limit;
    });
  }
}

/** A transport whose peer is closed on when it sends too much. */
export class GuardedTransport implements Transport, Disposable {
  readonly #transport: Transport;
  readonly #count: (count: number, own: number) => boolean;
  #own = 0;
  #counting = true;

  /** @param count told of more, or less, bytes; false: they are too many. */
  constructor(
    transport: Transport,
    count: (count: number, own: number) => boolean,
  ) {
    this.#transport = transport;
    this.#count = count;
  }

  async read(buffer: Uint8Array): Promise<number> {
    const length = await this.#transport.read(buffer);
    if (!this.#counting) return length;
    this.#own += length;
    if (this.#count(length, this.#own)) return length;
    this.close();
    return 0;
  }

  /** What comes from here on is bounded otherwise. */
  stopCounting(): void {
    this.#counting = false;
  }

  write(bytes: Uint8Array): Promise<void> {
    return this.#transport.write(bytes);
  }

  closeWrite(): Promise<void> {
    return this.#transport.closeWrite();
  }

  close(): void {
    this.#transport.close();
  }

  [Symbol.dispose](): void {
    this.#counting = false;
    this.#count(-this.#own, 0);
    this.#own = 0;
  }
}
