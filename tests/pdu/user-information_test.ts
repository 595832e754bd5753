import assert from "node:assert/strict";
import { encodePdu } from "../../lib/pdu/codec.ts";
import { PduError } from "../../lib/pdu/error.ts";
import type { UserInformationItem } from "../../lib/pdu/types.ts";
import { bytes } from "../support/golden.ts";
import { item } from "../support/pdus.ts";
import {
  APPLICATION_CONTEXT,
  associate,
  readAccept,
  userInformation,
} from "./parts.ts";

/** The bytes of one sub-item, and what they say. */
interface Golden {
  readonly bytes: Uint8Array;
  readonly item: UserInformationItem;
}

const GOLDEN: Readonly<Record<string, Golden>> = {
  "maximum length (PS3.8 Table D.1-1)": {
    bytes: bytes(
      "51 00 0004", // type, reserved, length
      "00020000", // maximum length received: 131072
    ),
    item: { item: "maximum-length", maximumLength: 131072 },
  },
  "implementation class UID (PS3.7 Table D.3-1)": {
    bytes: bytes(
      "52 00 0007", // type, reserved, length
      '"1.2.276"', // implementation class UID
    ),
    item: { item: "implementation-class-uid", uid: "1.2.276" },
  },
  "asynchronous operations window (PS3.7 Table D.3-7)": {
    bytes: bytes(
      "53 00 0004", // type, reserved, length
      "0005 0000", // maximum operations invoked: 5, performed: unlimited
    ),
    item: {
      item: "asynchronous-operations-window",
      maximumInvoked: 5,
      maximumPerformed: 0,
    },
  },
  "SCP/SCU role selection (PS3.7 Table D.3-9)": {
    bytes: bytes(
      "54 00 0015", // type, reserved, length
      "0011", // SOP Class UID length: 17
      '"1.2.840.10008.1.1"', // SOP Class UID
      "01 00", // SCU role: supported, SCP role: not
    ),
    item: {
      item: "role-selection",
      sopClassUid: "1.2.840.10008.1.1",
      scuRole: 1,
      scpRole: 0,
    },
  },
  "implementation version name (PS3.7 Table D.3-3)": {
    bytes: bytes(
      "55 00 0006", // type, reserved, length
      '"PACS 1"', // implementation version name
    ),
    item: { item: "implementation-version-name", name: "PACS 1" },
  },
  "SOP class extended negotiation (PS3.7 Table D.3-11)": {
    bytes: bytes(
      "56 00 0015", // type, reserved, length
      "0011", // SOP Class UID length: 17
      '"1.2.840.10008.1.1"', // SOP Class UID
      "01 ff", // service class application information
    ),
    item: {
      item: "extended-negotiation",
      sopClassUid: "1.2.840.10008.1.1",
      serviceClassApplicationInformation: bytes("01 ff"),
    },
  },
  "SOP class common extended negotiation (PS3.7 Table D.3-12)": {
    bytes: bytes(
      "57 00 001d", // type, sub-item version, length
      "0005", // SOP Class UID length: 5
      '"1.2.3"', // SOP Class UID
      "0005", // service class UID length: 5
      '"1.2.4"', // service class UID
      "000d", // length of the related general SOP classes: 13
      "0004", // related general SOP Class UID length: 4
      '"1.20"',
      "0005", // related general SOP Class UID length: 5
      '"1.2.5"',
    ),
    item: {
      item: "common-extended-negotiation",
      sopClassUid: "1.2.3",
      serviceClassUid: "1.2.4",
      relatedGeneralSopClassUids: ["1.20", "1.2.5"],
      reserved: new Uint8Array(),
    },
  },
  "user identity (PS3.7 Table D.3-14)": {
    bytes: bytes(
      "58 00 000d", // type, reserved, length
      "02 01", // user name and passcode, positive response requested
      "0003", // primary field length: 3
      '"bob"', // primary field
      "0004", // secondary field length: 4
      '"pass"', // secondary field
    ),
    item: {
      item: "user-identity",
      identityType: 2,
      positiveResponseRequested: true,
      primaryField: bytes('"bob"'),
      secondaryField: bytes('"pass"'),
    },
  },
  "user identity response (PS3.7 Table D.3-15)": {
    bytes: bytes(
      "59 00 0005", // type, reserved, length
      "0003", // server response length: 3
      "0a 0b 0c", // server response
    ),
    item: {
      item: "user-identity-response",
      serverResponse: bytes("0a 0b 0c"),
    },
  },
  "a sub-item that is not known": {
    bytes: bytes(
      "7f 00 0002", // type, reserved, length
      "be ef", // value
    ),
    item: { item: "unknown", itemType: 0x7f, data: bytes("be ef") },
  },
};

