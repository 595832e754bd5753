/** The C-ECHO requests of one association: encoded once, then renumbered. */

import type { UpperLayer } from "../association/upper-layer.ts";
import type { Deadline } from "../net/deadline.ts";
import { encodePdu } from "../pdu/codec.ts";
import { encodeCommandSet } from "./command-set.ts";
import { echoRequest } from "./echo.ts";
import { fragments, sendFragments, type SendLimit } from "./message.ts";

/** A byte of the message ID, little-endian, in a PDU. */
interface Place {
  readonly pdu: Uint8Array;
  readonly offset: number;
}

/** Sends requests that differ in nothing but the message ID. */
export class EchoRequests {
  /** Length of the encoded command set, in bytes. */
  readonly byteLength: number;
  readonly #pdus: readonly Uint8Array[];
  readonly #places: readonly Place[];
  readonly #peerMaximumLength: number;

  constructor(
    contextId: number,
    { fragmentLength, peerMaximumLength }: SendLimit,
  ) {
    const encoded = (messageId: number): readonly Uint8Array[] => {
      const command = encodeCommandSet(echoRequest(messageId));
      return fragments(command, contextId, fragmentLength).map(encodePdu);
    };
    this.byteLength = encodeCommandSet(echoRequest(0)).byteLength;
    this.#peerMaximumLength = peerMaximumLength;
    this.#pdus = encoded(0);
    this.#places = differences(this.#pdus, encoded(0xffff));
  }

  /**
   * @throws {DimseError} when the peer takes no fragment of any length.
   * @throws {ExpiredError} when the deadline comes first.
   */
  send(
    layer: UpperLayer,
    messageId: number,
    deadline: Deadline,
  ): Promise<void> {
    let rest = messageId;
    for (const { pdu, offset } of this.#places) {
      pdu[offset] = rest & 0xff;
      rest >>= 8;
    }
    return sendFragments(layer, this.#pdus, this.#peerMaximumLength, deadline);
  }
}

/** The places, in the first list, of the bytes that the second has not. */
function differences(
  pdus: readonly Uint8Array[],
  others: readonly Uint8Array[],
): readonly Place[] {
  const places: Place[] = [];
  pdus.forEach((pdu, index) => {
    const other = others[index];
    pdu.forEach((byte, offset) => {
      if (byte !== other?.[offset]) places.push({ pdu, offset });
    });
  });
  return places;
}
