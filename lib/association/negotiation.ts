/** What an association request proposes, and what came of it. Pure. */

import {
  IMPLEMENTATION_CLASS_UID,
  IMPLEMENTATION_VERSION_NAME,
} from "../base/product.ts";
import { toByteText } from "../base/text.ts";
import {
  APPLICATION_CONTEXT,
  TRANSFER_SYNTAXES,
  VERIFICATION_SOP_CLASS,
} from "../base/uids.ts";
import { AE_TITLE_LENGTH } from "../pdu/pdu-type.ts";
import { CONTEXT_RESULT } from "../pdu/reasons.ts";
import type {
  AssociateAccept,
  AssociateRequest,
  ProposedContext,
  UserInformationItem,
} from "../pdu/types.ts";

/** No maximum length of a peer is taken for more than this, in bytes. */
const LARGEST_MAXIMUM_LENGTH = 131072;

/** The reference's smallest; used where the peer's is too small to be used. */
const SMALLEST_MAXIMUM_LENGTH = 4096;

/** PDU header (6), PDV length (4), context ID and message control header. */
const PDATA_OVERHEAD = 12;

/** What is to be proposed. */
export interface Proposal {
  readonly callingAeTitle: string;
  readonly calledAeTitle: string;
  /** 1 to 128; their IDs are 1, 3, 5 … 255. */
  readonly presentationContextCount: number;
  /** 1 to 53, a prefix of `TRANSFER_SYNTAXES`. */
  readonly transferSyntaxCount: number;
  /** Our maximum length received (PS3.8 D.1), in bytes. */
  readonly maximumLength: number;
}

/** Our maximum length, implementation class UID and version name. */
export function ownUserInformation(
  maximumLength: number,
): UserInformationItem[] {
  return [
    { item: "maximum-length", maximumLength },
    { item: "implementation-class-uid", uid: IMPLEMENTATION_CLASS_UID },
    {
      item: "implementation-version-name",
      name: IMPLEMENTATION_VERSION_NAME,
    },
  ];
}

/** What one presentation context is proposed for. */
export type ProposedService = Omit<ProposedContext, "id">;

/** The A-ASSOCIATE-RQ of a verification (PS3.8 9.3.2). */
export function associateRequest(proposal: Proposal): AssociateRequest {
  const service = {
    abstractSyntax: VERIFICATION_SOP_CLASS,
    transferSyntaxes: TRANSFER_SYNTAXES.slice(0, proposal.transferSyntaxCount),
  };
  return requestFor(
    proposal,
    Array.from({ length: proposal.presentationContextCount }, () => service),
  );
}

/**
 * An A-ASSOCIATE-RQ for any services (PS3.8 9.3.2).
 *
 * @param services 1 to 128; the IDs of their contexts are 1, 3, 5 … 255.
 */
export function requestFor(
  proposal: Pick<
    Proposal,
    "callingAeTitle" | "calledAeTitle" | "maximumLength"
  >,
  services: readonly ProposedService[],
): AssociateRequest {
  return {
    type: "A-ASSOCIATE-RQ",
    protocolVersion: 1,
    calledAeTitle: cutTitle(proposal.calledAeTitle),
    callingAeTitle: cutTitle(proposal.callingAeTitle),
    applicationContext: APPLICATION_CONTEXT,
    presentationContexts: services.map((service, index) => ({
      id: 2 * index + 1,
      ...service,
    })),
    userInformation: ownUserInformation(proposal.maximumLength),
    unknownItems: [],
  };
}

/** As the reference does without a word. */
function cutTitle(title: string): string {
  return toByteText(title).slice(0, AE_TITLE_LENGTH);
}

/** A proposed presentation context with its result (PS3.8 9.3.3.2). */
export interface NegotiatedContext {
  readonly id: number;
  readonly abstractSyntax: string;
  /** Undefined: the peer's answer does not mention the context. */
  readonly result: number | undefined;
  /** Of an accepted context; empty otherwise. */
  readonly transferSyntax: string;
}

/** Whether messages may be exchanged on a context. */
export function isAccepted(
  context: Pick<NegotiatedContext, "result">,
): boolean {
  return context.result === CONTEXT_RESULT.acceptance;
}

