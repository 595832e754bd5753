/**
 * What the numbers in A-ASSOCIATE-RJ, A-ASSOCIATE-AC and A-ABORT mean, and the
 * reference's words for them. The same reason number means different things
 * under different sources, so reasons are filed under their source.
 */

import { hex } from "../base/text.ts";
import type { Abort, AssociateReject } from "./types.ts";

/** Result of A-ASSOCIATE-RJ (PS3.8 Table 9-21). */
export const REJECT_RESULT = { permanent: 1, transient: 2 } as const;

/** Source of A-ASSOCIATE-RJ (PS3.8 Table 9-21). */
export const REJECT_SOURCE = {
  serviceUser: 1,
  serviceProviderAcse: 2,
  serviceProviderPresentation: 3,
} as const;

export type RejectSource = keyof typeof REJECT_SOURCE;

/** Reason of A-ASSOCIATE-RJ under each source (PS3.8 Table 9-21). */
export const REJECT_REASON = {
  serviceUser: {
    noReasonGiven: 1,
    applicationContextNameNotSupported: 2,
    callingAeTitleNotRecognized: 3,
    calledAeTitleNotRecognized: 7,
  },
  serviceProviderAcse: {
    noReasonGiven: 1,
    protocolVersionNotSupported: 2,
  },
  serviceProviderPresentation: {
    temporaryCongestion: 1,
    localLimitExceeded: 2,
  },
} as const;

/** An A-ASSOCIATE-RJ whose reason is one that its source can have. */
export function associateReject<S extends RejectSource>(
  result: keyof typeof REJECT_RESULT,
  source: S,
  reason: keyof (typeof REJECT_REASON)[S],
): AssociateReject {
  const reasons: Readonly<Record<PropertyKey, number>> = REJECT_REASON[source];
  return {
    type: "A-ASSOCIATE-RJ",
    result: REJECT_RESULT[result],
    source: REJECT_SOURCE[source],
    reason: reasons[reason] ?? 0,
  };
}

type Texts = Readonly<Record<number, string>>;

const RESULT_TEXTS: Texts = {
  1: "Rejected Permanent",
  2: "Rejected Transient",
};

const SOURCE_TEXTS: Texts = {
  1: "Service User",
  2: "Service Provider (ACSE Related)",
  3: "Service Provider (Presentation Related)",
};

/** Source in the high byte, reason in the low one. */
const REASON_TEXTS: Texts = {
  0x0101: "No Reason",
  0x0102: "App Context Name Not Supported",
  0x0103: "Calling AE Title Not Recognized",
  0x0107: "Called AE Title Not Recognized",
  0x0201: "No Reason",
  0x0202: "Protocol Version Not Supported",
  0x0301: "Temporary Congestion",
  0x0302: "Local Limit Exceeded",
};

/** A rejection in words, ready to print. */
export interface RejectionText {
  readonly result: string;
  readonly source: string;
  readonly reason: string;
  /** One line for each number that the standard does not define. */
  readonly warnings: readonly string[];
}

/**
 * The reference's words for a rejection. A number that PS3.8 Table 9-21 does
 * not define is read as permanent, service user or no reason given, each with
 * a warning that shows it; a wrong source makes the reason wrong as well.
 */
export function describeRejection(
  pdu: Pick<AssociateReject, "result" | "source" | "reason">,
): RejectionText {
  const warnings: string[] = [];
  const look = (
    what: string,
    texts: Texts,
    code: number,
    fallback: string,
  ): string => {
    const text = texts[code];
    if (text !== undefined) return text;
    warnings.push(
      `Received invalid A-ASSOCIATE-RJ reject ${what} 0x${
        hex(code, 4)
      }, using default.`,
    );
    return fallback;
  };
  return {
    result: look("result", RESULT_TEXTS, pdu.result, "Rejected Permanent"),
    source: look("source", SOURCE_TEXTS, pdu.source, "Service User"),
    reason: look(
      "reason",
      REASON_TEXTS,
      (pdu.source << 8) | pdu.reason,
      "No Reason",
    ),
    warnings,
  };
}

/** Result of a presentation context in A-ASSOCIATE-AC (PS3.8 Table 9-18). */
export const CONTEXT_RESULT = {
  acceptance: 0,
  userRejection: 1,
  noReason: 2,
  abstractSyntaxNotSupported: 3,
  transferSyntaxesNotSupported: 4,
} as const;

const CONTEXT_RESULT_TEXTS: Texts = {
  0: "Accepted",
  1: "User Rejection",
  2: "No Reason",
  3: "Abstract Syntax Not Supported",
  4: "Transfer Syntaxes Not Supported",
};

/** The reference's words for the result of a presentation context. */
export function contextResultText(result: number): string {
  return CONTEXT_RESULT_TEXTS[result] ?? "--Invalid Result/Reason--";
}

/** Source of A-ABORT (PS3.8 Table 9-26). */
export const ABORT_SOURCE = {
  serviceUser: 0,
  serviceProvider: 2,
} as const;

/** Reason of an A-ABORT by the service provider (PS3.8 Table 9-26). */
export const ABORT_REASON = {
  reasonNotSpecified: 0,
  unrecognizedPdu: 1,
  unexpectedPdu: 2,
  unrecognizedPduParameter: 4,
  unexpectedPduParameter: 5,
  invalidPduParameterValue: 6,
} as const;

const ABORT_SOURCE_TEXTS: Texts = {
  0: "DICOM UL service-user",
  2: "DICOM UL service-provider",
};

const ABORT_REASON_TEXTS: Texts = {
  0: "reason-not-specified",
  1: "unrecognized-PDU",
  2: "unexpected-PDU",
  4: "unrecognized-PDU-parameter",
  5: "unexpected-PDU-parameter",
  6: "invalid-PDU-parameter-value",
};

/**
 * The standard's names for source and reason of an abort. The reason of a
 * service user is not significant, and is undefined.
 */
export function describeAbort(
  pdu: Pick<Abort, "source" | "reason">,
): { readonly source: string; readonly reason: string | undefined } {
  const { source, reason } = pdu;
  return {
    source: ABORT_SOURCE_TEXTS[source] ?? `reserved (${source})`,
    reason: source === ABORT_SOURCE.serviceUser
      ? undefined
      : ABORT_REASON_TEXTS[reason] ?? `reserved (${reason})`,
  };
}
