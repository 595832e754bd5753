/** Events as the reference's messages of level info and above. Pure. */

import {
  type LengthAdjustment,
  type Negotiated,
} from "../association/negotiation.ts";
import {
  type Condition,
  formatCondition,
  PEER_ABORTED,
  PEER_REQUESTED_RELEASE,
} from "../base/condition.ts";
import { app, type LogMessage, net } from "../log/log.ts";
import { STATUS_SUCCESS } from "../dimse/command-set.ts";
import { describeRejection } from "../pdu/reasons.ts";
import type { AssociateReject } from "../pdu/types.ts";
import type { VerificationEvent } from "../verify/event.ts";

/** Titles that one warning of the reference names. */
export interface Titles {
  readonly calling: string;
  readonly called: string;
}

/**
 * Whether an event is one of a series that goes well, whose messages are all of
 * level info: a long series need not make what no log shows.
 */
export function isRoutine(event: VerificationEvent): boolean {
  return event.kind === "echo-request" ||
    (event.kind === "echo-response" && event.status === STATUS_SUCCESS);
}

/** The messages of level info and above for an event. */
export function messages(
  event: VerificationEvent,
  titles: Titles,
): readonly LogMessage[] {
  switch (event.kind) {
    case "proposal":
      return oddMaximum(event.maximumLength);
    case "requesting":
      return [app("info", "Requesting Association")];
    case "pdu-received":
      return event.warnings.map((text) => net("warn", text));
    case "illegal-title":
      return [net("error", event.condition.text)];
    case "accept-too-long":
      return [
        net(
          "error",
          `A-ASSOCIATE PDU too large: ${event.length} bytes, refusing.`,
        ),
      ];
    case "association-failed":
      return [
        app(
          "fatal",
          `Association Request Failed: ${formatCondition(event.condition)}`,
        ),
      ];
    case "rejected":
      return rejected(event.pdu);
    case "negotiated":
      return adjustments(event.negotiated.adjustments);
    case "no-accepted-context":
      return [app("fatal", "No Acceptable Presentation Contexts")];
    case "accepted":
      return accepted(event.negotiated);
    case "echo-request":
      return [
        app("info", `Sending Echo Request (MsgID ${event.messageId})`),
      ];
    case "echo-response":
      return echoResponse(event.status);
    case "echo-failed":
      return [
        ...(event.announcesDataSet ? [dataSetWarning(titles)] : []),
        ...echoFailed(event.condition),
      ];
    case "ending":
      return [
        app(
          "info",
          event.ending === "abort"
            ? "Aborting Association"
            : "Releasing Association",
        ),
      ];
    case "release-failed":
      return [
        app(
          "fatal",
          `Association Release Failed: ${formatCondition(event.condition)}`,
        ),
      ];
    case "interrupted":
      return [
        app(
          "fatal",
          event.standing ? "Interrupted, Aborting Association" : "Interrupted",
        ),
      ];
    default:
      return [];
  }
}

function oddMaximum(length: number): LogMessage[] {
  if (length % 2 === 0) return [];
  const text = `ASSOC: PDV receive length ${length} is odd (using ${
    length - 1
  })`;
  return [net("warn", text)];
}

function rejected(pdu: AssociateReject): LogMessage[] {
  const { result, source, reason, warnings } = describeRejection(pdu);
  return [
    ...warnings.map((text) => net("error", text)),
    app(
      "fatal",
      "Association Rejected:\n" +
        `Result: ${result}, Source: ${source}\nReason: ${reason}`,
    ),
  ];
}

function adjustments(list: readonly LengthAdjustment[]): LogMessage[] {
  return list.map((adjustment) => {
    switch (adjustment.kind) {
      case "odd": {
        const { length } = adjustment;
        return net(
          "warn",
          `ASSOC: PDV send length ${length} is odd (using ${length - 1})`,
        );
      }
      case "unusable":
        return net(
          "warn",
          `ASSOC: PDV send length ${adjustment.length} (using default)`,
        );
      case "too-small":
        return net(
          "warn",
          "ASSOC: PDV send length too small, using DUL to split larger PDVs.",
        );
    }
  });
}

function accepted(negotiated: Negotiated): LogMessage[] {
  return [
    app(
      "info",
      `Association Accepted (Max Send PDV: ${negotiated.maximumSendPdv})`,
    ),
  ];
}

/** The reference has no error line for a status that is not Success. */
function echoResponse(status: number): LogMessage[] {
  const text = status === STATUS_SUCCESS
    ? "Success"
    : `Unknown Status: 0x${status.toString(16)}`;
  return [
    app("info", `Received Echo Response (${text})`),
    ...(status === STATUS_SUCCESS
      ? []
      : [app("error", `Echo Failed: ${text}`)]),
  ];
}

function dataSetWarning({ calling, called }: Titles): LogMessage {
  return net(
    "warn",
    `DIMSE Warning: (${calling},${called}): C-Echo RSP: DataSetType != NULL`,
  );
}

/** What the reference says of a failed echo, and then of its consequence. */
function echoFailed(condition: Condition): LogMessage[] {
  const text = formatCondition(condition);
  const failed = app("error", `Echo Failed: ${text}`);
  if (condition.code === PEER_ABORTED.code) {
    return [failed, app("info", "Peer Aborted Association")];
  }
  return [
    failed,
    condition === PEER_REQUESTED_RELEASE
      ? app("fatal", "Protocol Error: Peer requested release (Aborting)")
      : app("error", `Echo SCU Failed: ${text}`),
    app("info", "Aborting Association"),
  ];
}
