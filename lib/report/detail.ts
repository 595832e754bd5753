/**
 * Events as the reference's messages of level debug and trace. Loaded only
 * when one of these is shown. Pure.
 */

import { dumpNegotiated, dumpRequest } from "../association/dump.ts";
import { type CommandSet, TAG } from "../dimse/command-set.ts";
import { dumpCommandSet } from "../dimse/dump.ts";
import type { Dictionary } from "../dictionary/entry.ts";
import { app, data, type LogMessage, net } from "../log/log.ts";
import { dumpPdu, traceAssociate, traceHeader } from "../pdu/dump.ts";
import type { VerificationEvent } from "../verify/event.ts";
import { traceTransition } from "./trace.ts";

/** Of every command set (PS3.7 section 6.3.1). */
const IMPLICIT_LITTLE_ENDIAN = "Little Endian Implicit";

/** What the reference says of a set that it has not encoded yet. */
const NOT_YET_ENCODED = "Little Endian Explicit";

/** Elements of a C-ECHO-RSP; all others are status detail (PS3.7 C.4). */
const EXPECTED_IN_RESPONSE: ReadonlySet<number> = new Set([
  TAG.commandGroupLength,
  TAG.affectedSopClassUid,
  TAG.commandField,
  TAG.messageIdBeingRespondedTo,
  TAG.commandDataSetType,
  TAG.status,
]);

/**
 * The messages of level debug and trace for an event.
 *
 * @param dictionary called only where an element is to be named.
 * @param trace whether messages of level trace are shown at all; those that
 * take long to make are not made otherwise.
 */
export function details(
  event: VerificationEvent,
  dictionary: () => Dictionary,
  trace: boolean,
): readonly LogMessage[] {
  switch (event.kind) {
    case "proposal":
      return [
        app("debug", `Request Parameters:\n${dumpRequest(event.request)}`),
      ];
    case "connected":
      return socketTimeouts(event.socketTimeout);
    case "transition":
      return [traceTransition(event)];
    case "pdu-to-send":
      return event.name === "A-ASSOCIATE-RQ"
        ? [net("debug", "Constructing Associate RQ PDU")]
        : [];
    case "answer-awaited":
      return [
        net(
          "trace",
          "setting timeout for first PDU to be read to " +
            `${event.acseTimeout} seconds`,
        ),
      ];
    case "pdu-header":
      return traceHeader(event.header).map((text) => net("trace", text));
    case "pdu-received":
      return event.name === "A-ASSOCIATE-AC"
        ? associateAccept(event.bytes)
        : [];
    case "negotiated": {
      const { request, accept, negotiated } = event;
      const dump = dumpNegotiated(request, accept, negotiated);
      return [app("debug", `Association Parameters Negotiated:\n${dump}`)];
    }
    case "command-to-send":
      return trace ? commandToSend(event, dictionary()) : [];
    case "response-awaited":
      return [net("trace", "DIMSE receiveCommand")];
    case "command-begun":
      return [
        data(
          "debug",
          `DcmDataset::read() TransferSyntax="${IMPLICIT_LITTLE_ENDIAN}"`,
        ),
      ];
    case "command-complete":
      return commandComplete(event);
    case "command-received":
      return trace ? commandReceived(event.message.elements, dictionary()) : [];
    case "echo-response":
      return statusDetail(event.message.elements, dictionary);
    default:
      return [];
  }
}

function socketTimeouts(seconds: number): LogMessage[] {
  if (seconds < 0) return [];
  const limit = seconds === 0 ? "0 (infinite)" : `${seconds} seconds`;
  return ["send", "receive"].map((what) =>
    net("debug", `setting network ${what} timeout to ${limit}`)
  );
}

function associateAccept(bytes: Uint8Array): LogMessage[] {
  const walk = traceAssociate(bytes).map((text) => net("trace", text));
  return [
    net("debug", dumpPdu(bytes)),
    ...(walk.length > 0
      ? [net("debug", "Parsing an A-ASSOCIATE PDU"), ...walk]
      : []),
  ];
}

function commandToSend(
  event: Extract<VerificationEvent, { kind: "command-to-send" }>,
  dictionary: Dictionary,
): LogMessage[] {
  const { contextId, elements, byteLength } = event;
  // The reference shows the set before it fills the group length in.
  const shown = [
    { tag: TAG.commandGroupLength, value: new Uint8Array(4) },
    ...elements,
  ];
  const dump = dumpCommandSet(shown, NOT_YET_ENCODED, dictionary);
  return [
    net(
      "trace",
      `DIMSE Command to be sent on Presentation Context ID: ${contextId}`,
    ),
    net("trace", `DIMSE Command to send:\n${dump}`),
    net("trace", `DIMSE sendDcmDataset: sending ${byteLength} bytes`),
  ];
}

function commandComplete(
  event: Extract<VerificationEvent, { kind: "command-complete" }>,
): LogMessage[] {
  const { contextId, byteLength, fragmentCount } = event;
  return [
    net(
      "trace",
      `DIMSE receiveCommand: ${fragmentCount} PDVs (${byteLength} bytes), ` +
        `PresID=${contextId}`,
    ),
  ];
}

function commandReceived(
  elements: CommandSet,
  dictionary: Dictionary,
): LogMessage[] {
  const shown = elements.filter(({ tag }) => tag !== TAG.commandGroupLength);
  const dump = dumpCommandSet(shown, IMPLICIT_LITTLE_ENDIAN, dictionary);
  return [net("trace", `DIMSE Command Received:\n${dump}`)];
}

function statusDetail(
  elements: CommandSet,
  dictionary: () => Dictionary,
): LogMessage[] {
  const detail = elements.filter(({ tag }) => !EXPECTED_IN_RESPONSE.has(tag));
  if (detail.length === 0) return [];
  const dump = dumpCommandSet(detail, IMPLICIT_LITTLE_ENDIAN, dictionary());
  return [app("debug", `Status Detail (should never be any):\n${dump}`)];
}
