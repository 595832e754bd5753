/** How an association request is answered by a Verification SCP. Pure. */

import { ownUserInformation } from "../association/negotiation.ts";
import { toByteText } from "../base/text.ts";
import {
  APPLICATION_CONTEXT,
  IMPLICIT_VR_LITTLE_ENDIAN,
  VERIFICATION_SOP_CLASS,
} from "../base/uids.ts";
import { knowsVersion1 } from "../pdu/pdu-type.ts";
import { associateReject, CONTEXT_RESULT } from "../pdu/reasons.ts";
import type {
  AssociateAccept,
  AssociateReject,
  AssociateRequest,
  ContextResult,
  ProposedContext,
} from "../pdu/types.ts";

/** What is accepted. */
export interface AcceptancePolicy {
  /** Undefined: any called AE title. Blanks at its ends do not count. */
  readonly calledAeTitle: string | undefined;
  /** Our maximum length received (PS3.8 D.1), in bytes. */
  readonly maximumLength: number;
}

/** The transfer syntaxes without compression, the preferred one first. */
const SUPPORTED_TRANSFER_SYNTAXES: readonly string[] = [
  IMPLICIT_VR_LITTLE_ENDIAN,
  "1.2.840.10008.1.2.1",
  "1.2.840.10008.1.2.2",
];

/** The answer to one association too many (PS3.8 Table 9-21). */
export const LOCAL_LIMIT_EXCEEDED: AssociateReject = associateReject(
  "transient",
  "serviceProviderPresentation",
  "localLimitExceeded",
);

/** The answer to an A-ASSOCIATE-RQ (PS3.8 sections 9.3.3 and 9.3.4). */
export function answerRequest(
  request: AssociateRequest,
  policy: AcceptancePolicy,
): AssociateAccept | AssociateReject {
  if (!knowsVersion1(request.protocolVersion)) {
    return associateReject(
      "permanent",
      "serviceProviderAcse",
      "protocolVersionNotSupported",
    );
  }
  if (request.applicationContext !== APPLICATION_CONTEXT) {
    return associateReject(
      "permanent",
      "serviceUser",
      "applicationContextNameNotSupported",
    );
  }
  const { calledAeTitle: own } = policy;
  if (
    own !== undefined &&
    toByteText(own).trim() !== request.calledAeTitle.trim()
  ) {
    return associateReject(
      "permanent",
      "serviceUser",
      "calledAeTitleNotRecognized",
    );
  }
  return {
    type: "A-ASSOCIATE-AC",
    protocolVersion: 1,
    calledAeTitle: request.calledAeTitle,
    callingAeTitle: request.callingAeTitle,
    applicationContext: APPLICATION_CONTEXT,
    presentationContexts: request.presentationContexts.map(answerContext),
    userInformation: ownUserInformation(policy.maximumLength),
    unknownItems: [],
  };
}

function answerContext(context: ProposedContext): ContextResult {
  const { id, abstractSyntax, transferSyntaxes } = context;
  if (abstractSyntax !== VERIFICATION_SOP_CLASS) {
    const result = CONTEXT_RESULT.abstractSyntaxNotSupported;
    return { id, result, transferSyntax: IMPLICIT_VR_LITTLE_ENDIAN };
  }
  const transferSyntax = SUPPORTED_TRANSFER_SYNTAXES.find((uid) =>
    transferSyntaxes.includes(uid)
  );
  return transferSyntax === undefined
    ? {
      id,
      result: CONTEXT_RESULT.transferSyntaxesNotSupported,
      transferSyntax: IMPLICIT_VR_LITTLE_ENDIAN,
    }
    : { id, result: CONTEXT_RESULT.acceptance, transferSyntax };
}