/** A sub-item after all that is known, to see where reading goes on. */
const NEXT = GOLDEN["maximum length (PS3.8 Table D.1-1)"];
assert.ok(NEXT !== undefined);

for (const [name, golden] of Object.entries(GOLDEN)) {
  Deno.test(`${name} is read and the next item after it`, () => {
    const { userInformation: items } = readAccept([
      userInformation(golden.bytes, NEXT.bytes),
    ]);
    assert.deepEqual(items, [golden.item, NEXT.item]);
  });

  Deno.test(`${name} is written byte for byte`, () => {
    const pdu = encodePdu({
      type: "A-ASSOCIATE-AC",
      protocolVersion: 1,
      calledAeTitle: "ANY-SCP",
      callingAeTitle: "ECHOSCU",
      applicationContext: "1.2.840.10008.3.1.1.1",
      presentationContexts: [],
      userInformation: [golden.item],
      unknownItems: [],
    });
    assert.deepEqual(
      pdu.slice(),
      associate(2, APPLICATION_CONTEXT, userInformation(golden.bytes)),
    );
  });

  Deno.test(`${name} cut short anywhere is refused or nothing`, () => {
    for (let length = 1; length < golden.bytes.byteLength; length++) {
      const cut = golden.bytes.subarray(0, length);
      assert.throws(
        () => readAccept([userInformation(cut)]),
        PduError,
        `${length} bytes`,
      );
    }
  });
}

Deno.test("sub-items keep the order in which they came", () => {
  const all = Object.values(GOLDEN);
  const { userInformation: items } = readAccept([
    userInformation(...all.map(({ bytes }) => bytes).reverse()),
  ]);
  assert.deepEqual(items, all.map(({ item }) => item).reverse());
});

Deno.test("a maximum length of more than four bytes is read with a warning", () => {
  const warnings: string[] = [];
  const { userInformation: items } = readAccept(
    [userInformation(bytes("51 00 0005 00004000 ff"))],
    (text) => warnings.push(text),
  );
  assert.deepEqual(items, [{ item: "maximum-length", maximumLength: 16384 }]);
  assert.deepEqual(warnings, [
    "Invalid length (5) for maximum length item, must be 4",
  ]);
});

Deno.test("texts and a role's UID of 64 bytes are taken whole and without a warning", () => {
  const warnings: string[] = [];
  const long = "1".repeat(64);
  const { userInformation: items } = readAccept(
    [
      userInformation(
        bytes("52 00 0040", `"${long}"`),
        bytes("55 00 0040", `"${long}"`),
        bytes("54 00 0044 0040", `"${long}"`, "01 01"),
      ),
    ],
    (text) => warnings.push(text),
  );
  assert.deepEqual(items, [
    { item: "implementation-class-uid", uid: long },
    { item: "implementation-version-name", name: long },
    { item: "role-selection", sopClassUid: long, scuRole: 1, scpRole: 1 },
  ]);
  assert.deepEqual(warnings, []);
});

