/** Exit codes and lines of command lines against scripted peers. */

import assert from "node:assert/strict";
import {
  ABORT_BY_PROVIDER,
  ASSOCIATE_AC_CONTEXT_REJECTED,
  ASSOCIATE_RJ,
  RELEASE_RP,
  RELEASE_RQ,
} from "../support/golden.ts";
import { associateReject, echoResponse, pdu } from "../support/pdus.ts";
import {
  close,
  receive,
  type Script,
  send,
  waitForEnd,
} from "../support/scripted-peer.ts";
import { ASSOCIATED, ECHOED, WELL_BEHAVED } from "../verify/verification.ts";
import { runAgainst, runLine } from "./fake-host.ts";

interface Case {
  readonly script: Script;
  readonly arguments?: readonly string[];
  readonly exit: number;
  /** With `-v`; those that a user sees without it come first to last. */
  readonly lines: readonly string[];
}

const REQUESTING = "I: Requesting Association";
const ACCEPTED = "I: Association Accepted (Max Send PDV: 16372)";
const SENDING = "I: Sending Echo Request (MsgID 1)";
const SUCCESS = "I: Received Echo Response (Success)";
const RELEASING = "I: Releasing Association";
const ABORTING = "I: Aborting Association";
const ASSOCIATING = [REQUESTING, ACCEPTED, SENDING];
const PEER_ABORTED = "0006:0317 Peer aborted Association (or never connected)";

/** Both lines of a failed echo. */
function echoFailed(condition: string): string[] {
  return [`E: Echo Failed: ${condition}`, `E: Echo SCU Failed: ${condition}`];
}

const CASES: Readonly<Record<string, Case>> = {
  "a peer that is verified": {
    script: WELL_BEHAVED,
    exit: 0,
    lines: [...ASSOCIATING, SUCCESS, RELEASING],
  },
  "a peer that is verified, ended by an abort": {
    script: [...ECHOED, waitForEnd],
    arguments: ["--abort"],
    exit: 0,
    lines: [...ASSOCIATING, SUCCESS, ABORTING],
  },
  "two echoes": {
    script: [
      ...ECHOED,
      receive,
      send(echoResponse({ messageId: 2 })),
      receive,
      send(RELEASE_RP),
      waitForEnd,
    ],
    arguments: ["--repeat", "2"],
    exit: 0,
    lines: [
      ...ASSOCIATING,
      SUCCESS,
      "I: Sending Echo Request (MsgID 2)",
      SUCCESS,
      RELEASING,
    ],
  },
  "a rejection": {
    script: [receive, send(ASSOCIATE_RJ), waitForEnd],
    exit: 1,
    lines: [
      REQUESTING,
      "F: Association Rejected:",
      "F: Result: Rejected Permanent, Source: Service User",
      "F: Reason: Called AE Title Not Recognized",
    ],
  },
  "a rejection that no table knows": {
    script: [receive, send(associateReject(1, 1, 4)), waitForEnd],
    exit: 1,
    lines: [
      REQUESTING,
      "E: Received invalid A-ASSOCIATE-RJ reject reason 0x0104, using default.",
      "F: Association Rejected:",
      "F: Result: Rejected Permanent, Source: Service User",
      "F: Reason: No Reason",
    ],
  },
  "no accepted context": {
    script: [
      receive,
      send(ASSOCIATE_AC_CONTEXT_REJECTED),
      receive,
      send(RELEASE_RP),
      waitForEnd,
    ],
    exit: 1,
    lines: [REQUESTING, "F: No Acceptable Presentation Contexts"],
  },
  "an abort before the answer": {
    script: [receive, send(ABORT_BY_PROVIDER)],
    exit: 1,
    lines: [REQUESTING, `F: Association Request Failed: ${PEER_ABORTED}`],
  },
  "another PDU instead of the answer": {
    script: [receive, send(pdu(0x08)), waitForEnd],
    exit: 1,
    lines: [
      REQUESTING,
      "F: Association Request Failed: 0006:0321 Unrecognized PDU type:  8",
    ],
  },
  "a status that is a failure": {
    script: [
      ...ASSOCIATED,
      receive,
      send(echoResponse({ status: 0x0122 })),
      receive,
      send(RELEASE_RP),
      waitForEnd,
    ],
    exit: 70,
    lines: [
      ...ASSOCIATING,
      "I: Received Echo Response (Unknown Status: 0x122)",
      "E: Echo Failed: Unknown Status: 0x122",
      RELEASING,
    ],
  },
  "a response to another message": {
    script: [
      ...ASSOCIATED,
      receive,
      send(echoResponse({ messageId: 2 })),
      waitForEnd,
    ],
    exit: 70,
    lines: [
      ...ASSOCIATING,
      ...echoFailed(
        "0006:0211 DIMSE: Unexpected Response MsgId: 2 (expected: 1)",
      ),
      ABORTING,
    ],
  },
  "a response that announces a data set": {
    script: [
      ...ASSOCIATED,
      receive,
      send(echoResponse({ dataSetType: 0 })),
      waitForEnd,
    ],
    exit: 70,
    lines: [
      ...ASSOCIATING,
      "W: DIMSE Warning: (ECHOSCU,ANY-SCP): C-Echo RSP: DataSetType != NULL",
      ...echoFailed("0006:0203 DIMSE Badly formed message"),
      ABORTING,
    ],
  },
  "a response on another context": {
    script: [...ASSOCIATED, receive, send(echoResponse({}, 3)), waitForEnd],
    exit: 70,
    lines: [
      ...ASSOCIATING,
      "E: Echo Failed: 0006:020d DIMSE Failed to receive message",
      "E: 0006:0101 ASC Bad presentation context ID",
      "E: Echo SCU Failed: 0006:020d DIMSE Failed to receive message",
      "E: 0006:0101 ASC Bad presentation context ID",
      ABORTING,
    ],
  },
  "an abort instead of a response": {
    script: [...ASSOCIATED, receive, send(ABORT_BY_PROVIDER)],
    exit: 70,
    lines: [
      ...ASSOCIATING,
      `E: Echo Failed: ${PEER_ABORTED}`,
      "I: Peer Aborted Association",
    ],
  },
  "a release request instead of a response": {
    script: [...ASSOCIATED, receive, send(RELEASE_RQ), waitForEnd],
    exit: 70,
    lines: [
      ...ASSOCIATING,
      "E: Echo Failed: 0006:0319 DUL Peer Requested Release",
      "F: Protocol Error: Peer requested release (Aborting)",
      ABORTING,
    ],
  },
  "silence instead of a response": {
    script: [...ASSOCIATED, receive, waitForEnd],
    arguments: ["-td", "1"],
    exit: 70,
    lines: [
      ...ASSOCIATING,
      ...echoFailed(
        "0006:0207 DIMSE No data available (timeout in non-blocking mode)",
      ),
      ABORTING,
    ],
  },
  "an abort instead of the answer to the release": {
    script: [...ECHOED, receive, send(ABORT_BY_PROVIDER)],
    exit: 1,
    lines: [
      ...ASSOCIATING,
      SUCCESS,
      RELEASING,
      `F: Association Release Failed: ${PEER_ABORTED}`,
    ],
  },
  "requests to release that cross": {
    script: [
      ...ECHOED,
      receive,
      send(RELEASE_RQ),
      receive,
      send(RELEASE_RP),
      waitForEnd,
    ],
    exit: 0,
    lines: [...ASSOCIATING, SUCCESS, RELEASING],
  },
  "a connection that closes at once": {
    script: [receive, close],
    exit: 1,
    lines: [REQUESTING, `F: Association Request Failed: ${PEER_ABORTED}`],
  },
  "an empty called title": {
    script: [waitForEnd],
    arguments: ["-aec", ""],
    exit: 1,
    lines: [
      REQUESTING,
      "E: Illegal service parameter: Called AP Title",
      "F: Association Request Failed: " +
      "0006:030c Illegal service parameter: Called AP Title",
    ],
  },
};

