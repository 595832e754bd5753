/** The one error of this layer: bytes that are not the PDU they claim to be. */

import { type Condition, ILLEGAL_PDU } from "../base/condition.ts";
import { PDU_HEADER_LENGTH } from "./pdu-type.ts";
import { ABORT_REASON } from "./reasons.ts";
import type { PduName } from "./types.ts";

/** What is wrong with a PDU. */
export type PduFault =
  /** The type byte is none of the seven. */
  | "unknown-type"
  /** The bytes end inside a field. */
  | "truncated"
  /** An item says it is longer than what contains it. */
  | "overrun"
  /** A length that the field cannot have. */
  | "bad-length"
  /** Longer than we take. */
  | "too-long"
  /** Too few or too many parts of one kind. */
  | "wrong-count"
  /** An A-ASSOCIATE-AC without version 1. */
  | "unsupported-version";

export interface PduErrorDetails {
  /** Undefined where the type byte names no PDU. */
  readonly pdu: PduName | undefined;
  /** Path of the field, outermost item first, joined by " > ". */
  readonly field: string;
  /** Bytes from the start of the PDU, its header included. */
  readonly offset: number;
  readonly fault: PduFault;
  /** What is reported, with the reference's code and text. */
  readonly condition: Condition;
}

/** Thrown by every decoder of this layer, and nothing else is. */
export class PduError extends Error implements PduErrorDetails {
  override readonly name = "PduError";
  readonly pdu: PduName | undefined;
  readonly field: string;
  readonly offset: number;
  readonly fault: PduFault;
  readonly condition: Condition;

  constructor(details: PduErrorDetails) {
    const { pdu, field, offset, fault, condition } = details;
    const detail = condition.cause ?? condition;
    super(
      `${pdu ?? "PDU"}: ${field} at offset ${offset}: ${fault}: ${detail.text}`,
    );
    this.pdu = pdu;
    this.field = field;
    this.offset = offset;
    this.fault = fault;
    this.condition = condition;
  }

  /** Reason for an A-ABORT that answers this PDU (PS3.8 Table 9-26). */
  get abortReason(): number {
    return this.fault === "unknown-type"
      ? ABORT_REASON.unrecognizedPdu
      : ABORT_REASON.invalidPduParameterValue;
  }
}

/** The reference's words for a length that cannot be; 0 leaves a part out. */
export function illegalLengthText(
  what: string,
  available: number,
  least = 0,
  length = 0,
): string {
  let text = `DUL Illegal ${what}. Got ${available} bytes of data`;
  if (length !== 0) {
    text += ` with a length field of ${length}` +
      " (data before length field is not included in length field)";
  }
  if (least !== 0) text += `. The minimum allowed size is ${least}`;
  return `${text}.`;
}

/**
 * The peer's A-ASSOCIATE-AC does not know version 1 (PS3.8 9.3.3). A request
 * without it is no error, but is to be rejected.
 */
export function unsupportedProtocolVersion(version: number): PduError {
  const digits = version.toString(16).padStart(4, "0");
  return new PduError({
    pdu: "A-ASSOCIATE-AC",
    field: "protocol version",
    offset: PDU_HEADER_LENGTH,
    fault: "unsupported-version",
    condition: {
      ...ILLEGAL_PDU,
      cause: {
        code: "0006:0322",
        text: `DUL Unsupported peer protocol ${digits}; expected 0001` +
          " in parseAssociate",
      },
    },
  });
}
