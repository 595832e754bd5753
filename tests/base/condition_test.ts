import assert from "node:assert/strict";
import {
  formatCondition,
  PEER_ABORTED,
  tcpInitializationError,
  unexpectedResponse,
  unrecognizedPduType,
} from "../../lib/base/condition.ts";

Deno.test("a condition is one line of code and text", () => {
  assert.equal(
    formatCondition(PEER_ABORTED),
    "0006:0317 Peer aborted Association (or never connected)",
  );
  assert.equal(
    formatCondition(tcpInitializationError("Connection refused")),
    "0006:031c TCP Initialization Error: Connection refused",
  );
  assert.equal(
    formatCondition(unexpectedResponse("MsgId: 2 (expected: 1)")),
    "0006:0211 DIMSE: Unexpected Response MsgId: 2 (expected: 1)",
  );
});

Deno.test("each cause has a line of its own", () => {
  const condition = {
    code: "0006:020d",
    text: "outer",
    cause: {
      code: "0006:020c",
      text: "middle",
      cause: { code: "0006:0307", text: "inner" },
    },
  };
  assert.equal(
    formatCondition(condition),
    "0006:020d outer\n0006:020c middle\n0006:0307 inner",
  );
});

Deno.test("a PDU type is shown in hexadecimal, two wide, padded with a blank", () => {
  assert.equal(unrecognizedPduType(8).text, "Unrecognized PDU type:  8");
  assert.equal(unrecognizedPduType(0xab).text, "Unrecognized PDU type: ab");
});
