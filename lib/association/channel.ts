/** Cuts the byte stream of a transport into PDUs, within limits. */

import type { Condition } from "../base/condition.ts";
import { decodePduHeader, type PduHeader } from "../pdu/codec.ts";
import { PDU_HEADER_LENGTH } from "../pdu/pdu-type.ts";
import type { Deadline, Deadlines } from "../net/deadline.ts";
import { type Transport, TransportError } from "../net/transport.ts";

/** What waiting for a PDU can end with, apart from the deadline. */
export type Received =
  /** `bytes` include the header. */
  | {
    readonly kind: "pdu";
    readonly header: PduHeader;
    readonly bytes: Uint8Array;
  }
  /**
   * The header's length exceeds the limit. `start`: the header, and a few of
   * the bytes that came with it.
   */
  | {
    readonly kind: "too-long";
    readonly header: PduHeader;
    readonly start: Uint8Array;
  }
  /**
   * The stream ended, in order or by a reset; `midPdu`: after a header.
   * `cause`: what the transport said of it, if that is more than a reset.
   */
  | {
    readonly kind: "closed";
    readonly midPdu: boolean;
    readonly cause?: Condition;
  };

/** Bounds of a channel, and who is told. */
export interface ChannelSettings {
  /** The longest body that is taken for a PDU, in bytes. */
  readonly lengthLimit: (header: PduHeader) => number;
  /**
   * From the first byte of a PDU to its last, and for each write, in
   * milliseconds, so that a peer which trickles bytes gains nothing by it.
   */
  readonly pduTimeout: number | undefined;
  /** Shown each PDU header as soon as it is complete; undefined: nobody is. */
  readonly onHeader: ((header: Uint8Array) => void) | undefined;
}

const INITIAL_CAPACITY = 4096;

/** What is thrown away after our last PDU, in bytes. */
const DRAIN_LIMIT = 1024 * 1024;

/** As much of a stream as tells what protocol it is, in bytes. */
const START_LENGTH = 16;

/**
 * Reads PDUs one after another. Bytes after a PDU are kept for the next one.
 * The buffer grows only as bytes arrive, never by what a header promises, and
 * shrinks again when it is empty.
 */
export class Channel {
  readonly #transport: Transport;
  readonly #settings: ChannelSettings;
  readonly #deadlines: Deadlines;
  #buffer = new Uint8Array(INITIAL_CAPACITY);
  #start = 0;
  #end = 0;
  #announced = false;
  #reading: Promise<number> | undefined;
  #why: { readonly cause?: Condition } = {};

  constructor(
    transport: Transport,
    settings: ChannelSettings,
    deadlines: Deadlines,
  ) {
    this.#transport = transport;
    this.#settings = settings;
    this.#deadlines = deadlines;
  }

  /** Whether some bytes of a PDU have come, but not all. */
  get midPdu(): boolean {
    return this.#end > this.#start;
  }

  /** First byte of a PDU that has come, whole or not, and was not asked for. */
  get nextType(): number | undefined {
    return this.midPdu ? this.#buffer[this.#start] : undefined;
  }

  /**
   * Waits for the next PDU.
   *
   * @param deadline bounds the whole wait.
   * @throws {ExpiredError} when a bound comes first; the channel is then only
   * good for {@linkcode Channel.close} and {@linkcode Channel.drain}.
   */
  async receive(deadline: Deadline): Promise<Received> {
    let pduDeadline: Deadline | undefined;
    try {
      for (;;) {
        const whole = this.#wholePdu();
        if (whole !== undefined) return whole;
        if (this.midPdu) pduDeadline ??= this.#pduDeadline();
        const read = this.#fill();
        const count = await deadline.race(pduDeadline?.race(read) ?? read);
        if (count === 0) {
          const midPdu = this.#announced;
          return { kind: "closed", midPdu, ...this.#why };
        }
      }
    } finally {
      pduDeadline?.[Symbol.dispose]();
    }
  }

  #pduDeadline(): Deadline {
    return this.#deadlines.start(this.#settings.pduTimeout);
  }

  /** Undefined: more bytes are needed. */
  #wholePdu(): Received | undefined {
    const available = this.#buffer.subarray(this.#start, this.#end);
    const header = decodePduHeader(available);
    if (header === undefined) return undefined;
    this.#announce(available);
    if (header.length > this.#settings.lengthLimit(header)) {
      const start = available.slice(0, START_LENGTH);
      return { kind: "too-long", header, start };
    }
    const total = PDU_HEADER_LENGTH + header.length;
    if (available.byteLength < total) return undefined;
    this.#start += total;
    this.#announced = false;
    return { kind: "pdu", header, bytes: available.slice(0, total) };
  }

  #announce(available: Uint8Array): void {
    if (this.#announced) return;
    this.#announced = true;
    this.#settings.onHeader?.(available.slice(0, PDU_HEADER_LENGTH));
  }

  /**
   * Reads once into the buffer; 0 when nothing more will come. A read that its
   * deadline left behind is taken up again: a transport has one at a time.
   */
  #fill(): Promise<number> {
    return this.#reading ??= this.#read();
  }

  async #read(): Promise<number> {
    this.#makeRoom();
    try {
      const count = await this.#transport.read(
        this.#buffer.subarray(this.#end),
      );
      this.#end += count;
      return count;
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      if (error.fault === "tls") this.#why = { cause: error.condition };
      return 0;
    } finally {
      this.#reading = undefined;
    }
  }

  #makeRoom(): void {
    if (this.#start === this.#end) this.#empty();
    if (this.#end < this.#buffer.byteLength) return;
    const kept = this.#buffer.subarray(this.#start, this.#end);
    const room = this.#start > 0
      ? this.#buffer
      : new Uint8Array(2 * this.#buffer.byteLength);
    room.set(kept);
    this.#buffer = room;
    this.#end -= this.#start;
    this.#start = 0;
  }

  /** What one long PDU has taken is not held for the rest of the association. */
  #empty(): void {
    this.#start = this.#end = 0;
    if (this.#buffer.byteLength > INITIAL_CAPACITY) {
      this.#buffer = new Uint8Array(INITIAL_CAPACITY);
    }
  }

  /**
   * Sends one PDU in one write. A peer that is gone is no error here: it shows
   * on the next receive, with all that it said before.
   *
   * @throws {ExpiredError} when a bound comes first.
   */
  async send(bytes: Uint8Array, deadline: Deadline): Promise<void> {
    try {
      const work = this.#transport.write(bytes);
      const { pduTimeout = Infinity } = this.#settings;
      if (deadline.due <= performance.now() + pduTimeout) {
        return await deadline.race(work);
      }
      using pduDeadline = this.#pduDeadline();
      await deadline.race(pduDeadline.race(work));
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
    }
  }

  /**
   * Tells the peer that nothing more comes, then throws away what it still
   * sends until it closes, so that our last PDU is not lost to a reset. Who
   * sends more than a bound does not listen anyway.
   *
   * @returns whether the peer has closed, and not sent too much.
   * @throws {ExpiredError} when the deadline comes first.
   */
  async drain(deadline: Deadline): Promise<boolean> {
    try {
      await deadline.race(this.#transport.closeWrite());
      for (let drained = 0; drained < DRAIN_LIMIT;) {
        this.#start = this.#end = 0;
        const count = await deadline.race(this.#fill());
        if (count === 0) return true;
        drained += count;
      }
      return false;
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      return true;
    }
  }

  close(): void {
    this.#transport.close();
  }
}
