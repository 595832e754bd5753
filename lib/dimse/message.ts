/** Command messages over an association (PS3.7 section 6.3, PS3.8 Annex E). */

import {
  expiryFault,
  faultCondition,
  faultOf,
  type PeerFault,
} from "../association/fault.ts";
import type { Negotiated } from "../association/negotiation.ts";
import type { UpperLayer } from "../association/upper-layer.ts";
import {
  BAD_PRESENTATION_CONTEXT_ID,
  COMMAND_PDV_EXPECTED,
  type Condition,
  differentContexts,
  NO_DATA_AVAILABLE,
  oddFragmentLength,
  readPdvFailed,
  receiveFailed,
  sendFailed,
  unreadableCommandSet,
  unsupportedTransferSyntax,
} from "../base/condition.ts";
import { type Deadline, ExpiredError } from "../net/deadline.ts";
import { TRANSFER_SYNTAXES } from "../base/uids.ts";
import { concatenate } from "../base/writer.ts";
import type { PDataTf, PresentationDataValue } from "../pdu/types.ts";
import {
  type CommandSet,
  decodeCommandSet,
  encodeCommandSet,
} from "./command-set.ts";

/** Longest command set that is taken from a peer, in bytes. */
export const MAXIMUM_COMMAND_SET_LENGTH = 64 * 1024;

/** In more it does not come either; each takes far more than its bytes. */
const MAXIMUM_FRAGMENT_COUNT = 1024;

/** A command set as it was received. */
export interface CommandMessage {
  readonly contextId: number;
  readonly elements: CommandSet;
  /** Why bytes of it could not be read; undefined: all were. */
  readonly fault: string | undefined;
}

/** A presentation context on which messages may come. */
export interface AcceptedContext {
  readonly id: number;
  readonly transferSyntax: string;
}

/**
 * Why a message did not come, is none, or could not be sent; in the last two
 * cases the association stands.
 */
export type MessageFault =
  | PeerFault
  | { readonly kind: "bad-message" }
  /** The peer's maximum length leaves no room for a PDV (PS3.8 D.1). */
  | { readonly kind: "no-room" };

/** The one error of this layer. */
export class DimseError extends Error {
  override readonly name = "DimseError";
  constructor(readonly fault: MessageFault, readonly condition: Condition) {
    super(condition.text);
  }
}

function badMessage(condition: Condition): DimseError {
  return new DimseError({ kind: "bad-message" }, condition);
}

/** What may be sent to a peer: see `sendLengths` in negotiation.ts. */
export type SendLimit = Pick<
  Negotiated,
  "fragmentLength" | "peerMaximumLength"
>;

/**
 * Sends one command set in fragments as long as the peer takes them, one to a
 * P-DATA-TF.
 *
 * @param onEncoded is told the encoded length, in bytes, before it is sent.
 * @throws {DimseError} when the peer takes no fragment of any length.
 * @throws {ExpiredError} when the deadline comes first.
 */
export async function sendCommand(
  layer: UpperLayer,
  contextId: number,
  elements: CommandSet,
  { fragmentLength, peerMaximumLength }: SendLimit,
  deadline: Deadline,
  onEncoded?: (byteLength: number) => void,
): Promise<void> {
  const bytes = encodeCommandSet(elements);
  onEncoded?.(bytes.byteLength);
  const pdus = fragments(bytes, contextId, fragmentLength);
  await sendFragments(layer, pdus, peerMaximumLength, deadline);
}

/**
 * Sends the fragments of a command set.
 *
 * @param pdus none: the peer takes no fragment of any length.
 * @throws {DimseError} when there are none.
 * @throws {ExpiredError} when the deadline comes first.
 */
export function sendFragments(
  layer: UpperLayer,
  pdus: readonly (PDataTf | Uint8Array)[],
  peerMaximumLength: number,
  deadline: Deadline,
): Promise<void> {
  const sent = layer.sendData(pdus, deadline);
  if (pdus.length > 0) return sent;
  return sent.then(() => {
    throw new DimseError({ kind: "no-room" }, sendFailed(peerMaximumLength));
  });
}

/** An encoded command set, one fragment to a P-DATA-TF. */
export function fragments(
  bytes: Uint8Array,
  contextId: number,
  fragmentLength: number | undefined,
): PDataTf[] {
  const pdus: PDataTf[] = [];
  if (fragmentLength === undefined) return pdus;
  for (let start = 0; start < bytes.byteLength; start += fragmentLength) {
    const data = bytes.subarray(start, start + fragmentLength);
    const isLast = start + fragmentLength >= bytes.byteLength;
    const values = [{ contextId, isCommand: true, isLast, data }];
    pdus.push({ type: "P-DATA-TF", values });
  }
  return pdus;
}

/** How a command set comes in, for whoever wants to see it. */
export type MessageEvent =
  | { readonly kind: "command-begun" }
  | {
    readonly kind: "command-complete";
    readonly contextId: number;
    readonly fragmentCount: number;
    /** Length of the encoded command set, in bytes. */
    readonly byteLength: number;
  };

