import assert from "node:assert/strict";
import {
  Der,
  integerHex,
  oidText,
  readTime,
  smallInteger,
} from "../../lib/x509/der.ts";
import { X509Error } from "../../lib/x509/types.ts";
import { oid, utf8 } from "../support/der.ts";

function der(hex: string): Der {
  return new Der(Uint8Array.fromHex(hex));
}

Deno.test("a value is read with what is around it", () => {
  const values = der("0401aa8200");
  const { tag, content, whole } = values.next("first", 0x04);
  assert.deepEqual([tag, content.toHex(), whole.toHex()], [4, "aa", "0401aa"]);
  assert.equal(values.optional("second", 0x81), undefined);
  assert.equal(values.optional("second", 0x82)?.content.byteLength, 0);
  assert.ok(values.atEnd);
});

Deno.test("a length takes up to four bytes, and never more than there is", () => {
  assert.equal(der("048400000001ff").next("x").content.toHex(), "ff");
  for (
    const hex of ["", "04", "0402aa", "0481", "0484ffffffff00", "3080000000"]
  ) assert.throws(() => der(hex).next("x"), X509Error, hex);
  assert.throws(() => der("04850000000001ff").next("x"), X509Error);
});

Deno.test("tags of more than a byte, and others than wanted, are refused", () => {
  assert.throws(() => der("1f8100").next("x"), X509Error);
  assert.throws(() => der("0400").next("x", 0x30), /x: tag 0x04, not 0x30/);
});

Deno.test("object identifiers are read as they are written", () => {
  for (const text of ["2.5.29.15", "1.2.840.113549.1.1.11", "0.9"]) {
    assert.equal(oidText(oid(text).subarray(2)), text);
  }
  assert.equal(oidText(Uint8Array.fromHex("883701")), "2.999.1");
  assert.throws(() => oidText(Uint8Array.of()), X509Error);
  assert.throws(() => oidText(Uint8Array.of(0x55, 0x80)), X509Error);
});

Deno.test("times are of UTC, to the second, and exist", () => {
  const at = (text: string, tag: number): string =>
    readTime(new Der(utf8(text, tag)), "time").toISOString();
  assert.equal(at("491231235959Z", 0x17), "2049-12-31T23:59:59.000Z");
  assert.equal(at("500101000000Z", 0x17), "1950-01-01T00:00:00.000Z");
  assert.equal(at("20500101000000Z", 0x18), "2050-01-01T00:00:00.000Z");
  assert.equal(at("240229235958Z", 0x17), "2024-02-29T23:59:58.000Z");
  assert.equal(at("00990301010203Z", 0x18), "0099-03-01T01:02:03.000Z");
  assert.equal(at("99991231235959Z", 0x18), "9999-12-31T23:59:59.000Z");
  for (
    const [text, tag] of [
      ["20500101000000Z", 0x17],
      ["500101000000Z", 0x18],
      ["5001010000Z", 0x17],
      ["500101000000+0100", 0x17],
      ["501301000000Z", 0x17],
      ["260230000000Z", 0x17],
      ["260229000000Z", 0x17],
      ["260431000000Z", 0x17],
      ["260400000000Z", 0x17],
      ["260101240000Z", 0x17],
      ["260101000060Z", 0x17],
      ["26010100000:Z", 0x17],
      ["260101000000z", 0x17],
      ["21000229000000Z", 0x18],
      ["", 0x17],
      ["500101000000Z", 0x0c],
    ] as const
  ) assert.throws(() => at(text, tag), X509Error, text);
});

Deno.test("a number that is negative or huge is refused", () => {
  assert.equal(smallInteger(Uint8Array.of(1, 0), "x"), 256);
  assert.throws(() => smallInteger(Uint8Array.of(0x80), "x"), X509Error);
  assert.throws(() => smallInteger(Uint8Array.of(), "x"), X509Error);
  assert.throws(() => smallInteger(new Uint8Array(5), "x"), X509Error);
});

Deno.test("a number has no byte more than it needs", () => {
  const of = (hex: string): string => integerHex(Uint8Array.fromHex(hex));
  assert.deepEqual(["00", "0080", "7f", "ff7f", "80"].map(of), [
    "00",
    "80",
    "7F",
    "FF7F",
    "80",
  ]);
  for (const hex of ["", "0000", "007f", "ff80", "ffff"]) {
    assert.throws(() => of(hex), X509Error, hex);
  }
  assert.throws(() => smallInteger(Uint8Array.of(0, 1), "x"), X509Error);
});
