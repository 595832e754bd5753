import assert from "node:assert/strict";
import { decodePdu } from "../../lib/pdu/codec.ts";
import { PduError, type PduErrorDetails } from "../../lib/pdu/error.ts";
import { ASSOCIATE_AC, bytes } from "../support/golden.ts";
import { item } from "../support/pdus.ts";
import {
  APPLICATION_CONTEXT,
  EXPLICIT,
  IMPLICIT,
  MAXIMUM_LENGTH,
  readAccept,
  userInformation,
} from "./parts.ts";

/** The error that reading an A-ASSOCIATE-AC with `items` ends with. */
function refusal(...items: readonly Uint8Array[]): PduErrorDetails {
  try {
    readAccept(items);
  } catch (error) {
    assert.ok(error instanceof PduError, String(error));
    return error;
  }
  return assert.fail("was read");
}

for (const [count, subItems] of [[0, []], [2, [IMPLICIT, EXPLICIT]]] as const) {
  Deno.test(`an accepted context with ${count} transfer syntaxes is an error`, () => {
    const error = refusal(item(0x21, "01 00 00 00", ...subItems));
    assert.equal(error.fault, "wrong-count");
    assert.equal(error.field, "presentation context");
    assert.deepEqual(error.condition, {
      code: "0006:0318",
      text: `DUL Peer supplied illegal number of transfer syntaxes (${count})`,
    });
  });
}

const LENGTH_FIELD =
  " (data before length field is not included in length field)";

/** What is wrong, the items, and the reference's words for it. */
const ILL_FORMED:
  readonly (readonly [string, readonly Uint8Array[], string])[] = [
    [
      "an item of one byte",
      [bytes("10")],
      "DUL Illegal subitem. Got 1 bytes of data. The minimum allowed size is 4.",
    ],
    [
      "an unknown item of three bytes",
      [bytes("99 00 00")],
      "DUL Illegal dummy item. Got 3 bytes of data." +
      " The minimum allowed size is 4.",
    ],
    [
      "an application context beyond the PDU",
      [bytes("10 00 0020", '"abc"')],
      "DUL Illegal subitem. Got 7 bytes of data with a length field of 32" +
      `${LENGTH_FIELD}.`,
    ],
    [
      "a UID of 65 bytes",
      [item(0x10, `"${"1".repeat(65)}"`)],
      "DUL illegal subitem length 65. Maximum allowed size is 64.",
    ],
    [
      "a presentation context of four bytes",
      [bytes("21 00 0004")],
      "DUL Illegal presentation context. Got 4 bytes of data." +
      " The minimum allowed size is 8.",
    ],
    [
      "a presentation context beyond the PDU",
      [bytes("21 00 0020", '"abcdefgh"')],
      "DUL Illegal presentation context. Got 12 bytes of data with a length" +
      ` field of 32${LENGTH_FIELD}. The minimum allowed size is 4.`,
    ],
    [
      "a presentation context whose length is 3",
      [bytes("21 00 0003 010000"), userInformation()],
      "DUL Illegal presentation context. Got 11 bytes of data with a length" +
      ` field of 3${LENGTH_FIELD}. The minimum allowed size is 4.`,
    ],
    [
      "a transfer syntax beyond its context, though not beyond the PDU",
      [item(0x21, "01 00 00 00", "40 00 0011", '"abc"'), APPLICATION_CONTEXT],
      "DUL Illegal subitem. Got 7 bytes of data with a length field of 17" +
      `${LENGTH_FIELD}.`,
    ],
    [
      "user information beyond the PDU",
      [bytes("50 00 0020", '"abcdefgh"')],
      "DUL Illegal user info. Got 12 bytes of data with a length field of 32" +
      `${LENGTH_FIELD}.`,
    ],
    [
      "a maximum length of seven bytes",
      [userInformation(bytes("51 00 0003 004000"))],
      "DUL Illegal Max PDU. Got 7 bytes of data. The minimum allowed size is 8.",
    ],
    [
      "a role of six bytes",
      [userInformation(bytes("54 00 0002 0001"))],
      "DUL Illegal SCU-SCP role list. Got 6 bytes of data." +
      " The minimum allowed size is 8.",
    ],
    [
      "a role whose length is 3",
      [userInformation(bytes("54 00 0003 0001 31"), MAXIMUM_LENGTH)],
      "DUL Illegal SCU-SCP role list UID. Got 3 bytes of data." +
      " The minimum allowed size is 4.",
    ],
    [
      "a role whose UID is longer than it",
      [userInformation(bytes("54 00 0007 0011", '"1.2"', "01 01"))],
      "DUL Illegal SCU-SCP role list UID. Got 7 bytes of data with a length" +
      ` field of 17${LENGTH_FIELD}.`,
    ],
    [
      "a role whose UID leaves no room for the roles",
      [userInformation(bytes("54 00 0007 0004", '"1.2"', "01 01"))],
      "DUL Illegal SCU-SCP role list UID. Got 7 bytes of data with a length" +
      ` field of 4${LENGTH_FIELD}.`,
    ],
    [
      "an extended negotiation of five bytes",
      [userInformation(bytes("56 00 0001 00"))],
      "DUL Illegal extended negotiation. Got 5 bytes of data." +
      " The minimum allowed size is 6.",
    ],
    [
      "an extended negotiation whose UID is longer than it",
      [userInformation(bytes("56 00 0005 0009", '"1.2"'))],
      "DUL Illegal extended negotiation item. Got 5 bytes of data with a" +
      ` length field of 9${LENGTH_FIELD}.`,
    ],
    [
      "a user identity response of one byte",
      [userInformation(bytes("59 00 0001 00"))],
      "DUL illegal user identify ac length 5." +
      " Need at least 6 bytes for user identify ac",
    ],
    [
      "a user identity response whose item has one byte, though more follow",
      [userInformation(bytes("59 00 0001 00"), MAXIMUM_LENGTH)],
      "DUL illegal user identify ac length 13. Info claims to be 1 bytes." +
      " Response claims to be 0 bytes.",
    ],
    [
      "a user identity response longer than its item",
      [userInformation(bytes("59 00 0004 0005", '"ab"'))],
      "DUL illegal user identify ac length 8. Info claims to be 4 bytes." +
      " Response claims to be 5 bytes.",
    ],
  ];

