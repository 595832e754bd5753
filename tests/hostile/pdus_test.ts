/** PDUs out of state, of unknown type, and with lengths that cannot be. */

import {
  ABORT_BY_PROVIDER,
  ASSOCIATE_AC,
  ASSOCIATE_RQ,
  P_DATA_ECHO_RQ,
  RELEASE_RP,
  RELEASE_RQ,
} from "../support/golden.ts";
import {
  abort,
  associateAccept,
  associateReject,
  COMMAND_LAST,
  echoResponse,
  pData,
  pdu,
  pduOfLength,
  pdv,
} from "../support/pdus.ts";
import {
  flood,
  receive,
  receiveMessage,
  type Script,
  send,
  sendPieces,
  waitForClose,
  waitForEnd,
} from "../support/scripted-peer.ts";
import {
  ALL_SENT,
  ANSWERED,
  ASKED,
  badPdu,
  GONE_IN_ECHO,
  notAssociated,
  notEchoed,
  notReleased,
  PEER_ABORTED,
  RELEASED,
  RELEASING,
  VERIFIED,
} from "./expected.ts";
import { type HostileCase, testCases } from "./probe.ts";

type Told = Pick<HostileCase, "lines" | "exit">;

const PDUS = {
  "A-ASSOCIATE-RQ": ASSOCIATE_RQ,
  "A-ASSOCIATE-AC": ASSOCIATE_AC,
  "A-ASSOCIATE-RJ": associateReject(1, 1, 1),
  "P-DATA-TF": P_DATA_ECHO_RQ,
  "A-RELEASE-RQ": RELEASE_RQ,
  "A-RELEASE-RP": RELEASE_RP,
} as const;

/** The states in which we wait, what is due there, what failing looks like. */
const STATES: readonly {
  readonly state: string;
  readonly script: Script;
  readonly sent: string;
  readonly due: readonly string[];
  readonly told: (...causes: [string, ...string[]]) => Told;
}[] = [
  {
    state: "Sta5",
    script: [receive],
    sent: "RQ",
    due: ["A-ASSOCIATE-AC", "A-ASSOCIATE-RJ"],
    told: notAssociated,
  },
  {
    state: "Sta6",
    script: ASKED,
    sent: "RQ DATA",
    due: ["P-DATA-TF", "A-RELEASE-RQ"],
    told: badPdu,
  },
  {
    state: "Sta7",
    script: RELEASING,
    sent: ALL_SENT,
    due: ["P-DATA-TF", "A-RELEASE-RQ", "A-RELEASE-RP"],
    told: notReleased,
  },
];

for (const { state, script, sent, due, told } of STATES) {
  const answeredBy = (
    rule: string,
    bytes: Uint8Array,
    reason: number,
    ...condition: [string, ...string[]]
  ): HostileCase => ({
    rule,
    script: [...script, send(bytes), waitForEnd],
    sent: `${sent} ABORT(2,${reason})`,
    ...told(...condition),
  });
  testCases([
    ...Object.entries(PDUS).filter(([name]) => !due.includes(name)).map(
      ([name, bytes]) =>
        answeredBy(
          `${name} in ${state} is unexpected (PS3.8 9.2, AA-8)`,
          bytes,
          2,
          `0006:031f Received unexpected PDU: ${name}`,
        ),
    ),
    ...[0x00, 0x08, 0xff].map((type) =>
      answeredBy(
        `PDU type ${type} in ${state} is unrecognized (PS3.8 9.3.8)`,
        pdu(type, "00000000"),
        1,
        `0006:0321 Unrecognized PDU type: ${type.toString(16).padStart(2)}`,
      )
    ),
    ...[0x00, 0x7f].map((type) =>
      answeredBy(
        `PDU type ${type} of 2^32-1 bytes in ${state} is refused by its ` +
          "header (PS3.8 9.3.8)",
        pduOfLength(type, 0xffffffff),
        1,
        `0006:0321 Unrecognized PDU type: ${type.toString(16).padStart(2)}`,
      )
    ),
    ...[0, 3, 129].map((length) =>
      answeredBy(
        `A-ABORT of ${length} bytes in ${state} is ill-formed (PS3.8 9.3.8)`,
        pdu(0x07, new Uint8Array(length)),
        6,
        "0006:0308 DUL Illegal PDU Length",
      )
    ),
    {
      rule: `an A-ABORT in ${state} ends all, nothing is sent ` +
        "(PS3.8 9.2, AA-3)",
      script: [...script, send(ABORT_BY_PROVIDER), waitForEnd],
      sent,
      ...(state === "Sta6" ? GONE_IN_ECHO : told(PEER_ABORTED)),
    },
    {
      rule: `source and reason of an A-ABORT in ${state} may be anything ` +
        "(PS3.8 9.3.8)",
      script: [...script, send(abort(255, 255)), waitForEnd],
      sent,
      ...(state === "Sta6" ? GONE_IN_ECHO : told(PEER_ABORTED)),
    },
  ]);
}

