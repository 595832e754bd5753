import assert from "node:assert/strict";
import fc from "fast-check";
import { type PeerProtocol, recognise } from "../../lib/net/peer-protocol.ts";
import { ABORT, ASSOCIATE_RQ, bytes, RELEASE_RQ } from "../support/golden.ts";

const CASES: readonly (readonly [PeerProtocol, Uint8Array])[] = [
  ["TLS", bytes("15 03 01 0002 02 28")],
  ["TLS", bytes("15 03 03 0002")],
  ["TLS", bytes("16 03 03 007a 02 000076")],
  ["DICOM", ABORT],
  ["DICOM", bytes("03 00 00000004 00 01 01 07")],
  ["DICOM", bytes("02 00 000000b8 0001 0000")],
  ["DICOM", bytes("07 00 00000004")],
  ["HTTP", bytes('"HTTP/1.1 400 Bad Request"')],
  ["HTTP", bytes('"HTTP/1.0 200 OK"')],
  ["SSH", bytes('"SSH-2.0-OpenSSH_9.2"', "0d 0a")],
  ["HL7", bytes("0b", '"MSH|^~\\&|"')],
  ["FTP or SMTP", bytes('"220 mail.test ESMTP"')],
  ["FTP or SMTP", bytes('"220-Welcome"')],
  ["FTP or SMTP", bytes('"500 5.5.1 Command unrecognized"')],
];

for (const [protocol, start] of CASES) {
  Deno.test(`${protocol} is recognised by ${start.subarray(0, 12)}`, () => {
    assert.equal(recognise(start), protocol);
  });
}

Deno.test("what is only similar is not mistaken", () => {
  const similar = [
    bytes(""),
    bytes("15"),
    bytes("15 03 03"),
    bytes("15 03 03 0003"),
    bytes("15 02 03 0002"),
    bytes("16 03 05 0010"),
    bytes("16 03 03 0000"),
    bytes("16 03 03 4001"),
    bytes("17 03 03 0010"),
    bytes("07"),
    bytes("07 00 00000005"),
    bytes("07 01 00000004"),
    bytes("07 00 00000004 00 00 07 00"),
    bytes("03 00 00000004 00 00 01 01"),
    bytes("03 00 00000004 00 01 09 01"),
    bytes("02 00 00000010"),
    bytes("02 00 7fffffff"),
    ASSOCIATE_RQ,
    RELEASE_RQ,
    bytes('"HTTP"'),
    bytes('"HTTPS is fun"'),
    bytes('"SSH is fun"'),
    bytes("0b", '"HELLO"'),
    bytes('"MSH|^~"'),
    bytes('"220"'),
    bytes('"2200 lines"'),
    bytes('"404 not found"'),
    new Uint8Array(64),
  ];
  for (const start of similar) {
    assert.equal(recognise(start), "unknown", String(start.subarray(0, 12)));
  }
});

Deno.test("any bytes at all have an answer, and more of them the same", () => {
  fc.assert(fc.property(fc.uint8Array({ minLength: 16 }), (start) => {
    assert.equal(recognise(start), recognise(start.subarray(0, 16)));
  }));
});
