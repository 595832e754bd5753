/** What a peer does wrong, or does not do, and what follows from it. Pure. */

import {
  ASSOCIATE_PDU_TOO_LARGE,
  causedBy,
  type Condition,
  illegalPduLength,
  NETWORK_CLOSED,
  PDATA_PDU_ARRIVED,
  PEER_ABORTED,
  PEER_REQUESTED_RELEASE,
  READ_TIMEOUT,
  unexpectedPdu,
  unrecognizedPduType,
} from "../base/condition.ts";
import type { Expiry } from "../net/deadline.ts";
import { type PeerProtocol, recognise } from "../net/peer-protocol.ts";
import type { PduHeader } from "../pdu/codec.ts";
import type { PduError } from "../pdu/error.ts";
import { ABORT_REASON } from "../pdu/reasons.ts";
import type { PduName } from "../pdu/types.ts";
import { announcedLimit } from "./limits.ts";
import type { Indication, Violation } from "./service.ts";

/** A PDU that the codec could not make sense of. */
export function invalidPdu(name: PduName, error: PduError): Violation {
  const { field, offset, fault, condition, abortReason } = error;
  return {
    kind: "invalid-pdu",
    name,
    field,
    offset,
    fault,
    condition,
    abortReason,
  };
}

/** A PDU of a type that the standard does not know; `start` begins with it. */
export function unrecognized(type: number, start: Uint8Array): Violation {
  const protocol = recognise(start);
  return protocol === "unknown" || protocol === "DICOM"
    ? { kind: "unrecognized-pdu", type }
    : { kind: "unrecognized-pdu", type, protocol };
}

/** A PDU whose header says more than is taken; see limits.ts. */
export function tooLong(
  { header, start }: { readonly header: PduHeader; readonly start: Uint8Array },
  maximumLength: number,
): Violation {
  const { type, name, length } = header;
  if (name === undefined) return unrecognized(type, start);
  const limit = announcedLimit(name, maximumLength);
  return { kind: "too-long", name, length, limit };
}

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
    case "wrong-acceptance":
      return violation.abortReason;
  }
}

/** The condition under which a violation is reported. */
function violationCondition(violation: Violation): Condition {
  switch (violation.kind) {
    case "unexpected-pdu":
      return unexpectedPdu(violation.name);
    case "unrecognized-pdu":
      return unrecognizedPduType(
        violation.type,
        violation.protocol && instead(violation.protocol),
      );
    case "too-long":
      return violation.name === "A-ASSOCIATE-AC"
        ? ASSOCIATE_PDU_TOO_LARGE
        : illegalPduLength(
          `${violation.length}.  Max expected ${violation.limit}`,
        );
    case "invalid-pdu":
    case "wrong-acceptance":
      return violation.condition;
  }
}

/** What the peer speaks, and what to do about it. */
function instead(protocol: PeerProtocol): string {
  return protocol === "TLS"
    ? "the peer speaks TLS on this port: use +tls or +tla"
    : `the peer speaks ${protocol}, not DICOM: ask for its DICOM port`;
}

/** What a peer did, or did not do, instead of what was waited for. */
export type PeerFault =
  /** `midPdu`: a PDU had begun. The association still stands. */
  | { readonly kind: "timeout"; readonly midPdu: boolean }
  /** The program was told to stop. The association still stands. */
  | { readonly kind: "interrupted" }
  | {
    readonly kind: "abort";
    readonly source: number;
    readonly reason: number;
  }
  | {
    readonly kind: "closed";
    readonly midPdu: boolean;
    readonly cause?: Condition;
  }
  /** The association still stands. */
  | { readonly kind: "release-request" }
  /** Data where none was due. The association still stands. */
  | { readonly kind: "p-data" }
  /** The upper layer has aborted already. */
  | { readonly kind: "violation"; readonly violation: Violation };

/** Indications that the upper layer gives in any state of an association. */
type CommonIndication = Exclude<
  Indication,
  {
    kind:
      | "associate-request"
      | "associate-accept"
      | "associate-reject"
      | "release-confirm";
  }
>;

/** An indication that was not waited for, as a fault. */
export function faultOf(indication: CommonIndication): PeerFault {
  switch (indication.kind) {
    case "provider-abort":
      return { kind: "violation", violation: indication.violation };
    case "release-request":
    case "p-data":
      return { kind: indication.kind };
    case "abort":
    case "closed":
      return indication;
  }
}

/** A deadline that passed, as a fault. */
export function expiryFault(expiry: Expiry, midPdu: boolean): PeerFault {
  return expiry === "interrupted"
    ? { kind: "interrupted" }
    : { kind: "timeout", midPdu };
}

/** The reference's condition for a fault while the upper layer waits. */
export function faultCondition(fault: PeerFault): Condition {
  switch (fault.kind) {
    case "timeout":
      return READ_TIMEOUT;
    case "interrupted":
    case "abort":
      return PEER_ABORTED;
    case "closed":
      return causedBy(
        fault.midPdu ? NETWORK_CLOSED : PEER_ABORTED,
        fault.cause,
      );
    case "release-request":
      return PEER_REQUESTED_RELEASE;
    case "p-data":
      return PDATA_PDU_ARRIVED;
    case "violation":
      return violationCondition(fault.violation);
  }
}