/** The length of a PDU that we take at most, and one byte more. */
testCases([
  ...[0xffffffff, 0x100001].map((length) => {
    const { lines, exit } = notAssociated(
      "0006:0437 A-ASSOCIATE PDU too large",
    );
    return {
      rule: `A-ASSOCIATE-AC of ${length} bytes is refused by its header ` +
        "(PS3.8 9.3.3)",
      script: [receive, send(pduOfLength(0x02, length)), waitForEnd],
      sent: "RQ ABORT(2,6)",
      lines: [
        `E: A-ASSOCIATE PDU too large: ${length} bytes, refusing.`,
        ...lines,
      ],
      exit,
    };
  }),
  ...[0xffffffff, 16384 + 13].map((length) => ({
    rule: `P-DATA-TF of ${length} bytes exceeds what we announced ` +
      "(PS3.8 D.1)",
    script: [...ASKED, send(pduOfLength(0x04, length)), waitForEnd],
    sent: "RQ DATA ABORT(2,6)",
    ...badPdu(
      `0006:0308 DUL Illegal PDU Length ${length}.  Max expected 16384`,
    ),
  })),
  ...[0x03, 0x07].map((type) => ({
    rule: `PDU type ${type} of 2^32-1 bytes is refused by its header ` +
      "(PS3.8 9.3)",
    script: [receive, send(pduOfLength(type, 0xffffffff)), waitForEnd],
    sent: "RQ ABORT(2,6)",
    ...notAssociated(
      "0006:0308 DUL Illegal PDU Length 4294967295.  Max expected 1024",
    ),
  })),
  ...[0, 3].map((length) => ({
    rule: `A-RELEASE-RP of ${length} bytes is ill-formed (PS3.8 9.3.7)`,
    script: [...RELEASING, send(pdu(0x06, new Uint8Array(length))), waitForEnd],
    sent: `${ALL_SENT} ABORT(2,6)`,
    ...notReleased("0006:0308 DUL Illegal PDU Length"),
  })),
  {
    rule: "A-ASSOCIATE-RJ of 3 bytes is ill-formed (PS3.8 9.3.4)",
    script: [receive, send(pdu(0x03, "000101")), waitForEnd],
    sent: "RQ ABORT(2,6)",
    ...notAssociated("0006:0308 DUL Illegal PDU Length"),
  },
  {
    rule: "a rejection ends the association, nothing is sent (PS3.8 9.2, AE-4)",
    script: [receive, send(associateReject(9, 9, 9)), waitForEnd],
    sent: "RQ",
    lines: [
      "E: Received invalid A-ASSOCIATE-RJ reject result 0x0009, using default.",
      "E: Received invalid A-ASSOCIATE-RJ reject source 0x0009, using default.",
      "E: Received invalid A-ASSOCIATE-RJ reject reason 0x0909, using default.",
      "F: Association Rejected:",
      "F: Result: Rejected Permanent, Source: Service User",
      "F: Reason: No Reason",
    ],
    exit: 1,
  },
]);

