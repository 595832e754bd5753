/**
 * The upper layer service (PS3.8 sections 7 and 9.2): performs what the table of
 * states.ts says, and turns what happens on the transport into indications.
 */

import { encodePdu, type PduHeader } from "../pdu/codec.ts";
import { ABORT_SOURCE } from "../pdu/reasons.ts";
import type {
  AssociateAccept,
  AssociateReject,
  AssociateRequest,
  PDataTf,
  Pdu,
} from "../pdu/types.ts";
import { PDU_TYPE } from "../pdu/pdu-type.ts";
import { type Deadline, Deadlines, ExpiredError } from "../net/deadline.ts";
import type { Transport } from "../net/transport.ts";
import { Channel } from "./channel.ts";
import { abortReason, tooLong } from "./fault.ts";
import { indicationOf } from "./indication.ts";
import { interpret } from "./interpret.ts";
import type {
  Indication,
  UpperLayerEvent,
  UpperLayerSettings,
  Violation,
} from "./service.ts";
import { lengthLimit } from "./limits.ts";
import {
  type Action,
  actionFor,
  type Event,
  type State,
  stateAfter,
  TABLE,
} from "./states.ts";

/**
 * One side of one association. Waits throw ExpiredError past the deadline that
 * the caller gives, and end past `artimTimeout`; what the state does not allow,
 * a mistake of the caller's, throws ForbiddenTransitionError.
 */
export class UpperLayer {
  readonly #settings: UpperLayerSettings;
  readonly #warn: (event: UpperLayerEvent) => void;
  /** Undefined: nobody looks, and no event is made. */
  readonly #observe: ((event: UpperLayerEvent) => void) | undefined;
  /** Not those of the caller: ending in order goes on when that is over. */
  readonly #deadlines = new Deadlines();
  #channel: Channel | undefined;
  #request: AssociateRequest | undefined;
  #state: State = "Sta1";

  constructor(
    settings: UpperLayerSettings,
    observe: (event: UpperLayerEvent) => void,
  ) {
    this.#settings = settings;
    this.#warn = observe;
    this.#observe = settings.warningsOnly ? undefined : observe;
  }

  /** A-ASSOCIATE request: from here on a transport connection is awaited. */
  begin(): void {
    this.#step("A-ASSOCIATE request");
  }

  /** The transport that {@linkcode UpperLayer.begin} waits for could not be had. */
  transportFailed(): void {
    this.#step("transport connection closed");
  }

  /** Transport connection confirmation: sends the A-ASSOCIATE-RQ (AE-2). */
  async connected(
    transport: Transport,
    request: AssociateRequest,
    deadline: Deadline,
  ): Promise<void> {
    this.#channel = this.#open(transport);
    this.#request = request;
    this.#step("transport connection confirmation");
    await this.#send(request, deadline);
  }

  /** Transport connection indication: awaits an A-ASSOCIATE-RQ (AE-5). */
  accepted(transport: Transport): void {
    this.#channel = this.#open(transport);
    this.#step("transport connection indication");
  }

  #open(transport: Transport): Channel {
    const { maximumLength, pduTimeout } = this.#settings;
    const observe = this.#observe;
    return new Channel(transport, {
      pduTimeout,
      lengthLimit: ({ name }) => lengthLimit(name, maximumLength),
      onHeader: observe &&
        ((header) => observe({ kind: "pdu-header", header })),
    }, this.#deadlines);
  }

  /**
   * Waits for what the peer does next. After anything but data, a release
   * request or an answer to a request, the transport is closed.
   *
   * @throws {ExpiredError} when the deadline comes first; the association
   * still stands and is to be aborted.
   */
  async receive(deadline: Deadline): Promise<Indication> {
    const received = await this.#connection.receive(deadline);
    switch (received.kind) {
      case "closed":
        this.#step("transport connection closed");
        return received;
      case "too-long":
        return await this.#invalid(
          tooLong(received, this.#settings.maximumLength),
        );
      case "pdu":
        return this.#examine(received.header, received.bytes);
    }
  }

