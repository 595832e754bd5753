/** What an association request says of who sent it. Pure. */

import { peerInformation } from "../association/negotiation.ts";
import { decodeLatin1 } from "../base/text.ts";
import type {
  AssociateAccept,
  AssociateRequest,
  UserInformationItem,
} from "../pdu/types.ts";
import type { CalledContext, CallerIdentity, CallerRequest } from "./types.ts";

/** The answer to a request, if it is an acceptance. */
export function callerRequest(
  request: AssociateRequest,
  accept: AssociateAccept | undefined,
): CallerRequest {
  const peer = peerInformation(request.userInformation);
  return {
    callingAeTitle: request.callingAeTitle,
    calledAeTitle: request.calledAeTitle,
    protocolVersion: request.protocolVersion,
    applicationContext: request.applicationContext,
    implementationClassUid: peer.peerImplementationClassUid,
    implementationVersionName: peer.peerImplementationVersionName,
    maximumLength: peer.peerMaximumLength,
    identity: identityOf(request.userInformation),
    extras: request.userInformation.flatMap(extra),
    contexts: request.presentationContexts.map((proposed): CalledContext => {
      const { id, abstractSyntax, transferSyntaxes } = proposed;
      const answer = accept?.presentationContexts.find((one) => one.id === id);
      return {
        id,
        abstractSyntax,
        transferSyntaxes,
        result: answer?.result,
        transferSyntax: answer?.result === 0
          ? answer.transferSyntax
          : undefined,
      };
    }),
  };
}

const USER_NAME = 1;
const USER_NAME_AND_PASSCODE = 2;

function identityOf(
  items: readonly UserInformationItem[],
): CallerIdentity | undefined {
  const item = items.findLast((one) => one.item === "user-identity");
  if (item === undefined) return undefined;
  const { identityType: type, primaryField, secondaryField } = item;
  const named = type === USER_NAME || type === USER_NAME_AND_PASSCODE;
  return {
    type,
    userName: named ? decodeLatin1(primaryField) : undefined,
    secret: secondaryField.byteLength > 0 ||
      (!named && primaryField.byteLength > 0),
    responseRequested: item.positiveResponseRequested,
  };
}

/** Items that have no field of their own in {@linkcode CallerRequest}. */
function extra(item: UserInformationItem): readonly string[] {
  switch (item.item) {
    case "asynchronous-operations-window":
      return [
        "Asynchronous Operations Window: " +
        `invoked ${item.maximumInvoked}, performed ${item.maximumPerformed}`,
      ];
    case "role-selection":
      return [
        `SCP/SCU Role Selection: ${item.sopClassUid}, ` +
        `SCU ${item.scuRole}, SCP ${item.scpRole}`,
      ];
    case "extended-negotiation":
      return [
        `SOP Class Extended Negotiation: ${item.sopClassUid}, ` +
        `${item.serviceClassApplicationInformation.byteLength} bytes: ` +
        hexStart(item.serviceClassApplicationInformation),
      ];
    case "common-extended-negotiation":
      return [
        "SOP Class Common Extended Negotiation: " +
        `${item.sopClassUid}, service class ${item.serviceClassUid}`,
      ];
    case "user-identity-response":
      return ["User Identity Response, which is none of a request"];
    case "unknown":
      return [
        `Unknown item 0x${item.itemType.toString(16)}, ` +
        `${item.data.byteLength} bytes`,
      ];
    default:
      return [];
  }
}

/** More of it helps nobody. */
const MOST_BYTES = 16;

function hexStart(bytes: Uint8Array): string {
  const start = bytes.subarray(0, MOST_BYTES).toHex();
  return bytes.byteLength > MOST_BYTES ? `${start}…` : start;
}
