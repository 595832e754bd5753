import assert from "node:assert/strict";
import { decodePdu } from "../../lib/pdu/codec.ts";
import { bytes } from "../support/golden.ts";

/** Type byte and what four bytes 01 02 03 04 say. */
const CONTROL = [
  [3, { type: "A-ASSOCIATE-RJ", result: 2, source: 3, reason: 4 }],
  [5, { type: "A-RELEASE-RQ" }],
  [6, { type: "A-RELEASE-RP" }],
  [7, { type: "A-ABORT", source: 3, reason: 4 }],
] as const;

const ILLEGAL_LENGTH = { code: "0006:0308", text: "DUL Illegal PDU Length" };

for (const [type, expected] of CONTROL) {
  const name = expected.type;

  Deno.test(`the reserved bytes of ${name} are not tested`, () => {
    assert.deepEqual(decodePdu(type, bytes("01 02 03 04")), expected);
  });

  Deno.test(`${name} may be longer than it should, up to 128 bytes`, () => {
    const body = new Uint8Array(128);
    body.set([1, 2, 3, 4]);
    assert.deepEqual(decodePdu(type, body), expected);
  });

  Deno.test(`${name} of 129 bytes is refused`, () => {
    assert.throws(() => decodePdu(type, new Uint8Array(129)), {
      name: "PduError",
      pdu: name,
      fault: "too-long",
      condition: ILLEGAL_LENGTH,
    });
  });

  Deno.test(`${name} of three bytes is refused`, () => {
    assert.throws(() => decodePdu(type, new Uint8Array(3)), {
      name: "PduError",
      pdu: name,
      field: "PDU length",
      offset: 2,
      fault: "bad-length",
      abortReason: 6,
      condition: ILLEGAL_LENGTH,
    });
  });
}
