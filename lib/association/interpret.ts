/** What the bytes of a PDU mean to the upper layer. Pure. */

import { decodePdu, type PduHeader } from "../pdu/codec.ts";
import { PduError } from "../pdu/error.ts";
import { PDU_HEADER_LENGTH } from "../pdu/pdu-type.ts";
import type { AssociateRequest, Pdu } from "../pdu/types.ts";
import { invalidPdu, unrecognized } from "./fault.ts";
import type { Violation } from "./service.ts";
import { wrongAcceptance } from "./wrong-acceptance.ts";

/** A PDU, or why the bytes are none that can be taken. */
export interface Interpreted {
  readonly result: Pdu | Violation;
  /** Odd things in it that the reference lets pass, a line each. */
  readonly warnings: readonly string[];
}

/**
 * Reads one whole PDU.
 *
 * @param bytes the PDU with its header.
 * @param request the one whose answer is awaited, if any: an acceptance must
 * answer it.
 */
export function interpret(
  { type, name }: PduHeader,
  bytes: Uint8Array,
  request: AssociateRequest | undefined,
): Interpreted {
  const warnings: string[] = [];
  if (name === undefined) {
    return { result: unrecognized(type, bytes), warnings };
  }
  try {
    const body = bytes.subarray(PDU_HEADER_LENGTH);
    const pdu = decodePdu(type, body, (text) => warnings.push(text));
    const wrong = pdu.type === "A-ASSOCIATE-AC" && request !== undefined
      ? wrongAcceptance(request, pdu)
      : undefined;
    return { result: wrong ?? pdu, warnings };
  } catch (error) {
    if (!(error instanceof PduError)) throw error;
    return { result: invalidPdu(name, error), warnings };
  }
}
