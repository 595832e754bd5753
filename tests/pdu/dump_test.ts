import assert from "node:assert/strict";
import { dumpPdu, traceAssociate, traceHeader } from "../../lib/pdu/dump.ts";
import { ASSOCIATE_AC, ASSOCIATE_RQ, bytes } from "../support/golden.ts";
import { item } from "../support/pdus.ts";
import {
  ACCEPTED_CONTEXT,
  APPLICATION_CONTEXT,
  associate,
  userInformation,
} from "./parts.ts";

Deno.test("an acceptance is dumped in rows of 16 bytes", () => {
  // What the reference prints for the same bytes.
  assert.equal(
    dumpPdu(ASSOCIATE_AC),
    `PDU Type: Associate Accept, PDU Length: 184 + 6 bytes PDU header
  02  00  00  00  00  b8  00  01  00  00  41  4e  59  2d  53  43
  50  20  20  20  20  20  20  20  20  20  45  43  48  4f  53  43
  55  20  20  20  20  20  20  20  20  20  00  00  00  00  00  00
  00  00  00  00  00  00  00  00  00  00  00  00  00  00  00  00
  00  00  00  00  00  00  00  00  00  00  10  00  00  15  31  2e
  32  2e  38  34  30  2e  31  30  30  30  38  2e  33  2e  31  2e
  31  2e  31  21  00  00  19  01  00  00  00  40  00  00  11  31
  2e  32  2e  38  34  30  2e  31  30  30  30  38  2e  31  2e  32
  50  00  00  3a  51  00  00  04  00  00  40  00  52  00  00  1b
  31  2e  32  2e  32  37  36  2e  30  2e  37  32  33  30  30  31
  30  2e  33  2e  30  2e  33  2e  36  2e  37  55  00  00  0f  4f
  46  46  49  53  5f  44  43  4d  54  4b  5f  33  36  37`,
  );
});

/** An acceptance of `total` bytes, header and all. */
function acceptanceOf(total: number): Uint8Array {
  return associate(2, item(0x99, "78".repeat(total - 74 - 4)));
}

Deno.test("a dump whose last row is full ends with a line feed", () => {
  const rows = dumpPdu(acceptanceOf(96)).split("\n");
  assert.equal(rows.length, 1 + 6 + 1);
  assert.equal(rows.at(-1), "");
});

Deno.test("512 bytes are dumped whole", () => {
  const rows = dumpPdu(acceptanceOf(512)).split("\n");
  assert.equal(
    rows[0],
    "PDU Type: Associate Accept, PDU Length: 506 + 6 bytes PDU header",
  );
  assert.equal(rows.length, 1 + 32 + 1);
});

Deno.test("of more than 512 bytes only 512 are dumped, and the dump says so", () => {
  const rows = dumpPdu(acceptanceOf(513)).split("\n");
  assert.deepEqual(rows.slice(0, 2), [
    "PDU Type: Associate Accept, PDU Length: 507 + 6 bytes PDU header",
    "Only dumping 512 bytes.",
  ]);
  assert.equal(rows.length, 2 + 32 + 1);
});

Deno.test("a request is dumped under its own name", () => {
  assert.match(dumpPdu(ASSOCIATE_RQ), /^PDU Type: Associate Request, /);
});

Deno.test("a header is shown as bytes and as what they say", () => {
  assert.deepEqual(traceHeader(bytes("02 00 000000b8")), [
    "Read PDU HEAD TCP: 02 00 00 00 00 b8",
    "Read PDU HEAD TCP: type: 02, length: 184 (b8)",
  ]);
  assert.deepEqual(
    traceHeader(bytes("03 00 00000004")).at(-1),
    [
      "Read PDU HEAD TCP: type: 03, length: 4 (04)",
    ][0],
  );
});

Deno.test("the header of an unknown PDU is shown as bytes only", () => {
  assert.deepEqual(traceHeader(bytes("ab 00 00000004")), [
    "Read PDU HEAD TCP: ab 00 00 00 00 04",
  ]);
});

