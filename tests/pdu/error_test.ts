import assert from "node:assert/strict";
import { formatCondition } from "../../lib/base/condition.ts";
import {
  PduError,
  type PduFault,
  unsupportedProtocolVersion,
} from "../../lib/pdu/error.ts";

Deno.test("an unknown type is answered as unrecognized, all else as invalid", () => {
  const reasons: readonly (readonly [PduFault, number])[] = [
    ["unknown-type", 1],
    ["truncated", 6],
    ["overrun", 6],
    ["bad-length", 6],
    ["too-long", 6],
    ["wrong-count", 6],
  ];
  const condition = { code: "0006:0307", text: "text" };
  for (const [fault, reason] of reasons) {
    const pdu = undefined;
    const error = new PduError({ pdu, field: "", offset: 0, fault, condition });
    assert.equal(error.abortReason, reason, fault);
  }
});

Deno.test("a protocol version that is not ours is told in the reference's words", () => {
  assert.equal(
    formatCondition(unsupportedProtocolVersion(0x8002).condition),
    "0006:0307 DUL Illegal or ill-formed PDU\n" +
      "0006:0322 DUL Unsupported peer protocol 8002; expected 0001" +
      " in parseAssociate",
  );
  assert.match(
    formatCondition(unsupportedProtocolVersion(0).condition),
    /protocol 0000; expected 0001/,
  );
});