/** Why a send length is not simply the peer's maximum less the headers. */
export type LengthAdjustment =
  | { readonly kind: "odd"; readonly length: number }
  | { readonly kind: "unusable"; readonly length: number }
  | { readonly kind: "too-small" };

/** What both sides agreed on. */
export interface Negotiated {
  readonly contexts: readonly NegotiatedContext[];
  /** The first accepted one, on which C-ECHO is exchanged. */
  readonly accepted: NegotiatedContext | undefined;
  /** The peer's maximum length (PS3.8 D.1); 0: none was given. */
  readonly peerMaximumLength: number;
  readonly peerImplementationClassUid: string;
  readonly peerImplementationVersionName: string;
  /** Longest PDV fragment that may be sent, in bytes; undefined: none may. */
  readonly fragmentLength: number | undefined;
  /** The same as the reference counts and prints it. */
  readonly maximumSendPdv: number;
  readonly adjustments: readonly LengthAdjustment[];
}

/** Holds an acceptance against the request that it answers. */
export function negotiate(
  request: AssociateRequest,
  accept: AssociateAccept,
): Negotiated {
  const contexts = request.presentationContexts.map((proposed) => {
    // Of several answers to one proposal the last counts, as in the reference.
    const answer = accept.presentationContexts.findLast(
      (context) => context.id === proposed.id,
    );
    return {
      id: proposed.id,
      abstractSyntax: proposed.abstractSyntax,
      result: answer?.result,
      transferSyntax: answer?.result === CONTEXT_RESULT.acceptance
        ? answer.transferSyntax
        : "",
    };
  });
  const peer = peerInformation(accept.userInformation);
  return {
    contexts,
    accepted: contexts.find(isAccepted),
    ...peer,
    ...sendLengths(peer.peerMaximumLength),
  };
}

type PeerInformation = Pick<
  Negotiated,
  | "peerMaximumLength"
  | "peerImplementationClassUid"
  | "peerImplementationVersionName"
>;

/** What a request or an acceptance tells of who sent it. */
export function peerInformation(
  items: readonly UserInformationItem[],
): PeerInformation {
  let peerImplementationClassUid = "";
  let peerImplementationVersionName = "";
  for (const item of items) {
    switch (item.item) {
      case "implementation-class-uid":
        peerImplementationClassUid = item.uid;
        break;
      case "implementation-version-name":
        peerImplementationVersionName = item.name;
        break;
    }
  }
  return {
    peerMaximumLength: maximumLengthOf(items),
    peerImplementationClassUid,
    peerImplementationVersionName,
  };
}

/** The maximum length (PS3.8 D.1) that items announce, the last of several. */
export function maximumLengthOf(
  items: readonly UserInformationItem[],
): number {
  let maximumLength = 0;
  for (const item of items) {
    if (item.item === "maximum-length") maximumLength = item.maximumLength;
  }
  return maximumLength;
}

type SendLengths = Pick<
  Negotiated,
  "fragmentLength" | "maximumSendPdv" | "adjustments"
>;

/**
 * How long a PDV may be for a peer's maximum length (PS3.8 D.1), with the
 * reference's adjustments. A maximum of 12 or less is of no use: the reference
 * sends nothing then, although it speaks of a default.
 */
export function sendLengths(peerMaximumLength: number): SendLengths {
  const adjustments: LengthAdjustment[] = [];
  let maximum = peerMaximumLength === 0
    ? LARGEST_MAXIMUM_LENGTH
    : Math.min(peerMaximumLength, LARGEST_MAXIMUM_LENGTH);
  if (maximum % 2 !== 0) {
    adjustments.push({ kind: "odd", length: maximum });
    maximum--;
  }
  const usual = SMALLEST_MAXIMUM_LENGTH - PDATA_OVERHEAD;
  let length = maximum - PDATA_OVERHEAD;
  if (length < 1) {
    adjustments.push({ kind: "unusable", length });
    length = usual;
  }
  if (length < PDATA_OVERHEAD) {
    adjustments.push({ kind: "too-small" });
    length = usual;
  }
  // The peer's maximum counts the PDV's six bytes of header, not the PDU's.
  const fits = maximum - (PDATA_OVERHEAD - 6);
  return {
    fragmentLength: maximum > PDATA_OVERHEAD
      ? Math.min(length, fits)
      : undefined,
    maximumSendPdv: length,
    adjustments,
  };
}
