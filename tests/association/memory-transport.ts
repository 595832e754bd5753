/** A transport without a network: what the peer does is set by the test. */

import assert from "node:assert/strict";
import { tcpInitializationError } from "../../lib/base/condition.ts";
import { type Transport, TransportError } from "../../lib/net/transport.ts";

type Incoming = Uint8Array | "end" | "reset";

function fault(): TransportError {
  return new TransportError("reset", tcpInitializationError("reset by a test"));
}

/** Records what is written; gives what it was told to give, piece by piece. */
export class MemoryTransport implements Transport {
  /** One entry a write, so that a test sees what left in one. */
  readonly written: Uint8Array[] = [];
  /** Set: writes fail as after a reset. */
  writesFail = false;
  /** Set: writes never end. */
  writesHang = false;
  writeClosed = false;
  closed = false;
  /** Length of the longest buffer that was offered to a read. */
  longestBuffer = 0;
  /** What the buffers offered to reads were part of, in order. */
  readonly offered: ArrayBufferLike[] = [];
  readonly #incoming: Incoming[];
  #wake: (() => void) | undefined;

  /** Each piece is what one read gives, if its buffer is long enough. */
  constructor(...incoming: readonly Incoming[]) {
    this.#incoming = [...incoming];
  }

  /** More from the peer. */
  give(...incoming: readonly Incoming[]): void {
    this.#incoming.push(...incoming);
    this.#wake?.();
  }

  async read(buffer: Uint8Array): Promise<number> {
    assert.equal(this.#wake, undefined, "a second read beside a pending one");
    assert.ok(buffer.byteLength > 0, "a read into no room at all");
    this.longestBuffer = Math.max(this.longestBuffer, buffer.byteLength);
    this.offered.push(buffer.buffer);
    if (!this.closed && this.#incoming.length === 0) {
      await new Promise<void>((resolve) => this.#wake = resolve);
      this.#wake = undefined;
    }
    const next = this.#incoming[0];
    if (this.closed || next === "reset" || next === undefined) throw fault();
    if (next === "end") return 0;
    const taken = next.subarray(0, buffer.byteLength);
    buffer.set(taken);
    if (taken.byteLength === next.byteLength) this.#incoming.shift();
    else this.#incoming[0] = next.subarray(taken.byteLength);
    return taken.byteLength;
  }

  write(bytes: Uint8Array): Promise<void> {
    if (this.writesHang) return Promise.withResolvers<void>().promise;
    if (this.closed || this.writesFail) return Promise.reject(fault());
    this.written.push(bytes.slice());
    return Promise.resolve();
  }

  closeWrite(): Promise<void> {
    if (this.closed || this.writesFail) return Promise.reject(fault());
    this.writeClosed = true;
    return Promise.resolve();
  }

  close(): void {
    this.closed = true;
    this.#wake?.();
  }
}

/** Each byte on its own. */
export function byteByByte(bytes: Uint8Array): Uint8Array[] {
  return Array.from(bytes, (byte) => Uint8Array.of(byte));
}