Deno.test("an item of 65535 bytes is read whole", () => {
  const data = new Uint8Array(0xffff - 4).fill(0x61);
  const { userInformation: items } = readAccept([
    userInformation(item(0x77, data)),
  ]);
  assert.deepEqual(items, [{ item: "unknown", itemType: 0x77, data }]);
});

Deno.test("an empty user identity response is read as no bytes", () => {
  const { userInformation: items } = readAccept([
    userInformation(bytes("59 00 0002 0000")),
  ]);
  assert.deepEqual(items, [
    { item: "user-identity-response", serverResponse: new Uint8Array() },
  ]);
});

Deno.test("a user identity whose field is longer than it is refused", () => {
  for (const identity of ["01 00 0004 6162 0000", "02 00 0001 61 0002 62"]) {
    assert.throws(() => readAccept([userInformation(item(0x58, identity))]), {
      name: "PduError",
      fault: "truncated",
      field: "user information > user identity",
    });
  }
});

Deno.test("a maximum length of three bytes does not read on into the next item", () => {
  const items = [bytes("51 00 0003 004000"), bytes("52 00 0003", '"1.2"')];
  assert.throws(() => readAccept([userInformation(...items)]), {
    name: "PduError",
    fault: "bad-length",
    field: "user information > maximum length",
    condition: {
      code: "0006:0307",
      text: "DUL Illegal or ill-formed PDU",
      cause: {
        code: "0006:0308",
        text: "DUL Illegal Max PDU. Got 14 bytes of data with a length field" +
          " of 3 (data before length field is not included in length field).",
      },
    },
  });
});

Deno.test("a role's UID of more than 64 bytes is cut and the roles still found", () => {
  const warnings: string[] = [];
  const { userInformation: items } = readAccept(
    [userInformation(bytes("54 00 004a 0046", `"${"1".repeat(70)}"`, "01 00"))],
    (text) => warnings.push(text),
  );
  assert.deepEqual(items, [{
    item: "role-selection",
    sopClassUid: "1".repeat(64),
    scuRole: 1,
    scpRole: 0,
  }]);
  assert.deepEqual(warnings, [
    "Provided role SOP Class UID length 70 is larger than maximum allowed" +
    " UID length 64 (will use 64 bytes max)",
  ]);
});

Deno.test("an item that the reference passes over is kept when it is odd inside", () => {
  const odd = [
    bytes("53 00 0001 00"), // asynchronous operations, one byte
    bytes("53 00 0005 0001 0001 00"), // asynchronous operations, five bytes
    bytes("57 00 0004 0009 312e"), // common extended, UID beyond its end
  ];
  const { userInformation: items } = readAccept([userInformation(...odd)]);
  assert.deepEqual(items, [
    { item: "unknown", itemType: 0x53, data: bytes("00") },
    { item: "unknown", itemType: 0x53, data: bytes("0001 0001 00") },
    { item: "unknown", itemType: 0x57, data: bytes("0009 312e") },
  ]);
});

Deno.test("UIDs lose the NULs and blanks that peers pad them with", () => {
  const { userInformation: items } = readAccept([
    userInformation(
      bytes("52 00 0006", '"1.2.3"', "00"),
      bytes("52 00 0007", '"1.2.3  "'),
      bytes("54 00 000a 0006", '"1.2.3"', "00 00 01"),
    ),
  ]);
  assert.deepEqual(items, [
    { item: "implementation-class-uid", uid: "1.2.3" },
    { item: "implementation-class-uid", uid: "1.2.3" },
    { item: "role-selection", sopClassUid: "1.2.3", scuRole: 0, scpRole: 1 },
  ]);
});

Deno.test("the blanks of a version name stay", () => {
  const { userInformation: items } = readAccept([
    userInformation(bytes("55 00 0005", '"V 1 "', "00")),
  ]);
  assert.deepEqual(items, [
    { item: "implementation-version-name", name: "V 1 " },
  ]);
});
