import assert from "node:assert/strict";
import * as fc from "fast-check";
import {
  type CommandSet,
  decodeCommandSet,
  encodeCommandSet,
  getText,
  getUnsignedShort,
  isKnownCommandField,
  TAG,
  uniqueIdentifier,
  unsignedShort,
} from "../../lib/dimse/command-set.ts";
import { echoRequest, echoResponse } from "../../lib/dimse/echo.ts";
import { bytes, P_DATA_ECHO_RQ, P_DATA_ECHO_RSP } from "../support/golden.ts";
import { commandSet, element, text } from "../support/pdus.ts";

/** C-ECHO-RQ (PS3.7 Table 9.3-12), message 0x1234. */
const ECHO_RQ = bytes(
  "0000 0000 04000000 38000000", // group length: 56
  "0000 0200 12000000", // affected SOP class UID, length 18
  '"1.2.840.10008.1.1"',
  "00", // padding to even length
  "0000 0001 02000000 3000", // command field: C-ECHO-RQ
  "0000 1001 02000000 3412", // message ID: 0x1234
  "0000 0008 02000000 0101", // command data set type: no data set
);

/** C-ECHO-RSP (PS3.7 Table 9.3-13) to message 0xFFFE, status 0x0122. */
const ECHO_RSP = bytes(
  "0000 0000 04000000 42000000", // group length: 66
  "0000 0200 12000000", // affected SOP class UID, length 18
  '"1.2.840.10008.1.1"',
  "00", // padding to even length
  "0000 0001 02000000 3080", // command field: C-ECHO-RSP
  "0000 2001 02000000 feff", // message ID being responded to: 0xFFFE
  "0000 0008 02000000 0101", // command data set type: no data set
  "0000 0009 02000000 2201", // status: 0x0122
);

/** PDU header, PDV length, context ID and message control header. */
const HEADERS = 12;

Deno.test("a C-ECHO-RQ has the bytes of the standard's table", () => {
  assert.deepEqual(encodeCommandSet(echoRequest(0x1234)), ECHO_RQ);
  assert.deepEqual(
    encodeCommandSet(echoRequest(1)),
    P_DATA_ECHO_RQ.slice(HEADERS),
  );
});

Deno.test("a C-ECHO-RSP has the bytes of the standard's table", () => {
  assert.deepEqual(encodeCommandSet(echoResponse(0xfffe, 0x0122)), ECHO_RSP);
  assert.deepEqual(
    encodeCommandSet(echoResponse(1, 0)),
    P_DATA_ECHO_RSP.slice(HEADERS),
  );
});

Deno.test("a command set is read with its group length", () => {
  const { elements, fault } = decodeCommandSet(ECHO_RSP);
  assert.equal(fault, undefined);
  assert.deepEqual(elements, [
    { tag: 0x00000000, value: bytes("42000000") },
    { tag: 0x00000002, value: bytes('"1.2.840.10008.1.1"', "00") },
    { tag: 0x00000100, value: bytes("3080") },
    { tag: 0x00000120, value: bytes("feff") },
    { tag: 0x00000800, value: bytes("0101") },
    { tag: 0x00000900, value: bytes("2201") },
  ]);
});

Deno.test("no bytes at all are an empty command set", () => {
  assert.deepEqual(decodeCommandSet(new Uint8Array(0)), {
    elements: [],
    fault: undefined,
  });
});

Deno.test("a command set that is cut anywhere keeps its whole elements and says why", () => {
  const ends = [0, 12, 38, 48, 58, 68, 78];
  for (let length = 0; length <= ECHO_RSP.byteLength; length++) {
    const { elements, fault } = decodeCommandSet(ECHO_RSP.subarray(0, length));
    const whole = ends.filter((end) => end <= length).length - 1;
    assert.equal(elements.length, whole, `${length} bytes`);
    assert.equal(fault === undefined, ends.includes(length), `${length} bytes`);
  }
});

Deno.test("a fault names field, offset and bytes", () => {
  const overrun = bytes("0000 0009 ffffffff 0000");
  assert.deepEqual(decodeCommandSet(overrun), {
    elements: [],
    fault: "value at offset 8: 4294967295 bytes wanted, 2 left",
  });
  const short = decodeCommandSet(bytes("0000 0009 0200"));
  assert.match(short.fault ?? "", /^value length at offset 4: /);
});

Deno.test("an element of another group is a fault", () => {
  const { elements, fault } = decodeCommandSet(
    bytes("0000 0009 02000000 0000", "0800 1600 00000000"),
  );
  assert.equal(elements.length, 1);
  assert.equal(fault, "group 0008 at offset 10");
});

