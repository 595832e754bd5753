/** Association parameters as the reference shows them at debug level. Pure. */

import {
  IMPLEMENTATION_CLASS_UID,
  IMPLEMENTATION_VERSION_NAME,
} from "../base/product.ts";
import { hex, printable } from "../base/text.ts";
import { uidName } from "../base/uids.ts";
import { CONTEXT_RESULT, contextResultText } from "../pdu/reasons.ts";
import type {
  AssociateAccept,
  AssociateRequest,
  UserInformationItem,
} from "../pdu/types.ts";
import { maximumLengthOf, type Negotiated } from "./negotiation.ts";

/** No more of a peer's version name is shown (PS3.7 D.3.3.2.3). */
const VERSION_NAME_LENGTH = 16;

interface Heading {
  readonly applicationContext: string;
  readonly calling: string;
  readonly called: string;
  readonly responding: string;
  readonly ownMaximumLength: number;
  readonly implementationClassUid: string;
  readonly implementationVersionName: string;
  readonly maximumLength: number;
}

/** What will be proposed; several lines. */
export function dumpRequest(request: AssociateRequest): string {
  return framed("RQ", [
    ...heading({
      applicationContext: request.applicationContext,
      calling: request.callingAeTitle,
      called: request.calledAeTitle,
      responding: request.calledAeTitle,
      ownMaximumLength: maximumLengthOf(request.userInformation),
      implementationClassUid: "",
      implementationVersionName: "",
      maximumLength: 0,
    }),
    ...request.presentationContexts.flatMap((context) => [
      `  Context ID:        ${context.id} (Proposed)`,
      ...proposed(context.abstractSyntax, context.transferSyntaxes),
    ]),
    ...extendedNegotiation([]),
  ]);
}

/** What came of it; several lines. */
export function dumpNegotiated(
  request: AssociateRequest,
  accept: AssociateAccept,
  negotiated: Negotiated,
): string {
  const role = acceptedRole(accept.userInformation);
  const contexts = negotiated.contexts.flatMap((context, index) => {
    const { id, abstractSyntax, result, transferSyntax } = context;
    if (result === undefined) {
      const transferSyntaxes = request.presentationContexts[index]
        ?.transferSyntaxes ?? [];
      return [
        `  Context ID:        ${id} (Proposed)`,
        ...proposed(abstractSyntax, transferSyntaxes),
      ];
    }
    return [
      `  Context ID:        ${id} (${contextResultText(result)})`,
      `    Abstract Syntax: ${uidName(abstractSyntax)}`,
      "    Proposed SCP/SCU Role: Default",
      `    Accepted SCP/SCU Role: ${role(abstractSyntax)}`,
      ...(result === CONTEXT_RESULT.acceptance
        ? [`    Accepted Transfer Syntax: ${printableUid(transferSyntax)}`]
        : []),
    ];
  });
  return framed("AC", [
    ...heading({
      applicationContext: accept.applicationContext,
      calling: accept.callingAeTitle,
      called: request.calledAeTitle,
      // The reference shows our own title where the peer repeats any.
      responding: printable(accept.calledAeTitle) && request.calledAeTitle,
      ownMaximumLength: maximumLengthOf(request.userInformation),
      implementationClassUid: negotiated.peerImplementationClassUid,
      implementationVersionName: negotiated.peerImplementationVersionName,
      maximumLength: negotiated.peerMaximumLength,
    }),
    ...contexts,
    ...extendedNegotiation(accept.userInformation),
  ]);
}

function framed(kind: "RQ" | "AC", lines: readonly string[]): string {
  return [
    `====================== BEGIN A-ASSOCIATE-${kind} =====================`,
    ...lines,
    `======================= END A-ASSOCIATE-${kind} ======================`,
  ].join("\n");
}

function heading(values: Heading): string[] {
  const versionName = values.implementationVersionName
    .slice(0, VERSION_NAME_LENGTH);
  return [
    `Our Implementation Class UID:      ${IMPLEMENTATION_CLASS_UID}`,
    `Our Implementation Version Name:   ${IMPLEMENTATION_VERSION_NAME}`,
    `Their Implementation Class UID:    ${
      printable(values.implementationClassUid)
    }`,
    `Their Implementation Version Name: ${printable(versionName)}`,
    `Application Context Name:    ${printable(values.applicationContext)}`,
    `Calling Application Name:    ${printable(values.calling)}`,
    `Called Application Name:     ${printable(values.called)}`,
    `Responding Application Name: ${printable(values.responding)}`,
    `Our Max PDU Receive Size:    ${values.ownMaximumLength}`,
    `Their Max PDU Receive Size:  ${values.maximumLength}`,
    "Presentation Contexts:",
  ];
}

function proposed(
  abstractSyntax: string,
  transferSyntaxes: readonly string[],
): string[] {
  return [
    `    Abstract Syntax: ${uidName(abstractSyntax)}`,
    "    Proposed SCP/SCU Role: Default",
    "    Proposed Transfer Syntax(es):",
    ...transferSyntaxes.map((uid) => `      ${uidName(uid)}`),
  ];
}

function printableUid(uid: string): string {
  return printable(uidName(uid));
}

/** Role that the peer's role selection (PS3.7 D.3.3.4) gives a SOP class. */
function acceptedRole(
  items: readonly UserInformationItem[],
): (sopClassUid: string) => string {
  return (sopClassUid) => {
    for (const item of items) {
      if (item.item !== "role-selection") continue;
      if (item.sopClassUid !== sopClassUid) continue;
      if (item.scuRole === item.scpRole) {
        return item.scuRole === 0 ? "None" : "SCP/SCU";
      }
      return item.scuRole === 1 ? "SCU" : "SCP";
    }
    return "Default";
  };
}

/** We request none; what the peer accepts unasked is shown all the same. */
function extendedNegotiation(
  items: readonly UserInformationItem[],
): string[] {
  const accepted: string[] = [];
  const identity: string[] = [];
  for (const item of items) {
    if (item.item === "extended-negotiation") {
      accepted.push(
        `  ${printableUid(item.sopClassUid)} (${printable(item.sopClassUid)})`,
        `    [${
          Array.from(
            item.serviceClassApplicationInformation,
            (byte) => `0x${hex(byte, 2)}`,
          ).join(", ")
        }]`,
      );
    } else if (item.item === "user-identity-response") {
      const { byteLength } = item.serverResponse;
      identity.push(
        `  Server Response (not dumped) length: ${byteLength}`,
      );
    }
  }
  return [
    "Requested Extended Negotiation: none",
    ...section("Accepted Extended Negotiation:", accepted),
    "Requested User Identity Negotiation: none",
    ...section("User Identity Negotiation Response:", identity),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [`${title}  none`] : [title, ...lines];
}
