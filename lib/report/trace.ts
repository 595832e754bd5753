/** Steps of the protocol machine as the reference writes them. Pure. */

import { type Action, type Event, EVENTS } from "../association/states.ts";
import type { UpperLayerEvent } from "../association/service.ts";
import { type LogMessage, net } from "../log/log.ts";

/** The reference's words for the standard's events. */
const EVENT_TEXT: Readonly<Record<Event, string>> = {
  "A-ASSOCIATE request": "A-ASSOCIATE request (local user)",
  "transport connection confirmation": "Transport conn confirmation (local)",
  "A-ASSOCIATE-AC PDU": "A-ASSOCIATE-AC PDU (on transport)",
  "A-ASSOCIATE-RJ PDU": "A-ASSOCIATE-RJ PDU (on transport)",
  "transport connection indication": "Transport connection indication",
  "A-ASSOCIATE-RQ PDU": "A-ASSOCIATE-RQ PDU (on transport)",
  "A-ASSOCIATE response (accept)": "A-ASSOCIATE resp prim (accept)",
  "A-ASSOCIATE response (reject)": "A-ASSOCIATE resp prim (reject)",
  "P-DATA request": "P-DATA request primitive",
  "P-DATA-TF PDU": "P-DATA-TF PDU (on transport)",
  "A-RELEASE request": "A-RELEASE request primitive",
  "A-RELEASE-RQ PDU": "A-RELEASE-RQ PDU (on transport)",
  "A-RELEASE-RP PDU": "A-RELEASE-RP PDU (on transport)",
  "A-RELEASE response": "A-RELEASE response primitive",
  "A-ABORT request": "A-ABORT request primitive",
  "A-ABORT PDU": "A-ABORT PDU (on transport)",
  "transport connection closed": "Transport connection closed",
  "ARTIM timer expired": "ARTIM timer expired (rej/rel)",
  "unrecognized or invalid PDU": "Unrecognized/invalid PDU",
};

/** The reference's words for the standard's actions. */
const ACTION_TEXT: Readonly<Record<Action, string>> = {
  "AE-1": "AE 1 Transport Connect",
  "AE-2": "AE 2 Send Associate RQ PDU",
  "AE-3": "AE 3 Associate Confirmation Accept",
  "AE-4": "AE 4 Associate Confirmation Reject",
  "AE-5": "AE 5 Transport Connect Response",
  "AE-6": "AE 6 Examine Associate Request",
  "AE-7": "AE 7 Send Associate AC",
  "AE-8": "AE 8 Send Associate RJ",
  "DT-1": "DT 1 Send P DATA PDU",
  "DT-2": "DT 2 Indicate P DATA PDU Received",
  "AR-1": "AR 1 Send Release RQ",
  "AR-2": "AR 2 Indicate Release",
  "AR-3": "AR 3 Confirm Release",
  "AR-4": "AR 4 Send Release RP",
  "AR-5": "AR 5 Stop ARTIM timer",
  "AR-6": "AR 6 Indicate P DATA PDU",
  "AR-7": "AR 7 Send P DATA PDU",
  "AR-8": "AR 8 Indicate A RELEASE",
  "AR-9": "AR 9 Send A RELEASE RP",
  "AR-10": "AR 10 Confirm Release",
  "AA-1": "AA 1 Send A ABORT PDU",
  "AA-2": "AA 2 Close Transport",
  "AA-3": "AA 3 Indicate Peer Aborted",
  "AA-4": "AA 4 Indicate AP Abort",
  "AA-5": "AA 5 Stop ARTIM timer",
  "AA-6": "AA 6 Ignore PDU",
  "AA-7": "AA 7 State 13 Send Abort",
  "AA-8": "AA 8 Unrecognized PDU Send Abort",
};

/** One step in three lines; the reference counts events from 0. */
export function traceTransition(
  step: Extract<UpperLayerEvent, { kind: "transition" }>,
): LogMessage {
  const state = step.state.slice("Sta".length);
  const event = EVENTS.indexOf(step.event);
  return net(
    "trace",
    `DUL  FSM Table: State: ${state} Event: ${event}\n` +
      `DUL  Event:  ${EVENT_TEXT[step.event]}\n` +
      `DUL  Action: ${ACTION_TEXT[step.action]}`,
  );
}
