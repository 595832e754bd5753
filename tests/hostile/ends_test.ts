/** Silence, close, half-close and reset at every step of a conversation. */

import {
  ASSOCIATE_AC,
  P_DATA_ECHO_RSP,
  RELEASE_RP,
} from "../support/golden.ts";
import {
  close,
  halfClose,
  receive,
  reset,
  type Script,
  send,
  waitForEnd,
} from "../support/scripted-peer.ts";
import {
  ALL_SENT,
  ANSWERED,
  ASKED,
  badPdu,
  GONE_IN_ECHO,
  NETWORK_CLOSED,
  notAssociated,
  notEchoed,
  notReleased,
  PEER_ABORTED,
  READ_TIMEOUT,
  RELEASING,
  VERIFIED,
} from "./expected.ts";
import { type HostileCase, testCases } from "./probe.ts";

type Told = Pick<HostileCase, "lines" | "exit">;

interface Step {
  /** Up to where the peer plays its part. */
  readonly until: string;
  readonly script: Script;
  /** What we have sent by then. */
  readonly sent: string;
  /** When the connection ends here. */
  readonly ended: Told;
  /** When nothing more comes; undefined: we wait for nothing more. */
  readonly silent: Told | undefined;
}

function cut(bytes: Uint8Array, length: number): Script {
  return [send(bytes.subarray(0, length))];
}

const GONE = notAssociated(PEER_ABORTED);
const CUT = notAssociated(NETWORK_CLOSED);
const SILENT = notAssociated(READ_TIMEOUT);

const STEPS: readonly Step[] = [
  {
    until: "the association request",
    script: [receive],
    sent: "RQ",
    ended: GONE,
    silent: SILENT,
  },
  {
    until: "one byte of the acceptance",
    script: [receive, ...cut(ASSOCIATE_AC, 1)],
    sent: "RQ",
    ended: GONE,
    silent: SILENT,
  },
  {
    until: "five bytes of the acceptance",
    script: [receive, ...cut(ASSOCIATE_AC, 5)],
    sent: "RQ",
    ended: GONE,
    silent: SILENT,
  },
  {
    until: "the header of the acceptance",
    script: [receive, ...cut(ASSOCIATE_AC, 6)],
    sent: "RQ",
    ended: CUT,
    silent: SILENT,
  },
  {
    until: "all of the acceptance but a byte",
    script: [receive, ...cut(ASSOCIATE_AC, ASSOCIATE_AC.byteLength - 1)],
    sent: "RQ",
    ended: CUT,
    silent: SILENT,
  },
  {
    until: "the echo request",
    script: ASKED,
    sent: "RQ DATA",
    ended: GONE_IN_ECHO,
    silent: notEchoed(
      "0006:0207 DIMSE No data available (timeout in non-blocking mode)",
    ),
  },
  {
    until: "one byte of the response",
    script: [...ASKED, ...cut(P_DATA_ECHO_RSP, 1)],
    sent: "RQ DATA",
    ended: GONE_IN_ECHO,
    silent: badPdu(READ_TIMEOUT),
  },
  {
    until: "the header of the response",
    script: [...ASKED, ...cut(P_DATA_ECHO_RSP, 6)],
    sent: "RQ DATA",
    ended: badPdu(NETWORK_CLOSED),
    silent: badPdu(READ_TIMEOUT),
  },
  {
    until: "all of the response but a byte",
    script: [
      ...ASKED,
      ...cut(P_DATA_ECHO_RSP, P_DATA_ECHO_RSP.byteLength - 1),
    ],
    sent: "RQ DATA",
    ended: badPdu(NETWORK_CLOSED),
    silent: badPdu(READ_TIMEOUT),
  },
  {
    until: "the response",
    script: ANSWERED,
    sent: "RQ DATA",
    ended: notReleased(PEER_ABORTED),
    silent: undefined,
  },
  {
    until: "the release request",
    script: RELEASING,
    sent: ALL_SENT,
    ended: notReleased(PEER_ABORTED),
    silent: notReleased(READ_TIMEOUT),
  },
  {
    until: "one byte of the release response",
    script: [...RELEASING, ...cut(RELEASE_RP, 1)],
    sent: ALL_SENT,
    ended: notReleased(PEER_ABORTED),
    silent: notReleased(READ_TIMEOUT),
  },
  {
    until: "all of the release response but a byte",
    script: [...RELEASING, ...cut(RELEASE_RP, RELEASE_RP.byteLength - 1)],
    sent: ALL_SENT,
    ended: notReleased(NETWORK_CLOSED),
    silent: notReleased(READ_TIMEOUT),
  },
  {
    until: "the release response",
    script: [...RELEASING, send(RELEASE_RP)],
    sent: ALL_SENT,
    ended: VERIFIED,
    silent: undefined,
  },
];

/** In seconds: long enough for a good answer on a busy machine. */
const SHORT = 0.4;

/** The wait that a step ends in is bounded; the others before it are not. */
function limits(sent: string): HostileCase["settings"] {
  return sent === "RQ DATA" ? { dimseTimeout: SHORT } : { acseTimeout: SHORT };
}

/** The connection becomes a resetting one; the last step is never reached. */
const RESET: Script = [close, reset];

testCases(STEPS.flatMap(({ until, script, sent, ended, silent }) => [
  {
    rule: `closed after ${until}: a transport connection that is closed is ` +
      "an A-P-ABORT (PS3.8 9.2, AA-4), not verified before the release",
    script: [...script, close],
    sent,
    ...ended,
  },
  {
    rule: `reset after ${until}: the same as closed (PS3.8 9.2, AA-4)`,
    script: [...script, ...RESET],
    sent,
    ...ended,
  },
  {
    rule: `half-closed after ${until}: the same as closed (PS3.8 9.2, AA-4)`,
    // After the response the release request is already on its way.
    script: [...script, halfClose, waitForEnd],
    sent: until === "the response" ? null : sent,
    ...ended,
  },
  ...(silent === undefined ? [] : [{
    rule: `silent after ${until}: aborted by the service user once the ` +
      "time is over (PS3.8 9.2, AA-1)",
    script: [...script, waitForEnd],
    settings: limits(sent),
    sent: `${sent} ABORT(0,0)`,
    ...silent,
  }]),
]));

testCases([
  {
    rule: "closed before anything is read (PS3.8 9.2, AA-4)",
    script: [close],
    sent: null,
    ...GONE,
  },
  {
    rule: "silent from the beginning (PS3.8 9.2, AA-1)",
    script: [waitForEnd],
    settings: { acseTimeout: SHORT },
    sent: "RQ ABORT(0,0)",
    ...SILENT,
  },
]);
