import assert from "node:assert/strict";
import { decodePdu, encodePdu } from "../../lib/pdu/codec.ts";
import type { AssociateRequest } from "../../lib/pdu/types.ts";
import { ASSOCIATE_AC, ASSOCIATE_RQ, bytes } from "../support/golden.ts";
import { item } from "../support/pdus.ts";
import {
  ACCEPTED_CONTEXT,
  APPLICATION_CONTEXT,
  EXPLICIT,
  IMPLICIT,
  MAXIMUM_LENGTH,
  readAccept,
  readRequest,
  userInformation,
} from "./parts.ts";

Deno.test("an acceptance without any item is read as empty fields", () => {
  assert.deepEqual(readAccept([]), {
    type: "A-ASSOCIATE-AC",
    protocolVersion: 1,
    calledAeTitle: "ANY-SCP",
    callingAeTitle: "ECHOSCU",
    applicationContext: "",
    presentationContexts: [],
    userInformation: [],
    unknownItems: [],
  });
});

Deno.test("items come in any order, and unknown ones are kept", () => {
  const read = readAccept([
    item(0x99, "01 02"),
    userInformation(MAXIMUM_LENGTH),
    ACCEPTED_CONTEXT,
    item(0x20, "00"),
    APPLICATION_CONTEXT,
  ]);
  assert.equal(read.applicationContext, "1.2.840.10008.3.1.1.1");
  assert.equal(read.presentationContexts.length, 1);
  assert.equal(read.userInformation.length, 1);
  assert.deepEqual(read.unknownItems, [
    { itemType: 0x99, data: bytes("01 02") },
    { itemType: 0x20, data: bytes("00") },
  ]);
});

Deno.test("of two application contexts the last counts; user information adds up", () => {
  const read = readAccept([
    item(0x10, '"1.2.3"'),
    APPLICATION_CONTEXT,
    userInformation(MAXIMUM_LENGTH),
    userInformation(bytes("51 00 0004 00002000")),
  ]);
  assert.equal(read.applicationContext, "1.2.840.10008.3.1.1.1");
  assert.deepEqual(read.userInformation, [
    { item: "maximum-length", maximumLength: 16384 },
    { item: "maximum-length", maximumLength: 8192 },
  ]);
});

Deno.test("a protocol version without bit 0 is data, for others to judge", () => {
  const body = ASSOCIATE_AC.slice(6);
  body[0] = 0x80;
  body[1] = 0x02;
  const read = decodePdu(2, body);
  assert.ok(read.type === "A-ASSOCIATE-AC");
  assert.equal(read.protocolVersion, 0x8002);
});

Deno.test("reserved bytes are not tested", () => {
  const body = ASSOCIATE_AC.slice(6);
  body.fill(0xff, 2, 4); // after the protocol version
  body.fill(0xff, 36, 68); // after the titles
  body[69] = 0xff; // of the application context item
  body[94] = 0xff; // of the presentation context item
  body[98] = 0xff; // after the context ID
  body[100] = 0xff; // after the result
  assert.deepEqual(decodePdu(2, body), decodePdu(2, ASSOCIATE_AC.subarray(6)));
});

Deno.test("titles lose NULs and blanks at their end only", () => {
  const body = ASSOCIATE_AC.slice(6);
  body.set(bytes('" A B"', "00", '"         "', "00 00"), 4);
  body.fill(0, 20, 36);
  const read = decodePdu(2, body);
  assert.ok(read.type === "A-ASSOCIATE-AC");
  assert.equal(read.calledAeTitle, " A B");
  assert.equal(read.callingAeTitle, "");
});

Deno.test("titles are written padded with blanks, and cut to 16 bytes", () => {
  const request = decodePdu(1, ASSOCIATE_RQ.subarray(6));
  assert.ok(request.type === "A-ASSOCIATE-RQ");
  const odd: AssociateRequest = {
    ...request,
    calledAeTitle: "ABCDEFGHIJKLMNOPQRST",
    callingAeTitle: "\u00e9\u0416",
  };
  assert.deepEqual(
    encodePdu(odd).slice(10, 42),
    bytes('"ABCDEFGHIJKLMNOP"', "e9 3f", '"              "'),
  );
});

Deno.test("a proposed context with several syntaxes and unknown sub-items is read", () => {
  const { presentationContexts } = readRequest(item(
    0x20,
    "05 00 00 00",
    item(0x30, '"1.2.840.10008.1.1"'),
    item(0x77, "ff"),
    IMPLICIT,
    EXPLICIT,
  ));
  assert.deepEqual(presentationContexts, [{
    id: 5,
    abstractSyntax: "1.2.840.10008.1.1",
    transferSyntaxes: ["1.2.840.10008.1.2", "1.2.840.10008.1.2.1"],
  }]);
});

Deno.test("128 proposed contexts are written and read back in their order", () => {
  const request = decodePdu(1, ASSOCIATE_RQ.subarray(6));
  assert.ok(request.type === "A-ASSOCIATE-RQ");
  const [context] = request.presentationContexts;
  assert.ok(context !== undefined);
  const presentationContexts = Array.from(
    { length: 128 },
    (_, i) => ({ ...context, id: 2 * i + 1 }),
  );
  const many = { ...request, presentationContexts };
  const written = encodePdu(many);
  assert.equal(written.byteLength, ASSOCIATE_RQ.byteLength + 127 * 50);
  assert.deepEqual(decodePdu(1, written.subarray(6)), many);
});

Deno.test("nothing about the syntax of a refused context is an error", () => {
  const refused: readonly (readonly [string, readonly Uint8Array[], string])[] =
    [
      ["none", [], ""],
      ["one", [IMPLICIT], "1.2.840.10008.1.2"],
      ["two", [EXPLICIT, IMPLICIT], "1.2.840.10008.1.2.1"],
      ["beyond its end", [bytes("40 00 ffff 31")], ""],
      ["garbage", [bytes("ff ff ff")], ""],
    ];
  for (const [name, subItems, transferSyntax] of refused) {
    const context = item(0x21, "03 00 04 00", ...subItems);
    const read = readAccept([context, APPLICATION_CONTEXT]);
    assert.deepEqual(
      read.presentationContexts,
      [{ id: 3, result: 4, transferSyntax }],
      name,
    );
    assert.notEqual(read.applicationContext, "", name);
  }
});

Deno.test("an item of more than 65535 bytes cannot be written", () => {
  const request = decodePdu(1, ASSOCIATE_RQ.subarray(6));
  assert.ok(request.type === "A-ASSOCIATE-RQ");
  const data = new Uint8Array(0x10000);
  const unknownItems = [{ itemType: 0x99, data }];
  assert.throws(() => encodePdu({ ...request, unknownItems }), {
    name: "WriteError",
  });
});
