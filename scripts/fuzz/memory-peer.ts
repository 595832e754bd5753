/** A peer in memory that says a piece for each of our writes, then closes. */

import { tcpInitializationError } from "../../lib/base/condition.ts";
import { type Transport, TransportError } from "../../lib/net/transport.ts";

export class MemoryPeer implements Transport {
  readonly written: Uint8Array[] = [];
  longestBuffer = 0;
  reads = 0;
  #closed = false;
  #said: Uint8Array[];
  #waiting: Uint8Array[];

  /** @param first what is said before our first write. */
  constructor(
    first: readonly Uint8Array[],
    later: readonly Uint8Array[],
    private readonly chunk: number,
  ) {
    this.#said = [...first];
    this.#waiting = [...later];
  }

  read(buffer: Uint8Array): Promise<number> {
    this.reads++;
    if (this.#closed) return Promise.reject(fault());
    this.longestBuffer = Math.max(this.longestBuffer, buffer.byteLength);
    while (this.#said[0]?.byteLength === 0) this.#said.shift();
    const next = this.#said[0];
    if (next === undefined) return Promise.resolve(0);
    const part = next.subarray(0, Math.min(buffer.byteLength, this.chunk));
    buffer.set(part);
    this.#said[0] = next.subarray(part.byteLength);
    return Promise.resolve(part.byteLength);
  }

  write(bytes: Uint8Array): Promise<void> {
    if (this.#closed) return Promise.reject(fault());
    this.written.push(bytes.slice());
    const next = this.#waiting.shift();
    if (next !== undefined) this.#said.push(next);
    return Promise.resolve();
  }

  closeWrite(): Promise<void> {
    return Promise.resolve();
  }

  close(): void {
    this.#closed = true;
  }
}

function fault(): TransportError {
  return new TransportError("reset", tcpInitializationError("closed"));
}