for (const [name, items, text] of ILL_FORMED) {
  Deno.test(`${name} is refused in the reference's words`, () => {
    const { pdu, condition } = refusal(...items);
    assert.equal(pdu, "A-ASSOCIATE-AC");
    assert.deepEqual(condition, {
      code: "0006:0307",
      text: "DUL Illegal or ill-formed PDU",
      cause: { code: "0006:0308", text },
    });
  });
}

Deno.test("an acceptance shorter than its fixed fields is refused", () => {
  assert.throws(() => decodePdu(2, ASSOCIATE_AC.subarray(6, 6 + 67)), {
    fault: "truncated",
    offset: 6,
    condition: {
      code: "0006:0307",
      text: "DUL Illegal or ill-formed PDU",
      cause: {
        code: "0006:0308",
        text: "DUL Illegal associate PDU. Got 67 bytes of data." +
          " The minimum allowed size is 68.",
      },
    },
  });
});

Deno.test("a length that is too small and one that is too large differ in fault", () => {
  const short = refusal(bytes("21 00 0003 010000 00 00"));
  assert.equal(short.fault, "bad-length");
  const long = refusal(bytes("21 00 0006 01000000 00"));
  assert.equal(long.fault, "overrun");
  const noSyntax = refusal(bytes("21 00 0004 01000000"));
  assert.equal(noSyntax.fault, "wrong-count");
  const noRoom = refusal(userInformation(bytes("54 00 0006 0003 312e32 01")));
  assert.equal(
    noRoom.field,
    "user information > role selection > SOP Class UID",
  );
});

Deno.test("an error names PDU, field, offset and fault", () => {
  const error = refusal(
    APPLICATION_CONTEXT, // 25 bytes at offset 74
    item(0x21, "01 00 00 00", "40 00 0011", '"abc"'), // sub-item 8 bytes in
  );
  assert.equal(error.field, "presentation context > transfer syntax");
  assert.equal(error.offset, 74 + 25 + 8);
  assert.equal(error.fault, "overrun");
  assert.match(
    String(error),
    /^PduError: A-ASSOCIATE-AC: presentation context > transfer syntax at offset 107: overrun: DUL Illegal subitem/,
  );
});