/** The first of several counts, so that the rest can be judged as well. */
Deno.test("an element that comes twice is a fault, the rest is read", () => {
  const { elements, fault } = decodeCommandSet(commandSet(
    element(0x0900, "0000"),
    element(0x0900, "2201"),
    element(0x0120, "0100"),
    element(0x0120, "0100"),
  ));
  assert.equal(fault, "element (0000,0900) again at offset 22");
  assert.equal(getUnsignedShort(elements, TAG.status), 0);
  assert.equal(elements.length, 5);
});

const BY_TAG = { selector: (one: { readonly tag: number }): number => one.tag };

Deno.test("every command set comes back from its bytes", () => {
  const anyElement = fc.record({
    tag: fc.integer({ min: 1, max: 0xffff }),
    value: fc.uint8Array({ maxLength: 40 }),
  }, { noNullPrototype: true });
  fc.assert(
    fc.property(
      fc.uniqueArray(anyElement, { ...BY_TAG, maxLength: 8 }),
      (elements) => {
        const encoded = encodeCommandSet(elements);
        const decoded = decodeCommandSet(encoded);
        assert.equal(decoded.fault, undefined);
        const [groupLength, ...rest] = decoded.elements;
        assert.deepEqual(rest, elements);
        assert.equal(groupLength?.tag, 0);
        const { value = new Uint8Array(4) } = groupLength ?? {};
        const length = new DataView(value.buffer, value.byteOffset)
          .getUint32(0, true);
        assert.equal(length, encoded.byteLength - 12);
      },
    ),
    { numRuns: 500, seed: 38 },
  );
});

Deno.test("random bytes are a command set or a fault, never an exception", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (random) => {
      const { elements, fault } = decodeCommandSet(random);
      assert.ok(fault !== undefined || random.length === 0 || elements.length);
    }),
    { numRuns: 1000, seed: 38 },
  );
});

function decoded(...elements: readonly Uint8Array[]): CommandSet {
  return decodeCommandSet(commandSet(...elements)).elements;
}

Deno.test("a number is read little-endian, and missing where there is not exactly one", () => {
  const elements = decoded(
    element(0x0900, "22 01"),
    element(0x0110, "07"),
    element(0x0120),
    element(0x0800, "0101"),
    element(0x0100, "3080 3080"),
  );
  assert.equal(getUnsignedShort(elements, TAG.status), 0x0122);
  assert.equal(getUnsignedShort(elements, TAG.messageId), undefined);
  assert.equal(
    getUnsignedShort(elements, TAG.messageIdBeingRespondedTo),
    undefined,
  );
  assert.equal(getUnsignedShort(elements, TAG.commandDataSetType), 0x0101);
  assert.equal(getUnsignedShort(elements, TAG.commandField), undefined);
});

Deno.test("zero is a number that is there", () => {
  assert.equal(
    getUnsignedShort(decoded(element(0x0900, "0000")), TAG.status),
    0,
  );
});

Deno.test("a text loses its padding and nothing else", () => {
  const tag = TAG.affectedSopClassUid;
  for (
    const [value, expected] of [
      ["1.2.3\0", "1.2.3"],
      ["1.2.3 ", "1.2.3"],
      ["1.2.3\0\0 ", "1.2.3"],
      [" 1.2", " 1.2"],
      ["", ""],
      ["a\xff", "a\xff"],
    ] as const
  ) assert.equal(getText(decoded(element(0x0002, text(value))), tag), expected);
  assert.equal(getText(decoded(), tag), undefined);
});

Deno.test("UIDs are padded with NUL to an even length", () => {
  assert.deepEqual(uniqueIdentifier(2, "1.2").value, bytes('"1.2"', "00"));
  assert.deepEqual(uniqueIdentifier(2, "1.23").value, bytes('"1.23"'));
  assert.deepEqual(unsignedShort(0x900, 0xa1b2).value, bytes("b2a1"));
});

Deno.test("the command fields of PS3.7 Table E.1-1 are known, and no others", () => {
  const known = [
    ...[0x0001, 0x0010, 0x0020, 0x0021, 0x0030],
    ...[0x0100, 0x0110, 0x0120, 0x0130, 0x0140, 0x0150],
  ];
  const all = [...known, ...known.map((field) => field + 0x8000), 0x0fff];
  for (let field = 0; field <= 0xffff; field++) {
    assert.equal(
      isKnownCommandField(field),
      all.includes(field),
      field.toString(16),
    );
  }
});