/** Everything one byte at a time, and everything at once. */
testCases([
  {
    rule: "PDUs may come byte by byte (PS3.8 9.3.1)",
    script: [
      receive,
      sendPieces(associateAccept(), 1, 0),
      receiveMessage,
      sendPieces(echoResponse(), 1, 0),
      receive,
      sendPieces(RELEASE_RP, 1, 0),
      waitForEnd,
    ],
    sent: ALL_SENT,
    ...VERIFIED,
  },
  {
    rule: "reserved bytes are not to be tested (PS3.8 9.3.1)",
    script: [
      receive,
      send(
        withReserved(associateAccept(), [
          1,
          8,
          9,
          42,
          73,
          75,
          100,
          104,
          106,
          108,
        ]),
      ),
      receiveMessage,
      send(withReserved(echoResponse(), [1])),
      receive,
      send(withReserved(RELEASE_RP, [1, 6, 7, 8, 9])),
      waitForEnd,
    ],
    sent: ALL_SENT,
    ...VERIFIED,
  },
  {
    rule: "a second A-ASSOCIATE-AC with the first is unexpected " +
      "(PS3.8 9.2, AA-8)",
    script: [receive, send(ASSOCIATE_AC, ASSOCIATE_AC), waitForEnd],
    sent: "RQ DATA ABORT(2,2)",
    ...badPdu("0006:031f Received unexpected PDU: A-ASSOCIATE-AC"),
  },
  {
    rule: "a release request instead of a response is no response " +
      "(PS3.7 9.3.5)",
    script: [...ASKED, send(RELEASE_RQ), waitForEnd],
    sent: "RQ DATA ABORT(0,0)",
    lines: [
      "E: Echo Failed: 0006:0319 DUL Peer Requested Release",
      "F: Protocol Error: Peer requested release (Aborting)",
    ],
    exit: 70,
  },
  {
    rule: "release requests that cross are both answered (PS3.8 9.2, AR-8)",
    script: [...RELEASING, send(RELEASE_RQ), ...RELEASED],
    sent: `${ALL_SENT} RELEASE-RP`,
    ...VERIFIED,
  },
  {
    rule: "a second crossing request is unexpected (PS3.8 9.2, AA-8)",
    script: [...RELEASING, send(RELEASE_RQ, RELEASE_RQ), waitForEnd],
    sent: `${ALL_SENT} RELEASE-RP ABORT(2,2)`,
    ...notReleased("0006:031f Received unexpected PDU: A-RELEASE-RQ"),
  },
  {
    rule: "data instead of a release response is no release (PS3.8 9.2, AR-6)",
    script: [
      ...RELEASING,
      send(pData(pdv(1, COMMAND_LAST, new Uint8Array(2)))),
      waitForEnd,
    ],
    sent: `${ALL_SENT} ABORT(0,0)`,
    ...notReleased("0006:0316 DUL P-Data PDU arrived"),
  },
  {
    rule: "a peer that never closes after our abort is left (PS3.8 9.1.5)",
    script: [...ASKED, send(echoResponse({ messageId: 7 })), waitForClose],
    sent: "RQ DATA ABORT(0,0)",
    ...notEchoed(
      "0006:0211 DIMSE: Unexpected Response MsgId: 7 (expected: 1)",
    ),
  },
  {
    rule: "a peer that goes on talking after our abort is left (PS3.8 9.1.5)",
    script: [receive, flood(new Uint8Array(64 * 1024))],
    sent: null,
    ...notAssociated("0006:0321 Unrecognized PDU type:  0"),
  },
  {
    rule: "an association may be rejected only once (PS3.8 9.2, AA-8)",
    script: [...ANSWERED, send(associateReject(1, 1, 1)), waitForEnd],
    sent: `${ALL_SENT} ABORT(2,2)`,
    ...notReleased("0006:031f Received unexpected PDU: A-ASSOCIATE-RJ"),
  },
]);

function withReserved(
  bytes: Uint8Array,
  offsets: readonly number[],
): Uint8Array {
  const changed = bytes.slice();
  for (const offset of offsets) changed[offset] = 0xff;
  return changed;
}
