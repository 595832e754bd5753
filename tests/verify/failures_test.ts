/** Every way in which a verification can fail: where, why, and what is sent. */

import assert from "node:assert/strict";
import { formatCondition } from "../../lib/base/condition.ts";
import type { FailureCause, Stage } from "../../lib/verify/outcome.ts";
import type { VerificationSettings } from "../../lib/verify/settings.ts";
import {
  ASSOCIATE_AC,
  ASSOCIATE_AC_CONTEXT_REJECTED,
  ASSOCIATE_RJ,
  P_DATA_ECHO_RSP,
  RELEASE_RP,
  RELEASE_RQ,
} from "../support/golden.ts";
import {
  abort,
  associateAccept,
  COMMAND_LAST,
  echoResponse,
  pData,
  pdu,
  pduOfLength,
  pdv,
} from "../support/pdus.ts";
import {
  close,
  receive,
  reset,
  type Script,
  send,
  waitForEnd,
} from "../support/scripted-peer.ts";
import { ASSOCIATED, ECHOED, sentTypes, verifyPeer } from "./verification.ts";

interface Case {
  readonly script: Script;
  readonly settings?: Partial<VerificationSettings>;
  /** All of the cause, or only its kind. */
  readonly cause: FailureCause | FailureCause["kind"];
  /** As it is printed; undefined: there is none. */
  readonly condition: string | undefined;
  /** Types of the PDUs that we send. */
  readonly sent: string;
}

const PEER_ABORTED = "0006:0317 Peer aborted Association (or never connected)";
const READ_TIMEOUT = "0006:031a DUL network read timeout";
const NETWORK_CLOSED = "0006:0310 DUL network closed";
const RECEIVE_FAILED = "0006:020d DIMSE Failed to receive message";
const READ_FAILED = "0006:020c DIMSE Read PDV failed";
const UNRECOGNIZED = "0006:0321 Unrecognized PDU type:  8";

const ASSOCIATION: Readonly<Record<string, Case>> = {
  "a rejection": {
    script: [receive, send(ASSOCIATE_RJ), waitForEnd],
    cause: {
      kind: "rejected",
      pdu: { type: "A-ASSOCIATE-RJ", result: 1, source: 1, reason: 7 },
    },
    condition: undefined,
    sent: "01",
  },
  "no accepted context": {
    script: [
      receive,
      send(ASSOCIATE_AC_CONTEXT_REJECTED),
      receive,
      send(RELEASE_RP),
      waitForEnd,
    ],
    cause: { kind: "no-accepted-context" },
    condition: undefined,
    sent: "01 05",
  },
  "no accepted context, and no answer to the release": {
    script: [receive, send(ASSOCIATE_AC_CONTEXT_REJECTED), receive, close],
    cause: { kind: "no-accepted-context" },
    condition: undefined,
    sent: "01 05",
  },
  "an abort": {
    script: [receive, send(abort(2, 1))],
    cause: { kind: "abort", source: 2, reason: 1 },
    condition: PEER_ABORTED,
    sent: "01",
  },
  "the end of the connection": {
    script: [receive, close],
    cause: { kind: "closed", midPdu: false },
    condition: PEER_ABORTED,
    sent: "01",
  },
  "a reset of the connection": {
    script: [reset],
    cause: { kind: "closed", midPdu: false },
    condition: PEER_ABORTED,
    sent: "01",
  },
  "the end of the connection within the answer": {
    script: [receive, send(ASSOCIATE_AC.subarray(0, 100))],
    cause: { kind: "closed", midPdu: true },
    condition: NETWORK_CLOSED,
    sent: "01",
  },
  "silence": {
    script: [receive, waitForEnd],
    settings: { acseTimeout: 0.1 },
    cause: { kind: "timeout", midPdu: false },
    condition: READ_TIMEOUT,
    sent: "01 07",
  },
  "silence within the answer": {
    script: [receive, send(ASSOCIATE_AC.subarray(0, 100)), waitForEnd],
    settings: { acseTimeout: 0.4 },
    cause: { kind: "timeout", midPdu: true },
    condition: READ_TIMEOUT,
    sent: "01 07",
  },
  "inactivity within the answer": {
    script: [receive, send(ASSOCIATE_AC.subarray(0, 100)), waitForEnd],
    settings: { socketTimeout: 0.2 },
    cause: { kind: "timeout", midPdu: true },
    condition: READ_TIMEOUT,
    sent: "01 07",
  },
  "a PDU that is not due": {
    script: [receive, send(RELEASE_RQ), waitForEnd],
    cause: {
      kind: "violation",
      violation: { kind: "unexpected-pdu", name: "A-RELEASE-RQ" },
    },
    condition: "0006:031f Received unexpected PDU: A-RELEASE-RQ",
    sent: "01 07",
  },
  "a PDU of no known type": {
    script: [receive, send(pdu(0x08)), waitForEnd],
    cause: {
      kind: "violation",
      violation: { kind: "unrecognized-pdu", type: 8 },
    },
    condition: UNRECOGNIZED,
    sent: "01 07",
  },
  "an answer that is too long": {
    script: [receive, send(pduOfLength(0x02, 0x100001)), waitForEnd],
    cause: {
      kind: "violation",
      violation: {
        kind: "too-long",
        name: "A-ASSOCIATE-AC",
        length: 0x100001,
        limit: 0x100000,
      },
    },
    condition: "0006:0437 A-ASSOCIATE PDU too large",
    sent: "01 07",
  },
  "an answer that is ill-formed": {
    script: [receive, send(pdu(0x02, "0001")), waitForEnd],
    cause: "violation",
    condition: "0006:0307 DUL Illegal or ill-formed PDU\n" +
      "0006:0308 DUL Illegal associate PDU. Got 2 bytes of data. " +
      "The minimum allowed size is 68.",
    sent: "01 07",
  },
};