Deno.test("an acceptance with every kind of item is walked through", () => {
  const uid = '"1.2.840.10008.1.1"';
  const pdu = associate(
    2,
    APPLICATION_CONTEXT,
    ACCEPTED_CONTEXT,
    item(0x21, "03 00 04 00", item(0x40, '"1.2"')), // refused
    userInformation(
      bytes("51 00 0004 00004000"), // maximum length
      item(0x52, '"1.2.3"'), // implementation class UID
      item(0x55, '"PEER"'), // implementation version name
      item(0x54, "0011", uid, "01 00"), // role selection
      item(0x56, "0011", uid, "01 00 07 41"), // extended negotiation
      item(0x53, "0001 0001"), // asynchronous operations window
      item(0x57, "0005", '"1.2.3"', "0000 0000"), // common extended
      item(0x59, "0003", '"abc"'), // user identity response
      item(0x77, '"zzz"'), // unknown
    ),
    item(0x99, '"q"'), // unknown
  );
  // What the reference prints for the same bytes, but for the values of the
  // extended negotiation, which it prints as characters.
  assert.equal(
    traceAssociate(pdu).join("\n"),
    `PDU type: 2 (A-ASSOCIATE AC), PDU Length: 262
DICOM Protocol: 1
Called AP Title:  ANY-SCP
Calling AP Title: ECHOSCU
Parsing remaining 194 bytes of A-ASSOCIATE PDU
Next item type: 10
Subitem parse: Type 10, Length 0021, Content: 1.2.840.10008.3.1.1.1
Successfully parsed Application Context
Parsing remaining 169 bytes of A-ASSOCIATE PDU
Next item type: 21
Parsing Presentation Context: (21), Length: 25
Presentation Context ID: 01
Parsing remaining 21 bytes of Presentation Context
Next item type: 40
Subitem parse: Type 40, Length 0017, Content: 1.2.840.10008.1.2
Successfully parsed Transfer Syntax
Successfully parsed Presentation Context
Parsing remaining 140 bytes of A-ASSOCIATE PDU
Next item type: 21
Parsing Presentation Context: (21), Length: 11
Presentation Context ID: 03
Successfully parsed Presentation Context
Parsing remaining 125 bytes of A-ASSOCIATE PDU
Next item type: 50
Parsing user info field (50), Length: 116
Parsing remaining 116 bytes of User Information
Next item type: 51
Maximum PDU Length: 16384
Successfully parsed Maximum PDU Length
Parsing remaining 108 bytes of User Information
Next item type: 52
Subitem parse: Type 52, Length 0005, Content: 1.2.3
Parsing remaining 99 bytes of User Information
Next item type: 55
Subitem parse: Type 55, Length 0004, Content: PEER
Parsing remaining 91 bytes of User Information
Next item type: 54
Subitem parse: Type 54, Length 0021, Content: SOP Class: 1.2.840.10008.1.1 SCU: 1 SCP: 0
Parsing remaining 66 bytes of User Information
Next item type: 56
ExtNeg Subitem parse: Type 56, Length 0023, SOP Class: 1.2.840.10008.1.1
   values: 01 00 07 41 ${""}
Parsing remaining 39 bytes of User Information
Next item type: 53
Parsing remaining 31 bytes of User Information
Next item type: 57
Parsing remaining 16 bytes of User Information
Next item type: 59
Parsing remaining 7 bytes of User Information
Next item type: 77
Successfully parsed User Information
Parsing remaining 5 bytes of A-ASSOCIATE PDU
Next item type: 99`,
  );
});

Deno.test("a request is walked through, its abstract syntax too", () => {
  const lines = traceAssociate(ASSOCIATE_RQ).join("\n").split("\n");
  assert.equal(lines[0], "PDU type: 1 (A-ASSOCIATE RQ), PDU Length: 205");
  assert.ok(
    lines.includes("Parsing Presentation Context: (20), Length: 46"),
  );
  assert.ok(
    lines.includes(
      "Subitem parse: Type 30, Length 0017, Content: 1.2.840.10008.1.1",
    ),
  );
  assert.ok(lines.includes("Successfully parsed Abstract Syntax"));
});

Deno.test("the walk ends where the PDU is ill-formed", () => {
  const pdu = associate(2, item(0x21, "01 00 00 00", "40 00 0011 616263"));
  assert.deepEqual(traceAssociate(pdu).slice(1), [
    "Parsing remaining 15 bytes of A-ASSOCIATE PDU\nNext item type: 21",
    "Parsing Presentation Context: (21), Length: 11\n" +
    "Presentation Context ID: 01",
    "Parsing remaining 7 bytes of Presentation Context\nNext item type: 40",
  ]);
});

Deno.test("the walk names a last item of which only one byte is there", () => {
  const inPdu = traceAssociate(associate(2, bytes("7e")));
  assert.equal(
    inPdu.at(-1),
    "Parsing remaining 1 bytes of A-ASSOCIATE PDU\nNext item type: 7e",
  );
  const inItem = traceAssociate(associate(2, userInformation(bytes("7d"))));
  assert.equal(
    inItem.at(-1),
    "Parsing remaining 1 bytes of User Information\nNext item type: 7d",
  );
});

Deno.test("a protocol version is shown in hexadecimal", () => {
  const pdu = ASSOCIATE_AC.slice();
  pdu.set([0x80, 0x1f], 6);
  assert.match(traceAssociate(pdu)[0] ?? "", /^DICOM Protocol: 801f$/m);
});

Deno.test("there is no walk without the fixed fields or in another protocol", () => {
  assert.deepEqual(traceAssociate(ASSOCIATE_AC.subarray(0, 6 + 67)), []);
  assert.deepEqual(traceAssociate(ASSOCIATE_AC.subarray(0, 5)), []);
  const version2 = ASSOCIATE_AC.slice();
  version2[7] = 2;
  assert.deepEqual(traceAssociate(version2), []);
});

Deno.test("text of the peer is escaped and ends at its first NUL", () => {
  const pdu = associate(
    2,
    userInformation(
      item(0x55, '"A\u001b[2JB"', "00", '"C"'),
      item(0x54, "0003", '"1\n2"', "00 00"),
    ),
  );
  pdu.set(bytes('"T\r"', "00", '"U"'), 10);
  const text = traceAssociate(pdu).join("\n");
  assert.match(text, /^Called AP Title: {2}T\\x0d$/m);
  assert.match(text, /Length 0008, Content: A\\x1b\[2JB$/m);
  assert.match(text, /Content: SOP Class: 1\\x0a2 SCU: 0 SCP: 0$/m);
});
