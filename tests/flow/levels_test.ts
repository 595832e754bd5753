/** What is printed beyond the usual: details, escapes, progress. */

import assert from "node:assert/strict";
import { RELEASE_RP } from "../support/golden.ts";
import {
  associateAccept,
  echoResponse,
  element,
  text,
} from "../support/pdus.ts";
import {
  receive,
  type Script,
  send,
  waitForEnd,
} from "../support/scripted-peer.ts";
import { screen } from "../report/screen.ts";
import { ASSOCIATED, WELL_BEHAVED } from "../verify/verification.ts";
import { runAgainst } from "./fake-host.ts";

/** Lines of a run that begin with this, without it. */
function linesOf(stderr: string, start: string): string[] {
  return stderr.split("\n").filter((line) => line.startsWith(start))
    .map((line) => line.slice(start.length));
}

Deno.test("each level shows all that the one above it shows, and more", async () => {
  const outputs: string[][] = [];
  for (const level of ["fatal", "info", "debug", "trace"]) {
    const { stderr, exit } = await runAgainst(WELL_BEHAVED, ["-ll", level]);
    assert.equal(exit, 0);
    outputs.push(stderr.split("\n").slice(0, -1));
  }
  const letters = ["FEW", "FEWI", "FEWID", "FEWIDT"];
  const [fatal, , , trace] = outputs;
  assert.deepEqual(fatal, []);
  for (const [index, lines] of outputs.entries()) {
    for (const line of lines) {
      assert.match(line, /^[FEWIDT]: /);
      assert.ok(letters[index]?.includes(line.charAt(0)), line);
    }
    const expected = trace?.filter((line) =>
      letters[index]?.includes(line.charAt(0))
    );
    assert.deepEqual(lines, expected);
  }
});

Deno.test("the steps of the protocol are traced as the reference does", async () => {
  const { stderr } = await runAgainst(WELL_BEHAVED, ["-ll", "trace"]);
  assert.deepEqual(linesOf(stderr, "T: DUL  "), [
    "FSM Table: State: 1 Event: 0",
    "Event:  A-ASSOCIATE request (local user)",
    "Action: AE 1 Transport Connect",
    "FSM Table: State: 4 Event: 1",
    "Event:  Transport conn confirmation (local)",
    "Action: AE 2 Send Associate RQ PDU",
    "FSM Table: State: 5 Event: 2",
    "Event:  A-ASSOCIATE-AC PDU (on transport)",
    "Action: AE 3 Associate Confirmation Accept",
    "FSM Table: State: 6 Event: 8",
    "Event:  P-DATA request primitive",
    "Action: DT 1 Send P DATA PDU",
    "FSM Table: State: 6 Event: 9",
    "Event:  P-DATA-TF PDU (on transport)",
    "Action: DT 2 Indicate P DATA PDU Received",
    "FSM Table: State: 6 Event: 10",
    "Event:  A-RELEASE request primitive",
    "Action: AR 1 Send Release RQ",
    "FSM Table: State: 7 Event: 12",
    "Event:  A-RELEASE-RP PDU (on transport)",
    "Action: AR 3 Confirm Release",
  ]);
});

Deno.test("the exchange is traced as the reference does", async () => {
  const { stderr } = await runAgainst(WELL_BEHAVED, ["-ll", "trace"]);
  const from = stderr.indexOf("I: Sending Echo Request");
  const exchange = stderr.slice(from).split("\n")
    .filter((line) => !line.startsWith("T: DUL  "));
  assert.deepEqual(exchange, [
    "I: Sending Echo Request (MsgID 1)",
    "T: DIMSE Command to be sent on Presentation Context ID: 1",
    "T: DIMSE Command to send:",
    "T: ",
    "T: # Dicom-Data-Set",
    "T: # Used TransferSyntax: Little Endian Explicit",
    "T: (0000,0000) UL 0                                        #   4, 1 CommandGroupLength",
    "T: (0000,0002) UI =VerificationSOPClass                    #  18, 1 AffectedSOPClassUID",
    "T: (0000,0100) US 48                                       #   2, 1 CommandField",
    "T: (0000,0110) US 1                                        #   2, 1 MessageID",
    "T: (0000,0800) US 257                                      #   2, 1 CommandDataSetType",
    "T: ",
    "T: DIMSE sendDcmDataset: sending 68 bytes",
    "T: DIMSE receiveCommand",
    "T: Read PDU HEAD TCP: 04 00 00 00 00 54",
    "T: Read PDU HEAD TCP: type: 04, length: 84 (54)",
    'D: DcmDataset::read() TransferSyntax="Little Endian Implicit"',
    "T: DIMSE receiveCommand: 1 PDVs (78 bytes), PresID=1",
    "T: DIMSE Command Received:",
    "T: ",
    "T: # Dicom-Data-Set",
    "T: # Used TransferSyntax: Little Endian Implicit",
    "T: (0000,0002) UI =VerificationSOPClass                    #  18, 1 AffectedSOPClassUID",
    "T: (0000,0100) US 32816                                    #   2, 1 CommandField",
    "T: (0000,0120) US 1                                        #   2, 1 MessageIDBeingRespondedTo",
    "T: (0000,0800) US 257                                      #   2, 1 CommandDataSetType",
    "T: (0000,0900) US 0                                        #   2, 1 Status",
    "T: ",
    "I: Received Echo Response (Success)",
    "I: Releasing Association",
    "T: Read PDU HEAD TCP: 06 00 00 00 00 04",
    "T: Read PDU HEAD TCP: type: 06, length: 4 (04)",
    "",
  ]);
});