function text(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}

for (const [what, { script, exit, lines, ...rest }] of Object.entries(CASES)) {
  const argv = rest.arguments ?? [];
  Deno.test(`${what}: exit code ${exit}, these lines with -v`, async () => {
    const result = await runAgainst(script, ["-v", ...argv]);
    assert.equal(result.stderr, text(lines));
    assert.equal(result.exit, exit);
    assert.equal(result.stdout, "");
  });

  Deno.test(`${what}: without -v only what went wrong`, async () => {
    const result = await runAgainst(script, argv);
    const wrong = lines.filter((line) => !line.startsWith("I: "));
    assert.equal(result.stderr, text(wrong));
    assert.equal(result.exit, exit);
    assert.equal(result.stdout, "");
    assert.equal(wrong.length === 0, exit === 0, "no failure is silent");
  });
}

Deno.test("-q prints only what is fatal, and changes no exit code", async () => {
  const failed = [
    ...ASSOCIATED,
    receive,
    send(echoResponse({ messageId: 2 })),
    waitForEnd,
  ];
  const echo = await runAgainst(failed, ["-q"]);
  assert.deepEqual([echo.exit, echo.stderr], [70, ""]);
  const rejected = await runAgainst(
    [receive, send(ASSOCIATE_RJ), waitForEnd],
    ["-ll", "off"],
  );
  assert.deepEqual([rejected.exit, rejected.stderr], [1, ""]);
});

Deno.test("a peer that refuses is one line", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  assert.deepEqual(await runLine(["127.0.0.1", String(port)]), {
    exit: 1,
    stdout: "",
    stderr: "F: Association Request Failed: 0006:031c " +
      "TCP Initialization Error: Connection refused\n",
  });
});

Deno.test("a host that does not exist is one line", async () => {
  assert.deepEqual(await runLine(["nosuchhost.invalid", "104"]), {
    exit: 1,
    stdout: "",
    stderr: "F: Association Request Failed: 0006:0320 " +
      "Attempt to connect to unknown host: nosuchhost.invalid\n",
  });
});