  #examine(
    header: PduHeader,
    bytes: Uint8Array,
  ): Indication | Promise<Indication> {
    const { name } = header;
    const request = this.#state === "Sta5" ? this.#request : undefined;
    const { result, warnings } = interpret(header, bytes, request);
    const tell = (): void => {
      const observe = warnings.length > 0 ? this.#warn : this.#observe;
      if (name === undefined) return;
      observe?.({ kind: "pdu-received", name, bytes, warnings });
    };
    if ("kind" in result) {
      tell();
      return this.#invalid(result);
    }
    const action = this.#step(`${result.type} PDU`);
    tell();
    return indicationOf(action, result) ??
      this.#aborted(action, { kind: "unexpected-pdu", name: result.type });
  }

  async #invalid(violation: Violation): Promise<Indication> {
    const action = this.#step("unrecognized or invalid PDU");
    return await this.#aborted(action, violation);
  }

  async #aborted(action: Action, violation: Violation): Promise<Indication> {
    await this.#sendAbort(action, abortReason(violation));
    return { kind: "provider-abort", violation };
  }

  /** AA-1 speaks for the service user, AA-7 and AA-8 for the provider. */
  async #sendAbort(action: Action, reason: number): Promise<void> {
    await this.#end({
      type: "A-ABORT",
      ...(action === "AA-1"
        ? { source: ABORT_SOURCE.serviceUser, reason: 0 }
        : { source: ABORT_SOURCE.serviceProvider, reason }),
    });
  }

  /**
   * P-DATA request (DT-1, or AR-7 while the peer awaits our release).
   *
   * @param data bytes are P-DATA-TFs that are encoded already.
   */
  async sendData(
    data: Iterable<PDataTf | Uint8Array>,
    deadline: Deadline,
  ): Promise<void> {
    this.#step("P-DATA request");
    for (const pdu of data) await this.#send(pdu, deadline);
  }

  /** A-ASSOCIATE response: accept (AE-7). */
  async accept(pdu: AssociateAccept, deadline: Deadline): Promise<void> {
    this.#step("A-ASSOCIATE response (accept)");
    await this.#send(pdu, deadline);
  }

  /** A-ASSOCIATE response: reject (AE-8), then the end of the connection. */
  async reject(pdu: AssociateReject): Promise<void> {
    this.#step("A-ASSOCIATE response (reject)");
    await this.#end(pdu);
  }

  /** A-RELEASE request (AR-1); the answer is for {@linkcode UpperLayer.receive}. */
  async requestRelease(deadline: Deadline): Promise<void> {
    this.#step("A-RELEASE request");
    await this.#send({ type: "A-RELEASE-RQ" }, deadline);
  }

  /** A-RELEASE response (AR-4; AR-9 where requests have crossed). */
  async respondToRelease(deadline: Deadline): Promise<void> {
    const action = this.#step("A-RELEASE response");
    if (action === "AR-4") await this.#end({ type: "A-RELEASE-RP" });
    else await this.#send({ type: "A-RELEASE-RP" }, deadline);
  }

  /** A-ABORT request: sends an A-ABORT (AA-1), but while connecting (AA-2). */
  async abort(): Promise<void> {
    const action = this.#step("A-ABORT request");
    if (action === "AA-1") await this.#sendAbort(action, 0);
  }

  get state(): State {
    return this.#state;
  }

  /** Whether some bytes of a PDU have come, but not all. */
  get midPdu(): boolean {
    return this.#channel?.midPdu ?? false;
  }

  /** Whether data has come, or begun to, that nobody has waited for yet. */
  get dataWaiting(): boolean {
    return this.#channel?.nextType === PDU_TYPE["P-DATA-TF"];
  }

  /** Whether there is an association that can be aborted. */
  get standing(): boolean {
    return this.#channel !== undefined &&
      TABLE[this.#state]["A-ABORT request"] !== undefined;
  }

  /**
   * Ends what there still is: an association by an A-ABORT (AA-1), a
   * connection that has not become one by closing it (AA-2).
   */
  async terminate(): Promise<void> {
    if (this.standing) return await this.abort();
    if (this.#state === "Sta2") this.#step("ARTIM timer expired");
    this.close();
  }

  /** Closes the transport, whatever the state. Idempotent. */
  close(): void {
    this.#channel?.close();
    this.#deadlines[Symbol.dispose]();
  }

  get #connection(): Channel {
    if (this.#channel === undefined) throw new Error("no transport connection");
    return this.#channel;
  }

  /** @param pdu bytes are a P-DATA-TF, and used again later. */
  #encode(pdu: Pdu | Uint8Array): Uint8Array {
    if (pdu instanceof Uint8Array) {
      const name = "P-DATA-TF";
      this.#observe?.({ kind: "pdu-to-send", name, bytes: pdu.slice() });
      return pdu;
    }
    const bytes = encodePdu(pdu);
    this.#observe?.({ kind: "pdu-to-send", name: pdu.type, bytes });
    return bytes;
  }

  #send(pdu: Pdu | Uint8Array, deadline: Deadline): Promise<void> {
    return this.#connection.send(this.#encode(pdu), deadline);
  }

  /**
   * Sends the last PDU, then waits for the peer to close (Sta13). What it still
   * sends is thrown away unread, whatever it is (AA-6): nothing is to follow.
   */
  async #end(pdu: Pdu): Promise<void> {
    using artim = this.#deadlines.start(this.#settings.artimTimeout);
    try {
      await this.#connection.send(this.#encode(pdu), artim);
      const closed = await this.#connection.drain(artim);
      // The table has no other way to close on a peer that floods us.
      this.#step(
        closed ? "transport connection closed" : "ARTIM timer expired",
      );
    } catch (error) {
      if (!(error instanceof ExpiredError)) throw error;
      this.#step("ARTIM timer expired");
    }
  }

  #step(event: Event): Action {
    const state = this.#state;
    const action = actionFor(state, event);
    this.#observe?.({ kind: "transition", state, event, action });
    const acceptor = this.#settings.side === "acceptor";
    this.#state = stateAfter(action, action === "AR-8" && acceptor);
    // Sta1 is the state without a transport connection.
    if (this.#state === "Sta1") this.#channel?.close();
    return action;
  }
}
