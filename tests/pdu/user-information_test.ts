import assert from "node:assert/strict";
import { encodePdu } from "../../lib/pdu/codec.ts";
import { PduError } from "../../lib/pdu/error.ts";
import type { UserInformationItem } from "../../lib/pdu/types.ts";
import { bytes } from "../support/golden.ts";
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
