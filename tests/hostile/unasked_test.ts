/** Responses that nobody has asked for: too early, too many, elsewhere. */

import { ASSOCIATE_AC, RELEASE_RP } from "../support/golden.ts";
import {
  COMMAND_LAST,
  DATA_LAST,
  echoResponse,
  echoResponseCommand,
  pData,
  pdv,
} from "../support/pdus.ts";
import {
  receive,
  receiveMessage,
  send,
  waitForEnd,
} from "../support/scripted-peer.ts";
import {
  accepting,
  ALL_SENT,
  ANSWERED,
  ASKED,
  BAD_CONTEXT,
  notEchoed,
  notReleased,
  RECEIVE_FAILED,
} from "./expected.ts";
import { type HostileCase, testCases } from "./probe.ts";

const UNEXPECTED = "0006:0211 DIMSE: Unexpected Response";

/** The association is aborted by us, its user. */
function refused(
  rule: string,
  response: Uint8Array,
  ...told: [string, ...string[]]
): HostileCase {
  return {
    rule,
    script: [...ASKED, send(response), waitForEnd],
    sent: "RQ DATA ABORT(0,0)",
    ...notEchoed(...told),
  };
}

const PDV_TWICE = pdv(1, COMMAND_LAST, echoResponseCommand());
const AFTER = `${UNEXPECTED} after that to MsgId: 1`;
const BEFORE = `${UNEXPECTED} before request MsgId: 1`;

testCases([
  refused(
    "a request has one response, not two in one PDU (PS3.7 9.3.5)",
    pData(PDV_TWICE, PDV_TWICE),
    AFTER,
  ),
  refused(
    "no data set follows a response in its PDU (PS3.7 9.3.5.2)",
    pData(PDV_TWICE, pdv(1, DATA_LAST, new Uint8Array(8))),
    AFTER,
  ),
  refused(
    "nothing follows a response in its PDU, not even nothing (PS3.7 9.3.5)",
    pData(PDV_TWICE, pdv(1, 0, new Uint8Array(0))),
    AFTER,
  ),
  {
    rule: "no second response follows in a PDU of its own (PS3.8 9.2, AR-6)",
    script: [...ASKED, send(echoResponse(), echoResponse()), waitForEnd],
    sent: `${ALL_SENT} ABORT(0,0)`,
    ...notReleased("0006:0316 DUL P-Data PDU arrived"),
  },
  {
    rule: "no second response precedes an abort either (PS3.7 9.3.5)",
    script: [...ASKED, send(echoResponse(), echoResponse()), waitForEnd],
    settings: { ending: "abort" },
    sent: "RQ DATA ABORT(0,0)",
    ...notEchoed(AFTER),
  },
  {
    rule: "no data set follows in a PDU of its own (PS3.8 9.2, AR-6)",
    script: [
      ...ANSWERED,
      send(pData(pdv(1, DATA_LAST, new Uint8Array(8)))),
      waitForEnd,
    ],
    sent: null,
    ...notReleased("0006:0316 DUL P-Data PDU arrived"),
  },
  {
    rule: "no response comes before its request: all at once, unread " +
      "(PS3.7 9.3.5)",
    script: [send(ASSOCIATE_AC, echoResponse(), RELEASE_RP), waitForEnd],
    sent: "RQ ABORT(0,0)",
    ...notEchoed(BEFORE),
  },
  {
    rule: "no response comes before its request: with the acceptance " +
      "(PS3.7 9.3.5)",
    script: [receive, send(ASSOCIATE_AC, echoResponse()), waitForEnd],
    sent: "RQ ABORT(0,0)",
    ...notEchoed(BEFORE),
  },
  {
    rule: "no response begins before its request (PS3.7 9.3.5)",
    script: [
      receive,
      send(ASSOCIATE_AC, echoResponse().subarray(0, 1)),
      receiveMessage,
      send(echoResponse().subarray(1)),
      waitForEnd,
    ],
    sent: "RQ ABORT(0,0)",
    ...notEchoed(BEFORE),
  },
  {
    rule: "no response comes before the second request (PS3.7 9.3.5)",
    script: [
      ...ASKED,
      send(echoResponse(), echoResponse({ messageId: 2 })),
      waitForEnd,
    ],
    settings: { repeat: 2 },
    sent: "RQ DATA ABORT(0,0)",
    ...notEchoed(`${UNEXPECTED} before request MsgId: 2`),
  },
  {
    rule: "a response comes on the context of its request, not on another " +
      "accepted one (PS3.7 9.3.5.2)",
    script: [
      ...accepting({ contexts: [{ id: 1 }, { id: 3 }] }),
      receive,
      send(echoResponse({}, 3)),
      waitForEnd,
    ],
    settings: { presentationContextCount: 2 },
    sent: "RQ DATA ABORT(0,0)",
    ...notEchoed(RECEIVE_FAILED, BAD_CONTEXT),
  },
  ...[0, 2, 3, 255].map((id) =>
    refused(
      `a response comes on an accepted context, not on ${id} ` +
        "(PS3.8 9.3.5.1)",
      echoResponse({}, id),
      RECEIVE_FAILED,
      BAD_CONTEXT,
    )
  ),
]);
