/** What comes instead of a message. */

import assert from "node:assert/strict";
import { formatCondition } from "../../lib/base/condition.ts";
import { DimseError } from "../../lib/dimse/message.ts";
import { Deadlines } from "../../lib/net/deadline.ts";
import { type Fixture, layerIn } from "../association/layers.ts";
import { P_DATA_ECHO_RSP, RELEASE_RQ } from "../support/golden.ts";
import {
  abort,
  COMMAND_LAST,
  COMMAND_MORE,
  DATA_LAST,
  DATA_MORE,
  pData,
  pdu,
  pduOfLength,
  pdv,
} from "../support/pdus.ts";
import { COMMAND, long, receive, receiverOf } from "./receiver.ts";

/** What a receiver throws, as fault and lines of its condition. */
async function failure(fixture: Fixture): Promise<readonly string[]> {
  try {
    await receive(fixture);
  } catch (error) {
    assert.ok(error instanceof DimseError, String(error));
    const { fault, condition } = error;
    return [fault.kind, ...formatCondition(condition).split("\n")];
  }
  assert.fail("a message came");
}

Deno.test("a command set that is longer is refused before its end", async () => {
  using fixture = await layerIn("Sta6");
  fixture.transport.give(...long(65538).slice(0, -1));
  const missing = pData(pdv(1, COMMAND_MORE, new Uint8Array(1540)));
  fixture.transport.give(missing);
  assert.deepEqual(await failure(fixture), [
    "bad-message",
    "0006:020b DIMSE: Command Parse Failed: " +
    "command set longer than 65536 bytes",
  ]);
});

Deno.test("a command set in endless empty fragments is refused as well", async () => {
  using fixture = await layerIn("Sta6");
  const empty = pdv(1, COMMAND_MORE, new Uint8Array(0));
  const many = pData(...Array(600).fill(empty));
  fixture.transport.give(...Array(2).fill(many));
  assert.deepEqual(await failure(fixture), [
    "bad-message",
    "0006:020b DIMSE: Command Parse Failed: " +
    "command set longer than 1024 fragments",
  ]);
});

const RECEIVE_FAILED = "0006:020d DIMSE Failed to receive message";
const READ_FAILED = "0006:020c DIMSE Read PDV failed";

/** By what a peer sends: the fault, and the lines of its condition. */
const FAULTS: Readonly<
  Record<string, readonly [readonly (Uint8Array | "end")[], readonly string[]]>
> = {
  "a context that was not accepted": [
    [pData(pdv(3, COMMAND_LAST, COMMAND))],
    [
      "bad-message",
      RECEIVE_FAILED,
      "0006:0101 ASC Bad presentation context ID",
    ],
  ],
  "a context whose transfer syntax nobody knows": [
    [pData(pdv(7, COMMAND_MORE, COMMAND.subarray(0, 2)))],
    [
      "bad-message",
      RECEIVE_FAILED,
      "0006:0212 DIMSE Unsupported transfer syntax: 1.2.3\\x1b",
    ],
  ],
  "fragments on two contexts": [
    [pData(
      pdv(1, COMMAND_MORE, COMMAND.subarray(0, 20)),
      pdv(5, COMMAND_LAST, COMMAND.subarray(20)),
    )],
    [
      "bad-message",
      RECEIVE_FAILED,
      "0006:0206 DIMSE: Different PresIDs inside Command Set: 1 != 5",
    ],
  ],
  "a PDV of a data set": [
    [pData(pdv(1, DATA_LAST, COMMAND))],
    ["bad-message", RECEIVE_FAILED, "0006:020f DIMSE: Command PDV Expected"],
  ],
  "a PDV of a data set within a command set": [
    [pData(
      pdv(1, COMMAND_MORE, COMMAND.subarray(0, 20)),
      pdv(1, DATA_MORE, COMMAND.subarray(20)),
    )],
    ["bad-message", RECEIVE_FAILED, "0006:020f DIMSE: Command PDV Expected"],
  ],
  "a fragment of odd length": [
    [pData(pdv(1, COMMAND_MORE, COMMAND.subarray(0, 3)))],
    ["bad-message", "0006:020d DIMSE: Odd Fragment Length: 3"],
  ],
  "an abort": [
    [abort(0, 0)],
    ["abort", "0006:0317 Peer aborted Association (or never connected)"],
  ],
  "the end of the connection": [
    ["end"],
    ["closed", "0006:0317 Peer aborted Association (or never connected)"],
  ],
  "the end of the connection within a PDU": [
    [P_DATA_ECHO_RSP.subarray(0, 30), "end"],
    ["closed", RECEIVE_FAILED, READ_FAILED, "0006:0310 DUL network closed"],
  ],
  "a release request": [
    [RELEASE_RQ],
    ["release-request", "0006:0319 DUL Peer Requested Release"],
  ],
  "a PDU of no known type": [
    [pdu(0x08), "end"],
    [
      "violation",
      RECEIVE_FAILED,
      READ_FAILED,
      "0006:0321 Unrecognized PDU type:  8",
    ],
  ],
  "a PDU that is too long": [
    [pduOfLength(0x04, 5000), "end"],
    [
      "violation",
      RECEIVE_FAILED,
      READ_FAILED,
      "0006:0308 DUL Illegal PDU Length 5000.  Max expected 4096",
    ],
  ],
};

for (const [what, [sent, expected]] of Object.entries(FAULTS)) {
  Deno.test(`instead of a message, ${what}`, async () => {
    using fixture = await layerIn("Sta6");
    fixture.transport.give(...sent);
    assert.deepEqual(await failure(fixture), expected);
  });
}

/** What a receiver throws when a deadline of no time is over. */
async function afterDeadline(
  ...sent: readonly Uint8Array[]
): Promise<DimseError> {
  using fixture = await layerIn("Sta6");
  fixture.transport.give(...sent);
  using deadlines = new Deadlines();
  using deadline = deadlines.start(0);
  const receiver = receiverOf(fixture);
  try {
    await receiver.receive(deadline);
  } catch (error) {
    assert.ok(error instanceof DimseError, String(error));
    return error;
  } finally {
    fixture.transport.close();
  }
  assert.fail("a message came");
}

Deno.test("silence is no data, silence within a PDU a failed read", async () => {
  const silence = await afterDeadline();
  assert.deepEqual(silence.fault, { kind: "timeout", midPdu: false });
  assert.equal(silence.condition.code, "0006:0207");

  const within = await afterDeadline(P_DATA_ECHO_RSP.subarray(0, 9));
  assert.deepEqual(within.fault, { kind: "timeout", midPdu: true });
  assert.equal(
    formatCondition(within.condition),
    `${RECEIVE_FAILED}\n${READ_FAILED}\n0006:031a DUL network read timeout`,
  );
});

Deno.test("one deadline bounds a whole message, however many PDUs come", async () => {
  const more = pData(pdv(1, COMMAND_MORE, new Uint8Array(2)));
  const { fault } = await afterDeadline(more, more, more);
  assert.deepEqual(fault, { kind: "timeout", midPdu: false });
});

Deno.test("a raised signal is told as an interruption", async () => {
  using fixture = await layerIn("Sta6");
  const stop = new AbortController();
  using deadlines = new Deadlines(stop.signal);
  using deadline = deadlines.start(undefined);
  const receiver = receiverOf(fixture);
  const received = receiver.receive(deadline);
  stop.abort();
  await assert.rejects(
    received,
    (error) =>
      error instanceof DimseError && error.fault.kind === "interrupted",
  );
  fixture.transport.close();
});
