/** A TLS connection as a transport, on either side of it. */

import type { Duplex } from "node:stream";
import type { TLSSocket } from "node:tls";
import { tcpInitializationError } from "../../base/condition.ts";
import { type Transport, TransportError } from "../../net/transport.ts";
import { RawStream } from "./duplex.ts";

/**
 * Tells why the connection has failed.
 *
 * @param error what the runtime said, if it said anything.
 */
export type Diagnose = (
  raw: RawStream,
  error: Error | undefined,
) => TransportError;

interface PendingRead {
  readonly buffer: Uint8Array;
  readonly resolve: (count: number) => void;
  readonly reject: (error: TransportError) => void;
}

/** No honest handshake has as many bytes, with 32 certificates or without. */
const HANDSHAKE_LIMIT = 256 * 1024;

/** Turns of the microtask queue within which close_notify must have gone. */
const TURNS_TO_NOTIFY = 16;

/**
 * What lies between the encrypted and the plain side of a connection. It reads
 * from the peer only in the handshake and while a read is pending, so what is
 * kept here came in one read, whatever the peer sends.
 *
 * A peer that closes without close_notify is taken for one that closes in
 * order, as the reference does: the PDUs have lengths of their own.
 */
export class EncryptedTransport implements Transport {
  readonly #transport: Transport;
  readonly #diagnose: Diagnose;
  readonly #raw: RawStream;
  readonly #socket: TLSSocket;
  #shaking = true;
  readonly #arrived: Uint8Array[] = [];
  #pending: PendingRead | undefined;
  /** Of the write or the closing that is under way. */
  #release: (() => void) | undefined;
  #ended = false;
  #failure: TransportError | undefined;
  #notified = false;
  #closed = false;

  /** @param start makes the TLS socket on top of a stream. */
  constructor(
    duplex: typeof Duplex,
    transport: Transport,
    start: (stream: Duplex) => TLSSocket,
    diagnose: Diagnose,
  ) {
    this.#transport = transport;
    this.#diagnose = diagnose;
    this.#raw = new RawStream(
      duplex,
      transport,
      () => this.#shaking || this.#pending !== undefined,
      HANDSHAKE_LIMIT,
    );
    this.#socket = start(this.#raw.duplex);
    const failed = (error: Error): void => this.#end(error);
    this.#socket
      .on("data", (bytes: Uint8Array) => {
        this.#arrived.push(bytes);
        this.#settle();
      })
      .on("end", () => this.#end(undefined))
      .on("close", () => this.#end(undefined))
      .on("error", failed)
      // A server's socket tells faults after the handshake by this one only.
      .on("_tlsError", failed);
  }

  /**
   * Waits for the handshake; once, before anything else.
   *
   * @param event of the socket, when it is done: it differs by side.
   * @throws {TransportError} as diagnosed.
   */
  async handshake(event: "secure" | "secureConnect"): Promise<TLSSocket> {
    await new Promise<void>((resolve) => {
      this.#release = resolve;
      this.#socket.once(event, () => {
        this.#shaking = false;
        this.#raw.liftLimit();
        resolve();
      });
    });
    this.#release = undefined;
    if (this.#shaking) throw this.#failure ?? this.#fault(undefined);
    return this.#socket;
  }

  read(buffer: Uint8Array): Promise<number> {
    if (this.#closed) return Promise.reject(closedByUs());
    return new Promise((resolve, reject) => {
      this.#pending = { buffer, resolve, reject };
      this.#settle();
    });
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#assertUsable();
    await this.#until((done) => this.#socket.write(bytes, done));
    this.#assertUsable();
  }

  /**
   * Sends close_notify, and tells the transport as well: a peer that does not
   * look at the one sees the other.
   */
  async closeWrite(): Promise<void> {
    this.#assertUsable();
    if (this.#notified) return;
    await this.#until((done) => this.#notify().then(done));
    await this.#until((done) => this.#raw.written.then(done));
    this.#assertUsable();
    await this.#transport.closeWrite();
  }

  /** Sends close_notify if that can be done at once; waits for nothing. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const idle = !this.#shaking && !this.#notified &&
      this.#release === undefined && this.#failure === undefined &&
      this.#raw.writeFault === undefined;
    this.#pending?.reject(closedByUs());
    this.#pending = undefined;
    this.#release?.();
    if (idle) this.#notify().then(() => this.#drop());
    else this.#drop();
  }

  #drop(): void {
    this.#arrived.length = 0;
    this.#transport.close();
    this.#socket.destroy();
    this.#raw.destroy();
  }

  /** Until close_notify is with the transport, which may not have sent it. */
  async #notify(): Promise<void> {
    this.#notified = true;
    const { writes } = this.#raw;
    this.#socket.end();
    for (let turn = 0; turn < TURNS_TO_NOTIFY; turn++) {
      if (this.#raw.writes > writes) return;
      await undefined;
    }
  }

  /** Runs `start` until it calls back, or nothing more can come of it. */
  async #until(start: (done: () => void) => void): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#release = resolve;
      start(resolve);
    });
    this.#release = undefined;
  }

  /** The first reason that is known stays. */
  #end(error: Error | undefined): void {
    if (this.#closed) return;
    if (
      error !== undefined || this.#shaking || this.#raw.readFault !== undefined
    ) this.#failure ??= this.#fault(error);
    this.#ended = true;
    if (this.#shaking || error !== undefined || this.#socket.destroyed) {
      this.#release?.();
    }
    this.#settle();
  }

  #settle(): void {
    if (this.#pending === undefined) return;
    const { buffer, resolve, reject } = this.#pending;
    const count = this.#take(buffer);
    if (count === 0 && !this.#ended) return this.#raw.pull();
    this.#pending = undefined;
    if (count === 0 && this.#failure !== undefined) reject(this.#failure);
    else resolve(count);
  }

  #take(buffer: Uint8Array): number {
    const [bytes] = this.#arrived;
    if (bytes === undefined) return 0;
    const count = Math.min(bytes.byteLength, buffer.byteLength);
    buffer.set(bytes.subarray(0, count));
    if (count === bytes.byteLength) this.#arrived.shift();
    else this.#arrived[0] = bytes.subarray(count);
    return count;
  }

  #fault(error: Error | undefined): TransportError {
    return this.#diagnose(this.#raw, error);
  }

  #assertUsable(): void {
    if (this.#closed) throw closedByUs();
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#raw.writeFault !== undefined) throw this.#fault(undefined);
  }
}

/** As with TCP: whoever closes must not go on. */
function closedByUs(): TransportError {
  return new TransportError("reset", tcpInitializationError("closed"));
}
