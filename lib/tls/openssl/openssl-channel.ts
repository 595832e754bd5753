/** A connection that s_client has made, as a transport. */

import { tcpInitializationError } from "../../base/condition.ts";
import { TransportError } from "../../net/transport.ts";
import { CLOSE_NOTIFY } from "../alerts.ts";
import type { TlsChannel } from "../engine.ts";
import type { SClient } from "./sclient.ts";

/** How long the peer may take for close_notify to be taken, in ms. */
const PATIENCE = 250;

/** What is known of the connection. */
export type Session = Pick<
  TlsChannel,
  "version" | "suite" | "peerCertificates"
>;

/**
 * Data goes through the program as it is. One chunk of it that was read and is
 * not yet wanted is kept, no more.
 *
 * A peer that closes without close_notify is taken for one that closes in
 * order, as the reference does: the PDUs have lengths of their own.
 */
export class OpensslChannel implements TlsChannel {
  readonly version: string;
  readonly suite: string;
  readonly peerCertificates: readonly Uint8Array[];
  /** OpenSSL has checked it. */
  readonly unproven = undefined;
  readonly #client: SClient;
  readonly #diagnose: (client: SClient) => TransportError | undefined;
  readonly #onClose: (gone: Promise<void>) => void;
  #left: Uint8Array = new Uint8Array();
  #writing = false;
  #inputEnded = false;
  #closed = false;

  /**
   * @param diagnose why the connection has ended; undefined: in order.
   * @param onClose is told when nothing of it is left.
   */
  constructor(
    client: SClient,
    session: Session,
    diagnose: (client: SClient) => TransportError | undefined,
    onClose: (gone: Promise<void>) => void,
  ) {
    this.version = session.version;
    this.suite = session.suite;
    this.peerCertificates = session.peerCertificates;
    this.#client = client;
    this.#diagnose = diagnose;
    this.#onClose = onClose;
  }

  async read(buffer: Uint8Array): Promise<number> {
    while (this.#left.byteLength === 0) {
      if (this.#closed) throw closedHere();
      const { done, value } = await this.#client.output.read().catch(() => END);
      if (!done) this.#left = value;
      else return await this.#end();
    }
    const count = Math.min(this.#left.byteLength, buffer.byteLength);
    buffer.set(this.#left.subarray(0, count));
    this.#left = this.#left.subarray(count);
    return count;
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (this.#closed || this.#inputEnded) throw closedHere();
    this.#writing = true;
    try {
      await this.#client.input.write(bytes);
    } catch (error) {
      throw await this.#failure() ?? closedHere(error);
    } finally {
      this.#writing = false;
    }
  }

  /**
   * Sends close_notify. What the peer says after it is thrown away; the stream
   * ends when the peer closes or has nothing to say for half a second.
   */
  async closeWrite(): Promise<void> {
    if (this.#closed) throw closedHere();
    if (this.#inputEnded) return;
    this.#inputEnded = true;
    try {
      await this.#client.input.close();
    } catch (error) {
      throw await this.#failure() ?? closedHere(error);
    }
  }

  /** Sends close_notify, if that can be done at once, in the background. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#left = new Uint8Array();
    this.#onClose(this.#farewell());
  }

  async #farewell(): Promise<void> {
    const client = this.#client;
    if (!this.#writing && !this.#inputEnded) {
      this.#inputEnded = true;
      const patience = AbortSignal.timeout(PATIENCE);
      const { promise, resolve } = Promise.withResolvers<void>();
      const expired = (): void => resolve();
      patience.addEventListener("abort", expired);
      const told = client.input.close().then(() => client.relay?.programEnded);
      await Promise.race([promise, client.reported, told.catch(() => {})]);
      patience.removeEventListener("abort", expired);
    }
    await client.close();
  }

  /** 0 at an end in order. @throws {TransportError} */
  async #end(): Promise<number> {
    const failure = await this.#failure();
    if (failure !== undefined) throw failure;
    return 0;
  }

  async #failure(): Promise<TransportError | undefined> {
    if (this.#closed) return closedHere();
    // All that it had to say comes before it has ended.
    await this.#client.reported;
    if (this.#closed) return closedHere();
    const { alert } = this.#client.report;
    return alert?.description === CLOSE_NOTIFY
      ? undefined
      : this.#diagnose(this.#client);
  }
}

const END = { done: true, value: undefined } as const;

function closedHere(cause?: unknown): TransportError {
  return new TransportError("reset", tcpInitializationError("Broken pipe"), {
    cause,
  });
}
