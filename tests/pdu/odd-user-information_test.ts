/** Sub-items of user information that are not as they should be. */

import assert from "node:assert/strict";
import { bytes } from "../support/golden.ts";
import { item } from "../support/pdus.ts";
import { readAccept, userInformation } from "./parts.ts";

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