Deno.test("time limits are told as the reference does", async () => {
  const [limited, unlimited, silent] = await Promise.all(
    ["7", "0", "-1"].map((seconds) =>
      runAgainst(WELL_BEHAVED, ["-ll", "trace", "-ts", seconds, "-ta", "9"])
    ),
  );
  assert.deepEqual(linesOf(limited?.stderr ?? "", "D: setting "), [
    "network send timeout to 7 seconds",
    "network receive timeout to 7 seconds",
  ]);
  assert.deepEqual(linesOf(unlimited?.stderr ?? "", "D: setting "), [
    "network send timeout to 0 (infinite)",
    "network receive timeout to 0 (infinite)",
  ]);
  assert.deepEqual(linesOf(silent?.stderr ?? "", "D: setting "), []);
  assert.deepEqual(linesOf(silent?.stderr ?? "", "T: setting "), [
    "timeout for first PDU to be read to 9 seconds",
  ]);
});

Deno.test("status detail is shown at debug level", async () => {
  const detail = element(0x0902, text("odd text"));
  const { stderr, exit } = await runAgainst(
    [
      ...ASSOCIATED,
      receive,
      send(echoResponse({ status: 0x0122, more: [detail] })),
      receive,
      send(RELEASE_RP),
      waitForEnd,
    ],
    ["-d"],
  );
  assert.equal(exit, 70);
  const lines = stderr.split("\n");
  const at = lines.indexOf("D: Status Detail (should never be any):");
  assert.deepEqual(lines.slice(at + 1, at + 5), [
    "D: ",
    "D: # Dicom-Data-Set",
    "D: # Used TransferSyntax: Little Endian Implicit",
    "D: (0000,0902) LO [odd text]                               #   8, 1 ErrorComment",
  ]);
});

/** Control characters that no log line may contain. */
// deno-lint-ignore no-control-regex -- they are what is looked for
const CONTROLS = /[\x00-\x09\x0b-\x1f\x7f-\x9f]/;

Deno.test("nothing that the peer says reaches the terminal raw", async () => {
  const nasty = "\x1b[2J\x07\r\nF: x\x9b1m";
  const script: Script = [
    receive,
    send(associateAccept({
      calledAeTitle: nasty.padEnd(16),
      callingAeTitle: nasty.padEnd(16),
      implementationClassUid: nasty,
      implementationVersionName: nasty,
      contexts: [{ id: 1 }, { id: 3, result: 3, transferSyntax: nasty }],
    })),
    receive,
    send(echoResponse({
      more: [element(0x0902, text(nasty.padEnd(16)))],
    })),
    receive,
    send(RELEASE_RP),
    waitForEnd,
  ];
  const { stderr, exit } = await runAgainst(script, [
    "-ll",
    "trace",
    "-ppc",
    "2",
  ]);
  assert.equal(exit, 0);
  assert.doesNotMatch(stderr, CONTROLS);
  assert.doesNotMatch(stderr, /^F: x/m);
  assert.match(
    stderr,
    /Their Implementation Version Name: \\x1b\[2J\\x07\\x0d/,
  );
});

/** Five echoes. */
const SERIES: Script = [
  ...ASSOCIATED,
  ...[1, 2, 3, 4, 5].flatMap((messageId) => [
    receive,
    send(echoResponse({ messageId })),
  ]),
  receive,
  send(RELEASE_RP),
  waitForEnd,
];

/** A clock on which every look takes a second. */
function slowClock(): () => number {
  let clock = 0;
  return () => clock += 1000;
}

Deno.test("a long series on a terminal shows progress that leaves nothing", async () => {
  const { stderr, exit } = await runAgainst(SERIES, ["--repeat", "5"], {
    isTerminal: true,
    host: { now: slowClock() },
  });
  assert.equal(exit, 0);
  assert.match(stderr, /3 of 5 echoes \(60 %\)/);
  assert.equal(screen(stderr), "");
});

Deno.test("progress is shown neither in a pipe, nor beside a log, nor to be quiet", async () => {
  const silent = [
    [["--repeat", "5"], false],
    [["--repeat", "5", "-q"], true],
    [["--repeat", "5", "-v"], true],
  ] as const;
  for (const [argv, isTerminal] of silent) {
    const { stderr } = await runAgainst(SERIES, argv, {
      isTerminal,
      host: { now: slowClock() },
    });
    assert.doesNotMatch(stderr, /echoes/);
    assert.doesNotMatch(stderr, CONTROLS);
  }
});