const ECHO: Readonly<Record<string, Case>> = {
  "a status other than Success": {
    script: [
      ...ASSOCIATED,
      receive,
      send(echoResponse({ status: 0x0122 })),
      receive,
      send(RELEASE_RP),
      waitForEnd,
    ],
    cause: { kind: "status", status: 0x0122 },
    condition: undefined,
    sent: "01 04 05",
  },
  "a message that is none": {
    script: [
      ...ASSOCIATED,
      receive,
      send(echoResponse({ messageId: 2 })),
      waitForEnd,
    ],
    cause: { kind: "bad-message" },
    condition: "0006:0211 DIMSE: Unexpected Response MsgId: 2 (expected: 1)",
    sent: "01 04 07",
  },
  "a message on a wrong context": {
    script: [...ASSOCIATED, receive, send(echoResponse({}, 3)), waitForEnd],
    cause: { kind: "bad-message" },
    condition: `${RECEIVE_FAILED}\n0006:0101 ASC Bad presentation context ID`,
    sent: "01 04 07",
  },
  "a maximum length that leaves no room": {
    script: [receive, send(associateAccept({ maximumLength: 12 })), waitForEnd],
    cause: { kind: "no-room" },
    condition: "0006:020e DIMSE Failed to send message\n" +
      "0006:0308 DUL Cannot send P-DATA PDU because receiver's max PDU size " +
      "of 12 is illegal (must be > 12)",
    sent: "01 07",
  },
  "an abort": {
    script: [...ASSOCIATED, receive, send(abort(0, 0))],
    cause: { kind: "abort", source: 0, reason: 0 },
    condition: PEER_ABORTED,
    sent: "01 04",
  },
  "the end of the connection": {
    script: [...ASSOCIATED, receive, close],
    cause: { kind: "closed", midPdu: false },
    condition: PEER_ABORTED,
    sent: "01 04",
  },
  "a reset of the connection": {
    script: [...ASSOCIATED, reset],
    cause: { kind: "closed", midPdu: false },
    condition: PEER_ABORTED,
    sent: "01 04",
  },
  "the end of the connection within the response": {
    script: [...ASSOCIATED, receive, send(P_DATA_ECHO_RSP.subarray(0, 20))],
    cause: { kind: "closed", midPdu: true },
    condition: `${RECEIVE_FAILED}\n${READ_FAILED}\n${NETWORK_CLOSED}`,
    sent: "01 04",
  },
  "a release request": {
    script: [...ASSOCIATED, receive, send(RELEASE_RQ), waitForEnd],
    cause: { kind: "release-request" },
    condition: "0006:0319 DUL Peer Requested Release",
    sent: "01 04 07",
  },
  "silence, with a DIMSE timeout": {
    script: [...ASSOCIATED, receive, waitForEnd],
    settings: { dimseTimeout: 0.1 },
    cause: { kind: "timeout", midPdu: false },
    condition:
      "0006:0207 DIMSE No data available (timeout in non-blocking mode)",
    sent: "01 04 07",
  },
  "silence, with the socket's timeout alone": {
    script: [...ASSOCIATED, receive, waitForEnd],
    settings: { socketTimeout: 0.2 },
    cause: { kind: "timeout", midPdu: false },
    condition: PEER_ABORTED,
    sent: "01 04 07",
  },
  "silence within the response": {
    script: [
      ...ASSOCIATED,
      receive,
      send(P_DATA_ECHO_RSP.subarray(0, 20)),
      waitForEnd,
    ],
    settings: { dimseTimeout: 0.4 },
    cause: { kind: "timeout", midPdu: true },
    condition: `${RECEIVE_FAILED}\n${READ_FAILED}\n${READ_TIMEOUT}`,
    sent: "01 04 07",
  },
  "a PDU that is not due": {
    script: [...ASSOCIATED, receive, send(ASSOCIATE_AC), waitForEnd],
    cause: {
      kind: "violation",
      violation: { kind: "unexpected-pdu", name: "A-ASSOCIATE-AC" },
    },
    condition: `${RECEIVE_FAILED}\n${READ_FAILED}\n` +
      "0006:031f Received unexpected PDU: A-ASSOCIATE-AC",
    sent: "01 04 07",
  },
};

