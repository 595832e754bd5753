import assert from "node:assert/strict";
import { decodePdu, encodePdu } from "../../lib/pdu/codec.ts";
import { bytes, P_DATA_ECHO_RQ } from "../support/golden.ts";

Deno.test("several values in one P-DATA-TF are read in their order", () => {
  const body = bytes(
    "00000004 01 00 aa bb", // context 1, data set, not last, two bytes
    "00000002 03 02", // context 3, data set, last, no bytes
    "00000003 ff 01 cc", // context 255, command, not last, one byte
  );
  const pdu = {
    type: "P-DATA-TF",
    values: [
      { contextId: 1, isCommand: false, isLast: false, data: bytes("aabb") },
      { contextId: 3, isCommand: false, isLast: true, data: bytes("") },
      { contextId: 255, isCommand: true, isLast: false, data: bytes("cc") },
    ],
  } as const;
  assert.deepEqual(decodePdu(4, body), pdu);
  assert.deepEqual(encodePdu(pdu).slice(6), body);
});

Deno.test("a P-DATA-TF without values is none", () => {
  assert.throws(
    () => decodePdu(4, new Uint8Array()),
    { name: "PduError", fault: "wrong-count" },
  );
});

Deno.test("the upper six bits of the message control header are ignored", () => {
  const read = decodePdu(4, bytes("00000002 01 fe"));
  assert.ok(read.type === "P-DATA-TF");
  assert.equal(read.values[0]?.isCommand, false);
  assert.equal(read.values[0]?.isLast, true);
});

Deno.test("the data of a value are a view, not a copy", () => {
  const body = P_DATA_ECHO_RQ.slice(6);
  const read = decodePdu(4, body);
  assert.ok(read.type === "P-DATA-TF");
  const [value] = read.values;
  assert.equal(value?.data.buffer, body.buffer);
  assert.equal(value?.data.byteOffset, 6);
});

Deno.test("a value of 100 kilobytes comes back as it was", () => {
  const data = Uint8Array.from({ length: 100_000 }, (_, i) => i & 0xff);
  const pdu = {
    type: "P-DATA-TF",
    values: [{ contextId: 1, isCommand: false, isLast: true, data }],
  } as const;
  const written = encodePdu(pdu);
  assert.equal(written.byteLength, 6 + 4 + 2 + data.byteLength);
  assert.deepEqual(decodePdu(4, written.subarray(6)), pdu);
});

const MALFORMED = " This probably indicates a malformed P";

/** What is wrong, the body, its fault, and the reference's code and words. */
const ILL_FORMED:
  readonly (readonly [string, string, string, string, string])[] = [
    [
      "three bytes",
      "00 00 00",
      "truncated",
      "0006:0307",
      `PDV lengths don't add up correctly: 0 PDVs.${MALFORMED}-DATA PDU.` +
      " PDU type is 04.",
    ],
    [
      "a value of length 0",
      "00000000",
      "bad-length",
      "0006:0308",
      `PDV with invalid length 0 encountered.${MALFORMED} DATA PDU.`,
    ],
    [
      "a value of length 1",
      "00000001 01 03 00000000",
      "bad-length",
      "0006:0308",
      `PDV with invalid length 1 encountered.${MALFORMED} DATA PDU.`,
    ],
    [
      "a value longer than the PDU",
      "00000020 01 03 616263",
      "overrun",
      "0006:0307",
      `PDV lengths don't add up correctly: 1 PDVs.${MALFORMED}-DATA PDU.` +
      " PDU type is 04.",
    ],
    [
      "a value of four gigabytes",
      "ffffffff 01 03 616263",
      "overrun",
      "0006:0307",
      `PDV lengths don't add up correctly: 1 PDVs.${MALFORMED}-DATA PDU.` +
      " PDU type is 04.",
    ],
    [
      "a second value cut in its length",
      "00000004 01 01 6162 0000",
      "truncated",
      "0006:0307",
      `PDV lengths don't add up correctly: 1 PDVs.${MALFORMED}-DATA PDU.` +
      " PDU type is 04.",
    ],
    [
      "a second value longer than the PDU",
      "00000004 01 01 6162 00000030 01 03 61",
      "overrun",
      "0006:0307",
      `PDV lengths don't add up correctly: 2 PDVs.${MALFORMED}-DATA PDU.` +
      " PDU type is 04.",
    ],
  ];

for (const [name, body, fault, code, text] of ILL_FORMED) {
  Deno.test(`a P-DATA-TF of ${name} is refused in the reference's words`, () => {
    assert.throws(() => decodePdu(4, bytes(body)), {
      name: "PduError",
      pdu: "P-DATA-TF",
      fault,
      abortReason: 6,
      condition: { code, text },
    });
  });
}

Deno.test("a context ID that is no byte cannot be written", () => {
  const data = new Uint8Array();
  const value = { contextId: 257, isCommand: true, isLast: true, data };
  assert.throws(() => encodePdu({ type: "P-DATA-TF", values: [value] }), {
    name: "WriteError",
  });
});
