/**
 * The catalogue of conditions: what can go wrong below the command line, with
 * the reference's code and text. Scripts match these; they are an interface.
 */

import { escapeControls, printable } from "./text.ts";

/** A condition, perhaps with the one that caused it. */
export interface Condition {
  /** Module and number, four hexadecimal digits each: "0006:031c". */
  readonly code: string;
  readonly text: string;
  readonly cause?: Condition;
}

function condition(code: string, text: string, cause?: Condition): Condition {
  return cause === undefined ? { code, text } : { code, text, cause };
}

/** The same condition, and why. */
export function causedBy(
  { code, text }: Condition,
  cause: Condition | undefined,
): Condition {
  return condition(code, text, cause);
}

/** The same condition, with one more cause below the last. */
export function appendCause(
  { code, text, cause }: Condition,
  last: Condition,
): Condition {
  return condition(
    code,
    text,
    cause === undefined ? last : appendCause(cause, last),
  );
}

/** One line for the condition, one more for each cause. */
export function formatCondition(condition: Condition): string {
  const line = `${condition.code} ${condition.text}`;
  return condition.cause === undefined
    ? line
    : `${line}\n${formatCondition(condition.cause)}`;
}

// Upper layer and transport: module 0006, numbers from 0x0101 and 0x0300.

export const BAD_PRESENTATION_CONTEXT_ID = condition(
  "0006:0101",
  "ASC Bad presentation context ID",
);
export const ILLEGAL_PDU = condition(
  "0006:0307",
  "DUL Illegal or ill-formed PDU",
);

/** `detail` names what is illegal about the PDU. */
export function illegalPdu(detail: string): Condition {
  return { ...ILLEGAL_PDU, cause: condition("0006:0308", detail) };
}

/** Its text is most often a more telling one. */
export const ILLEGAL_PDU_LENGTH = condition(
  "0006:0308",
  "DUL Illegal PDU Length",
);

export function illegalPduLength(detail: string): Condition {
  const { code, text } = ILLEGAL_PDU_LENGTH;
  return condition(code, `${text} ${detail}`);
}
export const ASSOCIATE_PDU_TOO_LARGE = condition(
  "0006:0437",
  "A-ASSOCIATE PDU too large",
);
export const NETWORK_CLOSED = condition("0006:0310", "DUL network closed");
export const PDATA_PDU_ARRIVED = condition(
  "0006:0316",
  "DUL P-Data PDU arrived",
);
export const PEER_ABORTED = condition(
  "0006:0317",
  "Peer aborted Association (or never connected)",
);
export const PEER_REQUESTED_RELEASE = condition(
  "0006:0319",
  "DUL Peer Requested Release",
);
export const READ_TIMEOUT = condition("0006:031a", "DUL network read timeout");

/** `detail` is what the system said, or the reference's word for a timeout. */
export function tcpInitializationError(detail: string): Condition {
  return condition("0006:031c", `TCP Initialization Error: ${detail}`);
}

/** `name` is the standard's name of the PDU that came. */
export function unexpectedPdu(name: string): Condition {
  return condition("0006:031f", `Received unexpected PDU: ${name}`);
}

export function unknownHost(host: string): Condition {
  return condition(
    "0006:0320",
    `Attempt to connect to unknown host: ${escapeControls(host)}`,
  );
}

export function illegalServiceParameter(detail: string): Condition {
  return condition("0006:030c", `Illegal service parameter: ${detail}`);
}

/** `type` is the PDU type byte as it came; `why` is for a person. */
export function unrecognizedPduType(type: number, why?: string): Condition {
  const digits = type.toString(16).padStart(2, " ");
  return condition(
    "0006:0321",
    `Unrecognized PDU type: ${digits}`,
    why === undefined ? undefined : condition("0006:0321", why),
  );
}

/** A parameter that is well-formed and cannot be; the cause of another. */
export function illegalParameter(detail: string): Condition {
  return condition("0006:0306", `Illegal parameter: ${detail}`);
}

// DIMSE: module 0006, numbers from 0x0201.

export function invalidCommandMessage(field: number): Condition {
  const digits = field.toString(16);
  return condition(
    "0006:0201",
    `DIMSE_parseCmdObject: Invalid Command Message: 0x${digits}`,
  );
}
export const BADLY_FORMED_MESSAGE = condition(
  "0006:0203",
  "DIMSE Badly formed message",
);

/** `detail` is the element that cannot be built, and why. */
export function commandBuildFailed(detail: string): Condition {
  return condition("0006:0204", `DIMSE: Command Build Failed: ${detail}`);
}
export const NO_DATA_AVAILABLE = condition(
  "0006:0207",
  "DIMSE No data available (timeout in non-blocking mode)",
);
export const MISSING_COMMAND_FIELD = condition(
  "0006:020b",
  "DIMSE_parseCmdObject: Missing CommandField",
);

/** `element` is tag and name, as in "(0000,0900) Status". */
export function commandParseFailed(element: string): Condition {
  return condition(
    "0006:020b",
    `DIMSE: Command Parse Failed: Element: ${element}`,
  );
}
export function readPdvFailed(cause: Condition): Condition {
  return condition("0006:020c", "DIMSE Read PDV failed", cause);
}
export function receiveFailed(cause: Condition): Condition {
  return condition("0006:020d", "DIMSE Failed to receive message", cause);
}

/** The peer's maximum length leaves no room for a PDV. */
export function sendFailed(peerMaximumLength: number): Condition {
  return condition(
    "0006:020e",
    "DIMSE Failed to send message",
    condition(
      "0006:0308",
      "DUL Cannot send P-DATA PDU because receiver's max PDU size of " +
        `${peerMaximumLength} is illegal (must be > 12)`,
    ),
  );
}
export const COMMAND_PDV_EXPECTED = condition(
  "0006:020f",
  "DIMSE: Command PDV Expected",
);
/** `detail` names what the fragments of one command set disagree on. */
export function differentContexts(first: number, later: number): Condition {
  return condition(
    "0006:0206",
    `DIMSE: Different PresIDs inside Command Set: ${first} != ${later}`,
  );
}

/** `detail` is what is wrong with the bytes of the command set. */
export function unreadableCommandSet(detail: string): Condition {
  return condition("0006:020b", `DIMSE: Command Parse Failed: ${detail}`);
}
export function oddFragmentLength(length: number): Condition {
  return condition("0006:020d", `DIMSE: Odd Fragment Length: ${length}`);
}
export function unexpectedResponse(what: string): Condition {
  return condition("0006:0211", `DIMSE: Unexpected Response ${what}`);
}

/** The peer accepted a context with a transfer syntax that nobody knows. */
export function unsupportedTransferSyntax(uid: string): Condition {
  return condition(
    "0006:0212",
    `DIMSE Unsupported transfer syntax: ${printable(uid)}`,
  );
}
export const DATA_DICTIONARY_MISSING = condition(
  "0006:0213",
  "Data dictionary missing",
);