const RELEASE: Readonly<Record<string, Case>> = {
  "an abort": {
    script: [...ECHOED, receive, send(abort(2, 0))],
    cause: { kind: "abort", source: 2, reason: 0 },
    condition: PEER_ABORTED,
    sent: "01 04 05",
  },
  "the end of the connection": {
    script: [...ECHOED, receive, close],
    cause: { kind: "closed", midPdu: false },
    condition: PEER_ABORTED,
    sent: "01 04 05",
  },
  "silence": {
    script: [...ECHOED, receive, waitForEnd],
    settings: { acseTimeout: 0.4 },
    cause: { kind: "timeout", midPdu: false },
    condition: READ_TIMEOUT,
    sent: "01 04 05 07",
  },
  "data": {
    script: [
      ...ECHOED,
      receive,
      send(pData(pdv(1, COMMAND_LAST, new Uint8Array(2)))),
      waitForEnd,
    ],
    cause: { kind: "p-data" },
    condition: "0006:0316 DUL P-Data PDU arrived",
    sent: "01 04 05 07",
  },
  "a PDU of no known type": {
    script: [...ECHOED, receive, send(pdu(0x08)), waitForEnd],
    cause: {
      kind: "violation",
      violation: { kind: "unrecognized-pdu", type: 8 },
    },
    condition: UNRECOGNIZED,
    sent: "01 04 05 07",
  },
  "a crossing request without an answer to ours": {
    script: [...ECHOED, receive, send(RELEASE_RQ), receive, close],
    cause: { kind: "closed", midPdu: false },
    condition: PEER_ABORTED,
    sent: "01 04 05 06",
  },
};

const STAGES: Readonly<Partial<Record<Stage, Readonly<Record<string, Case>>>>> =
  { association: ASSOCIATION, echo: ECHO, release: RELEASE };

for (const [stage, cases] of Object.entries(STAGES)) {
  for (const [what, one] of Object.entries(cases)) {
    Deno.test(`in stage ${stage}: ${what}`, async () => {
      const { outcome, connections } = await verifyPeer(
        one.script,
        one.settings,
      );
      const { failure } = outcome;
      assert.ok(failure);
      assert.equal(failure.stage, stage);
      if (typeof one.cause === "string") {
        assert.equal(failure.cause.kind, one.cause);
      } else assert.deepEqual(failure.cause, one.cause);
      assert.equal(
        failure.condition && formatCondition(failure.condition),
        one.condition,
      );
      assert.equal(sentTypes(connections), one.sent);
      const record = outcome.stages.find((entry) => entry.stage === stage);
      const { stage: _, ...fault } = failure;
      assert.deepEqual(record?.fault, fault);
    });
  }
}
