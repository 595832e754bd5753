/** Whether an A-ASSOCIATE-AC can be the answer to a request. Pure. */

import {
  BAD_PRESENTATION_CONTEXT_ID,
  causedBy,
  type Condition,
  ILLEGAL_PDU,
  illegalParameter,
  unsupportedTransferSyntax,
} from "../base/condition.ts";
import { printable } from "../base/text.ts";
import { unsupportedProtocolVersion } from "../pdu/error.ts";
import { knowsVersion1 } from "../pdu/pdu-type.ts";
import { ABORT_REASON } from "../pdu/reasons.ts";
import type {
  AssociateAccept,
  AssociateRequest,
  ContextResult,
} from "../pdu/types.ts";
import { invalidPdu } from "./fault.ts";
import { isAccepted } from "./negotiation.ts";
import type { Violation } from "./service.ts";

/**
 * What of a well-formed acceptance contradicts the request (PS3.8 9.3.3);
 * undefined: nothing. What it leaves out, contexts included, is no
 * contradiction, and the titles are not to be tested.
 */
export function wrongAcceptance(
  request: AssociateRequest,
  accept: AssociateAccept,
): Violation | undefined {
  const { protocolVersion, applicationContext } = accept;
  if (!knowsVersion1(protocolVersion)) {
    return invalidPdu(
      "A-ASSOCIATE-AC",
      unsupportedProtocolVersion(protocolVersion),
    );
  }
  // PS3.8 9.3.3.1: it names what the association is for.
  if (
    applicationContext !== "" &&
    applicationContext !== request.applicationContext
  ) {
    const name = printable(applicationContext);
    return wrong(ILLEGAL_PDU, `application context name "${name}"`);
  }
  return wrongContext(request, accept.presentationContexts);
}

function wrongContext(
  request: AssociateRequest,
  results: readonly ContextResult[],
): Violation | undefined {
  const proposed = new Map(
    request.presentationContexts.map((context) => [context.id, context]),
  );
  const answered = new Set<number>();
  for (const result of results) {
    const { id, transferSyntax } = result;
    const context = proposed.get(id);
    if (context === undefined) {
      return wrong(
        BAD_PRESENTATION_CONTEXT_ID,
        `presentation context ${id} was not proposed`,
      );
    }
    if (answered.has(id)) {
      return wrong(
        BAD_PRESENTATION_CONTEXT_ID,
        `presentation context ${id} is answered twice`,
        ABORT_REASON.unexpectedPduParameter,
      );
    }
    answered.add(id);
    if (
      isAccepted(result) && !context.transferSyntaxes.includes(transferSyntax)
    ) {
      return wrong(
        unsupportedTransferSyntax(transferSyntax),
        `it was not proposed for presentation context ${id}`,
      );
    }
  }
  return undefined;
}

function wrong(
  condition: Condition,
  detail: string,
  abortReason: number = ABORT_REASON.invalidPduParameterValue,
): Violation {
  return {
    kind: "wrong-acceptance",
    condition: causedBy(condition, illegalParameter(detail)),
    abortReason,
  };
}