/** Joins the PDVs of command sets that arrive on one association. */
export class MessageReceiver {
  readonly #layer: UpperLayer;
  readonly #transferSyntaxes: ReadonlyMap<number, string>;
  readonly #observe: ((event: MessageEvent) => void) | undefined;
  /** PDVs that came in one PDU with those of an earlier message. */
  #pending: PresentationDataValue[] = [];

  constructor(
    layer: UpperLayer,
    acceptedContexts: Iterable<AcceptedContext>,
    observe?: (event: MessageEvent) => void,
  ) {
    this.#layer = layer;
    this.#observe = observe;
    this.#transferSyntaxes = new Map(
      Array.from(acceptedContexts, (one) => [one.id, one.transferSyntax]),
    );
  }

  /** Whether something has come that nobody has waited for yet. */
  get unasked(): boolean {
    return this.#pending.length > 0 || this.#layer.dataWaiting;
  }

  /** Whether something came in one PDU with the end of the last message. */
  get surplus(): boolean {
    return this.#pending.length > 0;
  }

  /**
   * Waits for one whole command set.
   *
   * @param deadline bounds the whole wait, however many PDUs come.
   * @throws {DimseError}
   */
  async receive(deadline: Deadline): Promise<CommandMessage> {
    const data: Uint8Array[] = [];
    let byteLength = 0;
    let fragmentCount = 0;
    let contextId: number | undefined;
    for (;;) {
      const value = this.#pending.shift() ?? await this.#nextValue(deadline);
      contextId ??= value.contextId;
      checkFragment(value, contextId);
      if (fragmentCount === 0) {
        this.#checkTransferSyntax(contextId);
        this.#observe?.({ kind: "command-begun" });
      }
      fragmentCount++;
      byteLength += value.data.byteLength;
      if (byteLength > MAXIMUM_COMMAND_SET_LENGTH) {
        throw tooLong(`${MAXIMUM_COMMAND_SET_LENGTH} bytes`);
      }
      if (fragmentCount > MAXIMUM_FRAGMENT_COUNT) {
        throw tooLong(`${MAXIMUM_FRAGMENT_COUNT} fragments`);
      }
      if (value.data.byteLength > 0) data.push(value.data);
      if (value.isCommand && !value.isLast) continue;
      this.#observe?.({
        kind: "command-complete",
        contextId,
        fragmentCount,
        byteLength,
      });
      if (!this.#transferSyntaxes.has(contextId)) {
        throw badMessage(receiveFailed(BAD_PRESENTATION_CONTEXT_ID));
      }
      if (!value.isCommand) {
        throw badMessage(receiveFailed(COMMAND_PDV_EXPECTED));
      }
      return { contextId, ...decodeCommandSet(join(data)) };
    }
  }

  /** Nobody can know what comes on a context that is not accepted in order. */
  #checkTransferSyntax(contextId: number): void {
    const transferSyntax = this.#transferSyntaxes.get(contextId);
    if (
      transferSyntax === undefined || TRANSFER_SYNTAXES.includes(transferSyntax)
    ) return;
    throw badMessage(receiveFailed(unsupportedTransferSyntax(transferSyntax)));
  }

  /** Waits for a PDU, keeps its values, and gives the first of them. */
  async #nextValue(deadline: Deadline): Promise<PresentationDataValue> {
    try {
      const indication = await this.#layer.receive(deadline);
      switch (indication.kind) {
        case "p-data": {
          const [first, ...more] = indication.values;
          if (first === undefined) throw new Error("P-DATA-TF without a PDV");
          this.#pending = more;
          return first;
        }
        case "abort":
        case "closed":
        case "provider-abort":
        case "release-request":
          throw peerError(faultOf(indication));
        default:
          throw new Error(`${indication.kind} while data is exchanged`);
      }
    } catch (error) {
      if (!(error instanceof ExpiredError)) throw error;
      throw peerError(expiryFault(error.expiry, this.#layer.midPdu));
    }
  }
}

function tooLong(limit: string): DimseError {
  return badMessage(unreadableCommandSet(`command set longer than ${limit}`));
}

function checkFragment(value: PresentationDataValue, contextId: number): void {
  if (value.contextId !== contextId) {
    throw badMessage(
      receiveFailed(differentContexts(contextId, value.contextId)),
    );
  }
  if (value.data.byteLength % 2 !== 0) {
    throw badMessage(oddFragmentLength(value.data.byteLength));
  }
}

/** The reference wraps what goes wrong within a PDU, not between two. */
function peerError(fault: PeerFault): DimseError {
  const cause = faultCondition(fault);
  if (fault.kind === "timeout" && !fault.midPdu) {
    return new DimseError(fault, NO_DATA_AVAILABLE);
  }
  const withinPdu = fault.kind === "timeout" || fault.kind === "violation" ||
    (fault.kind === "closed" && fault.midPdu);
  return new DimseError(
    fault,
    withinPdu ? receiveFailed(readPdvFailed(cause)) : cause,
  );
}

function join(fragments: readonly Uint8Array[]): Uint8Array {
  const [first] = fragments;
  return first !== undefined && fragments.length === 1
    ? first
    : concatenate(fragments);
}
