/** What a peer sent against the protocol, and what follows from it. Pure. */

import {
  ASSOCIATE_PDU_TOO_LARGE,
  type Condition,
  illegalPduLength,
  unexpectedPdu,
  unrecognizedPduType,
} from "../base/condition.ts";
import type { PduError } from "../pdu/error.ts";
import { ABORT_REASON } from "../pdu/reasons.ts";
import { PDU_TYPE, type PduName } from "../pdu/types.ts";

/** Why the upper layer itself aborted (A-P-ABORT). */
export type Violation =
  /** Valid, but not allowed in the present state. */
  | { readonly kind: "unexpected-pdu"; readonly name: PduName }
  | { readonly kind: "unrecognized-pdu"; readonly type: number }
  | {
    readonly kind: "too-long";
    readonly type: number;
    readonly length: number;
    readonly limit: number;
  }
  | { readonly kind: "invalid-pdu"; readonly error: PduError };

/** Reason of our A-ABORT (PS3.8 Table 9-26). */
export function abortReason(violation: Violation): number {
  switch (violation.kind) {
    case "unexpected-pdu":
      return ABORT_REASON.unexpectedPdu;
    case "unrecognized-pdu":
      return ABORT_REASON.unrecognizedPdu;
    case "too-long":
      return ABORT_REASON.invalidPduParameterValue;
    case "invalid-pdu":
      return violation.error.abortReason;
  }
}

/** The condition under which a violation is reported. */
export function violationCondition(violation: Violation): Condition {
  switch (violation.kind) {
    case "unexpected-pdu":
      return unexpectedPdu(violation.name);
    case "unrecognized-pdu":
      return unrecognizedPduType(violation.type);
    case "too-long":
      return violation.type === PDU_TYPE["A-ASSOCIATE-AC"]
        ? ASSOCIATE_PDU_TOO_LARGE
        : illegalPduLength(
          `${violation.length}.  Max expected ${violation.limit}`,
        );
    case "invalid-pdu":
      return violation.error.condition;
  }
}
