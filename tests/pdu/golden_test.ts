import assert from "node:assert/strict";
import { decodePdu, decodePduHeader, encodePdu } from "../../lib/pdu/codec.ts";
import { PduError } from "../../lib/pdu/error.ts";
import type { Pdu } from "../../lib/pdu/types.ts";
import * as golden from "../support/golden.ts";

const USER_INFORMATION = [
  { item: "maximum-length", maximumLength: 16384 },
  { item: "implementation-class-uid", uid: "1.2.276.0.7230010.3.0.3.6.7" },
  { item: "implementation-version-name", name: "OFFIS_DCMTK_367" },
] as const;

const ASSOCIATE_FIELDS = {
  protocolVersion: 1,
  calledAeTitle: "ANY-SCP",
  callingAeTitle: "ECHOSCU",
  applicationContext: "1.2.840.10008.3.1.1.1",
  userInformation: USER_INFORMATION,
  unknownItems: [],
} as const;

/** Command set in the one value of a golden P-DATA-TF. */
function dataOf(bytes: Uint8Array): Uint8Array {
  return bytes.slice(12);
}

/** What each golden PDU says, by its name in golden.ts. */
const EXPECTED: Readonly<Record<string, Pdu>> = {
  ASSOCIATE_RQ: {
    type: "A-ASSOCIATE-RQ",
    ...ASSOCIATE_FIELDS,
    presentationContexts: [{
      id: 1,
      abstractSyntax: "1.2.840.10008.1.1",
      transferSyntaxes: ["1.2.840.10008.1.2"],
    }],
  },
  ASSOCIATE_AC: {
    type: "A-ASSOCIATE-AC",
    ...ASSOCIATE_FIELDS,
    presentationContexts: [
      { id: 1, result: 0, transferSyntax: "1.2.840.10008.1.2" },
    ],
  },
  ASSOCIATE_AC_CONTEXT_REJECTED: {
    type: "A-ASSOCIATE-AC",
    ...ASSOCIATE_FIELDS,
    presentationContexts: [
      { id: 1, result: 3, transferSyntax: "1.2.840.10008.1.2" },
    ],
  },
  ASSOCIATE_RJ: { type: "A-ASSOCIATE-RJ", result: 1, source: 1, reason: 7 },
  P_DATA_ECHO_RQ: {
    type: "P-DATA-TF",
    values: [{
      contextId: 1,
      isCommand: true,
      isLast: true,
      data: dataOf(golden.P_DATA_ECHO_RQ),
    }],
  },
  P_DATA_ECHO_RSP: {
    type: "P-DATA-TF",
    values: [{
      contextId: 1,
      isCommand: true,
      isLast: true,
      data: dataOf(golden.P_DATA_ECHO_RSP),
    }],
  },
  RELEASE_RQ: { type: "A-RELEASE-RQ" },
  RELEASE_RP: { type: "A-RELEASE-RP" },
  ABORT: { type: "A-ABORT", source: 0, reason: 0 },
  ABORT_BY_PROVIDER: { type: "A-ABORT", source: 2, reason: 2 },
};

for (const [name, bytes] of Object.entries(golden.GOLDEN)) {
  const expected = EXPECTED[name];

  Deno.test(`golden ${name} is read as the standard says`, () => {
    const header = decodePduHeader(bytes);
    assert.equal(header?.name, expected?.type);
    assert.equal(header?.length, bytes.byteLength - 6);
    assert.deepEqual(decodePdu(header.type, bytes.subarray(6)), expected);
  });

  Deno.test(`golden ${name} is written byte for byte`, () => {
    assert.ok(expected !== undefined);
    assert.deepEqual(encodePdu(expected).slice(), bytes);
  });

  Deno.test(`golden ${name} cut short anywhere is never taken for whole`, () => {
    const [type = 0] = bytes;
    for (let length = 0; length < bytes.byteLength; length++) {
      const header = decodePduHeader(bytes.subarray(0, length));
      if (length < 6) {
        assert.equal(header, undefined, `${length} bytes`);
        continue;
      }
      const missing = (header?.length ?? 0) - (length - 6);
      assert.equal(missing, bytes.byteLength - length, `${length} bytes`);
    }
    for (let length = 6; length < bytes.byteLength; length++) {
      const body = bytes.subarray(6, length);
      let read: Pdu;
      try {
        read = decodePdu(type, body);
      } catch (error) {
        assert.ok(error instanceof PduError, `${length} bytes: ${error}`);
        assert.equal(error.pdu, expected?.type);
        assert.equal(error.abortReason, 6);
        assert.ok(error.offset <= length, `offset ${error.offset}`);
        continue;
      }
      // Cut between two items, or before the first value, it is still a PDU.
      assert.deepEqual(encodePdu(read).subarray(6), body, `${length} bytes`);
    }
  });
}

Deno.test("every golden PDU has its expectation", () => {
  assert.deepEqual(Object.keys(EXPECTED), Object.keys(golden.GOLDEN));
});

Deno.test("a type byte that the standard does not know has no name", () => {
  const bytes = golden.bytes("08 00 00000004 00000000");
  assert.deepEqual(decodePduHeader(bytes), {
    type: 8,
    name: undefined,
    length: 4,
  });
  assert.throws(() => decodePdu(8, bytes.subarray(6)), {
    name: "PduError",
    fault: "unknown-type",
    pdu: undefined,
    field: "PDU type",
    offset: 0,
    abortReason: 1,
    condition: { code: "0006:0321", text: "Unrecognized PDU type:  8" },
  });
});

Deno.test("a header in the middle of a buffer is read from its own bytes", () => {
  const buffer = new Uint8Array(40).fill(0xee);
  buffer.set(golden.RELEASE_RP, 7);
  assert.deepEqual(decodePduHeader(buffer.subarray(7)), {
    type: 6,
    name: "A-RELEASE-RP",
    length: 4,
  });
});

Deno.test("a length above two gigabytes is not taken for a negative one", () => {
  const header = decodePduHeader(golden.bytes("04 00 ffffffff"));
  assert.equal(header?.length, 0xffffffff);
});
