/** A transport as the kind of stream that node:tls works on. */

import type { Duplex } from "node:stream";
import { type Transport, TransportError } from "../../net/transport.ts";
import { PlainRecords } from "../wire/records.ts";

/** One record of TLS fits (RFC 5246 section 6.2.3). */
const READ_SIZE = 16 * 1024 + 2048 + 5;

/**
 * The encrypted side of a TLS connection. It reads ahead no further than it is
 * asked to, looks at all that passes, and keeps faults to itself: a fault in
 * reading ends the stream, one in writing is not even told, since what the peer
 * has said before, an alert perhaps, may still be there to be read.
 *
 * It does not close the transport.
 */
export class RawStream {
  readonly duplex: Duplex;
  readonly records = new PlainRecords();
  readonly #transport: Transport;
  readonly #wanted: () => boolean;
  readonly #destroy: () => void;
  #asked = false;
  #reading = false;
  #received = 0;
  #limit: number;
  #ended = false;
  #overflowed = false;
  #writes = 0;
  #lastWrite = Promise.resolve();
  #readFault: TransportError | undefined;
  #writeFault: TransportError | undefined;

  /**
   * @param wanted whether more of what the peer sends is of use now; whenever
   * that becomes true, {@linkcode RawStream.pull} is to be called.
   * @param limit a peer that sends more bytes than this ends the stream.
   */
  constructor(
    duplex: typeof Duplex,
    transport: Transport,
    wanted: () => boolean,
    limit: number,
  ) {
    this.#transport = transport;
    this.#wanted = wanted;
    this.#limit = limit;
    this.duplex = new duplex({
      allowHalfOpen: true,
      read: (): void => {
        this.#asked = true;
        this.pull();
      },
      write: (chunk, _encoding, done): void => {
        this.#writes++;
        this.#lastWrite = this.#write(chunk);
        this.#lastWrite.then(() => done());
      },
    });
    this.duplex.on("error", () => {});
    // The runtime does that as soon as it has found a fault, which is before
    // it writes the alert that tells the peer.
    const destroy = this.duplex.destroy.bind(this.duplex);
    this.duplex.destroy = () => this.duplex;
    this.#destroy = destroy;
  }

  /** Lets go of all that the stream holds. */
  destroy(): void {
    this.#destroy();
  }

  /** How often something was handed to the transport. */
  get writes(): number {
    return this.#writes;
  }

  /** Settles when the transport has all that it was handed. */
  get written(): Promise<void> {
    return this.#lastWrite;
  }

  /** The peer sent more than the limit. */
  get overflowed(): boolean {
    return this.#overflowed;
  }

  /** From now on the peer may send as much as it likes. */
  liftLimit(): void {
    this.#limit = Infinity;
  }

  /** Nothing more will come. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Why nothing more will come; undefined: the peer has closed in order. */
  get readFault(): TransportError | undefined {
    return this.#readFault;
  }

  /** Why what was written did not reach the peer. */
  get writeFault(): TransportError | undefined {
    return this.#writeFault;
  }

  /** Reads once if that is wanted on both sides. */
  pull(): void {
    if (!this.#asked || this.#reading || this.duplex.destroyed) return;
    if (!this.#wanted()) return;
    this.#asked = false;
    this.#reading = true;
    this.#read().then((bytes) => {
      this.#reading = false;
      if (this.duplex.destroyed) return;
      if (bytes === undefined) this.#ended = true;
      this.duplex.push(bytes ?? null);
    }).catch((error) => {
      // Of the runtime, which works on what it is given at once.
      this.duplex.emit("error", error);
    });
  }

  /** Undefined at the end of the stream, in order or not. */
  async #read(): Promise<Uint8Array | undefined> {
    const buffer = new Uint8Array(READ_SIZE);
    try {
      const count = await this.#transport.read(buffer);
      if (count === 0) return undefined;
      const bytes = buffer.subarray(0, count);
      this.#received += count;
      this.records.push(bytes);
      this.#overflowed = this.#received > this.#limit;
      return this.#overflowed ? undefined : bytes;
    } catch (error) {
      this.#readFault = asFault(error);
      return undefined;
    }
  }

  async #write(bytes: Uint8Array): Promise<void> {
    if (this.#writeFault !== undefined) return;
    try {
      await this.#transport.write(bytes);
    } catch (error) {
      this.#writeFault = asFault(error);
    }
  }
}

/** Anything else is a mistake in here, which must not be taken for the peer's. */
function asFault(error: unknown): TransportError {
  if (error instanceof TransportError) return error;
  throw error;
}
