/** Bytes between a peer and the program that does TLS with it. */

import { type Transport, TransportError } from "../../net/transport.ts";
import { PlainRecords } from "../wire/records.ts";

/** The program's end of the line. */
export interface ProgramConnection {
  /** Null at its end. */
  read(buffer: Uint8Array): Promise<number | null>;
  write(bytes: Uint8Array): Promise<number>;
  closeWrite(): Promise<void>;
  close(): void;
}

/** One record of TLS fits (RFC 5246 section 6.2.3). */
const BUFFER_SIZE = 16 * 1024 + 2048 + 5;

/**
 * Copies both ways until both have ended, and hands each end on. It holds one
 * buffer for each way, and reads no further until it is written.
 */
export class Relay {
  /** What the peer has said before it was encrypted. */
  readonly records = new PlainRecords();
  /** When the peer has ended, or reading from it has failed. */
  readonly peerEnded: Promise<void>;
  /** When all that the program had to say is with the transport. */
  readonly programEnded: Promise<void>;
  readonly #program: ProgramConnection;
  readonly #peer: Transport;
  #limit: number;
  #received = 0;
  #overflowed = false;
  #closed = false;
  #fault: TransportError | undefined;

  /** @param limit a peer that sends more bytes than this is at its end. */
  constructor(program: ProgramConnection, peer: Transport, limit: number) {
    this.#program = program;
    this.#peer = peer;
    this.#limit = limit;
    this.peerEnded = this.#fromPeer();
    this.programEnded = this.#fromProgram();
  }

  /** The first fault of the peer's connection. */
  get fault(): TransportError | undefined {
    return this.#fault;
  }

  /** The peer has sent more than it may. */
  get overflowed(): boolean {
    return this.#overflowed;
  }

  /** From now on the peer may send as much as it likes. */
  liftLimit(): void {
    this.#limit = Infinity;
  }

  /** Ends it with both ends. Idempotent, never throws. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#program.close();
    this.#peer.close();
  }

  async #fromPeer(): Promise<void> {
    const buffer = new Uint8Array(BUFFER_SIZE);
    while (true) {
      const count = await this.#ofPeer(this.#peer.read(buffer)) ?? 0;
      if (count === 0) break;
      this.#received += count;
      this.#overflowed = this.#received > this.#limit;
      if (this.#overflowed) break;
      const bytes = buffer.subarray(0, count);
      this.records.push(bytes);
      if (!await settles(writeAll(this.#program, bytes))) return;
    }
    await settles(this.#program.closeWrite());
  }

  async #fromProgram(): Promise<void> {
    const buffer = new Uint8Array(BUFFER_SIZE);
    while (true) {
      let count = 0;
      try {
        count = await this.#program.read(buffer) ?? 0;
      } catch {
        // Gone without a word: the same as its end.
      }
      if (count === 0) break;
      await this.#ofPeer(this.#peer.write(buffer.subarray(0, count)));
      // What the peer has said before it went is still to be read.
      if (this.#fault !== undefined) break;
    }
    if (this.#fault === undefined) await settles(this.#peer.closeWrite());
  }

  async #ofPeer<T>(work: Promise<T>): Promise<T | undefined> {
    try {
      return await work;
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      this.#fault ??= error;
      return undefined;
    }
  }
}

async function writeAll(
  to: ProgramConnection,
  bytes: Uint8Array,
): Promise<void> {
  for (let at = 0; at < bytes.byteLength;) {
    at += await to.write(bytes.subarray(at));
  }
}

/** Whether it has worked. */
async function settles(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch {
    return false;
  }
}
