import assert from "node:assert/strict";
import { formatCondition } from "../../lib/base/condition.ts";
import { echoRequest } from "../../lib/dimse/echo.ts";
import { DimseError, sendCommand } from "../../lib/dimse/message.ts";
import { layerIn } from "../association/layers.ts";
import { P_DATA_ECHO_RQ } from "../support/golden.ts";
import { pData } from "../support/pdus.ts";
import { fragments } from "./fragments.ts";

Deno.test("a command set that fits is sent in one P-DATA-TF", async () => {
  for (const fragmentLength of [68, 70, 16372]) {
    using fixture = await layerIn("Sta6");
    const { layer, deadline } = fixture;
    const limit = { fragmentLength, peerMaximumLength: 0 };
    await sendCommand(layer, 1, echoRequest(1), limit, deadline);
    assert.deepEqual(fixture.written(), [P_DATA_ECHO_RQ]);
  }
});

Deno.test("a command set that does not fit is cut, one PDV a P-DATA-TF", async () => {
  const command = P_DATA_ECHO_RQ.subarray(12);
  for (const fragmentLength of [2, 12, 34, 66]) {
    using fixture = await layerIn("Sta6");
    const { layer, deadline } = fixture;
    let told = 0;
    const limit = { fragmentLength, peerMaximumLength: 0 };
    await sendCommand(layer, 1, echoRequest(1), limit, deadline, (length) => {
      told += length;
    });
    const lengths = Array(Math.ceil(68 / fragmentLength)).fill(fragmentLength);
    assert.deepEqual(
      fixture.written(),
      fragments(command, lengths).map((value) => pData(value)),
    );
    assert.equal(told, 68);
  }
});

Deno.test("a peer that takes no fragment of any length is sent none", async () => {
  using fixture = await layerIn("Sta6");
  const limit = { fragmentLength: undefined, peerMaximumLength: 12 };
  await assert.rejects(
    sendCommand(fixture.layer, 1, echoRequest(1), limit, fixture.deadline),
    (error) => {
      assert.ok(error instanceof DimseError);
      assert.equal(error.fault.kind, "no-room");
      assert.equal(
        formatCondition(error.condition),
        "0006:020e DIMSE Failed to send message\n" +
          "0006:0308 DUL Cannot send P-DATA PDU because receiver's max PDU " +
          "size of 12 is illegal (must be > 12)",
      );
      return true;
    },
  );
  assert.deepEqual(fixture.written(), []);
});
