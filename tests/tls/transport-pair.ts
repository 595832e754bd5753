/** Two transports, each the other's peer, with what happens in between shown. */

import assert from "node:assert/strict";
import { tcpInitializationError } from "../../lib/base/condition.ts";
import { type Transport, TransportError } from "../../lib/net/transport.ts";

export function reset(): TransportError {
  return new TransportError("reset", tcpInitializationError("reset by a test"));
}

export class PairedTransport implements Transport {
  peer: PairedTransport | undefined;
  /** All that was written, one entry a write. */
  readonly sent: Uint8Array[] = [];
  /** Bytes that reads have taken. */
  taken = 0;
  closed = false;
  writeClosed = false;
  /** Called before each write with its number, from 1. */
  onWrite: (count: number) => void | Promise<void> = () => {};
  /** What the peer gets in place of what is written. */
  alter: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes;
  /** Set: what has come is kept back until `release`. */
  held = false;
  #arrived: number[] = [];
  #ended = false;
  #reset = false;
  #wake: (() => void) | undefined;

  async read(buffer: Uint8Array): Promise<number> {
    assert.equal(this.#wake, undefined, "a second read beside a pending one");
    while (
      !this.closed &&
      (this.held || (this.#arrived.length === 0 && !this.#over()))
    ) {
      await new Promise<void>((resolve) => this.#wake = resolve);
      this.#wake = undefined;
    }
    if (this.closed) throw reset();
    const bytes = this.#arrived.splice(0, buffer.byteLength);
    if (bytes.length === 0 && this.#reset) throw reset();
    buffer.set(bytes);
    this.taken += bytes.length;
    return bytes.length;
  }

  #over(): boolean {
    return this.#ended || this.#reset;
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.sent.push(bytes.slice());
    await this.onWrite(this.sent.length);
    if (this.closed || this.#reset) throw reset();
    this.peer?.give(this.alter(bytes));
  }

  closeWrite(): Promise<void> {
    this.writeClosed = true;
    this.peer?.end();
    return Promise.resolve();
  }

  close(): void {
    this.closed = true;
    this.peer?.end();
    this.#wake?.();
  }

  release(): void {
    this.held = false;
    this.#wake?.();
  }

  /** From the peer; also for tests that are the peer. */
  give(bytes: Uint8Array): void {
    for (const byte of bytes) this.#arrived.push(byte);
    this.#wake?.();
  }

  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  /** What has come can still be read; after that, and writing, fails. */
  reset(): void {
    this.#reset = true;
    this.#wake?.();
  }
}

export function transportPair(): [PairedTransport, PairedTransport] {
  const left = new PairedTransport();
  const right = new PairedTransport();
  left.peer = right;
  right.peer = left;
  return [left, right];
}
