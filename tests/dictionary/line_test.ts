import assert from "node:assert/strict";
import type { DictionaryEntry } from "../../lib/dictionary/entry.ts";
import { type LineFault, parseLine } from "../../lib/dictionary/line.ts";

const BASE: DictionaryEntry = {
  first: 0x00090010,
  last: 0x00090010,
  groupParity: "any",
  elementParity: "any",
  creator: undefined,
  vr: "UL",
  keyword: "Name",
  vm: "1",
};

function entry(difference: Partial<DictionaryEntry>): DictionaryEntry {
  return { ...BASE, ...difference };
}

/** A one-element entry. */
function at(
  tag: number,
  difference: Partial<DictionaryEntry> = {},
): DictionaryEntry {
  return entry({ first: tag, last: tag, ...difference });
}

const GOOD: readonly (readonly [string, DictionaryEntry])[] = [
  // How many fields there are.
  ["(0009,0010)\tUL\tName", BASE],
  ["(0009,0010)\tUL\tName\t1", BASE],
  ["(0009,0010)\tUL\tName\t1\tDICOM", BASE],
  ["(0009,0010)\tUL\tName\t1\tDICOM\t", BASE],
  ["(0009,0010)\tUL\tName\t1\tDICOM\r\n", BASE],
  ["   (0009,0010)\tUL\tName", BASE],
  ["(0009,0010)\tUL\t\t1", entry({ keyword: "" })],
  ["(0009,0010)\tUL\tA Name\t1", entry({ keyword: "AName" })],
  // VR.
  ["(0009,0010)\t U L \tName", BASE],
  ["(0009,0010)\tULX\tName", BASE],
  ["(0009,0010)\tOV\tName", entry({ vr: "OV" })],
  ["(0009,0010)\tox\tName", entry({ vr: "ox" })],
  ["(0009,0010)\txs\tName", entry({ vr: "xs" })],
  ["(0009,0010)\tup\tName", entry({ vr: "up" })],
  ["(0009,0010)\tna\tName", entry({ vr: "na" })],
  ["(0009,0010)\tlt\tName", entry({ vr: "lt" })],
  ["(0009,0010)\tpx\tName", entry({ vr: "px" })],
  ["(0009,0010)\tzz\tName", entry({ vr: "zz" })],
  ["(0009,0010)\t??\tName", entry({ vr: "??" })],
  ["(0009,0010)\tA1\tName", entry({ vr: "A1" })],
  ["(0009,0010)\tA\tName", entry({ vr: "A" })],
  ["(0009,0010)\t\tName", entry({ vr: "" })],
  // VM.
  ["(0009,0010)\tUL\tName\t1-n", entry({ vm: "1-n" })],
  ["(0009,0010)\tUL\tName\t 1 - n ", entry({ vm: "1-n" })],
  ["(0009,0010)\tUL\tName\t1-N", entry({ vm: "1-N" })],
  ["(0009,0010)\tUL\tName\tn", entry({ vm: "n" })],
  ["(0009,0010)\tUL\tName\t2n", entry({ vm: "2n" })],
  ["(0009,0010)\tUL\tName\t2-2n", entry({ vm: "2-2n" })],
  ["(0009,0010)\tUL\tName\t1-99", entry({ vm: "1-99" })],
  ["(0009,0010)\tUL\tName\t-1", entry({ vm: "-1" })],
  ["(0009,0010)\tUL\tName\t3-+4", entry({ vm: "3-+4" })],
  ["(0009,0010)\tUL\tName\t1-n or 1", entry({ vm: "1-nor1" })],
  // Tags.
  ["( 00 08 , 00 16 ) \tUL\tName", at(0x00080016)],
  ["(8,16)\tUL\tName", at(0x00080016)],
  ["(FFFE,E00D)\tUL\tName", at(0xfffee00d)],
  ["(0x10,0x)\tUL\tName", at(0x00100000)],
  ["(12345,123456789)\tUL\tName", at(0x23456789)],
  ["(-1,1)\tUL\tName", at(0xffff0001)],
  ["(60xx,3000)\tUL\tName", at(0x00603000)],
  ["(1,2,3)\tUL\tName", at(0x00010002)],
  ["(1,2)(3,4)\tUL\tName", at(0x00010002)],
  [
    "(6000-60FF,3000)\tUL\tName",
    entry({ first: 0x60003000, last: 0x60ff3000, groupParity: "even" }),
  ],
  [
    "(0020,3100-31FF)\tUL\tName",
    entry({ first: 0x00203100, last: 0x002031ff, elementParity: "even" }),
  ],
  [
    "(0009-o-FFFF,0010-u-00FF)\tUL\tName",
    entry({ first: 0x00090010, last: 0xffff00ff, groupParity: "odd" }),
  ],
  [
    "(0000-U-FFFF,0000-E-0010)\tUL\tName",
    entry({ first: 0, last: 0xffff0010, elementParity: "even" }),
  ],
  // No letter and no number follows: then it is no range.
  ["(6000-u,1)\tUL\tName", at(0x60000001)],
  ["(6000-\u00e9-60FF,1)\tUL\tName", at(0x60000001)],
  // Private elements.
  ['(0019,"CREATOR",10)\tUL\tName', at(0x00190010, { creator: "CREATOR" })],
  ['(0019, "A B" , 10)\tUL\tName', at(0x00190010, { creator: "A B" })],
  ['(0019,"A,B)",10)\tUL\tName', at(0x00190010, { creator: "A,B)" })],
  ['(0019,"",10)\tUL\tName', at(0x00190010)],
  [
    '(7001-o-70ff,"X",04)\tUL\tName',
    entry({
      first: 0x70010004,
      last: 0x70ff0004,
      groupParity: "odd",
      creator: "X",
    }),
  ],
];

for (const [line, expected] of GOOD) {
  Deno.test(`a dictionary line is understood: ${JSON.stringify(line)}`, () => {
    assert.deepEqual(parseLine(line), { kind: "entry", entry: expected });
  });
}

for (const line of ["", "\n", "\r\n", " \t\v\f", "# text", " \t # (a,b)"]) {
  Deno.test(`a dictionary line says nothing: ${JSON.stringify(line)}`, () => {
    assert.deepEqual(parseLine(line), { kind: "empty" });
  });
}

function badField(field: "Tag" | "VR" | "VM", text: string): LineFault {
  return { kind: "bad-field", field, text };
}

const BAD: readonly (readonly [string, ...LineFault[]])[] = [
  ["a", { kind: "too-few-fields" }],
  ["(0009,0010)\tUL\t", { kind: "too-few-fields" }],
  ["(0009,0010) UL Name 1 DICOM", { kind: "too-few-fields" }],
  ["\ufeff# after a byte order mark", { kind: "too-few-fields" }],
  ["(0009,0010)\tUL\tName\t1\tDICOM\tmore", { kind: "too-many-fields" }],
  ["a\tb\tc\td\te\tf\tg", { kind: "too-many-fields" }],
  // VR: two capitals that name none.
  ["(0009,0010)\tZZ\tName", badField("VR", "ZZ")],
  ["(0009,0010)\tZ Z Z\tName", badField("VR", "ZZZ")],
  // VM.
  ["(0009,0010)\tUL\tName\tx", badField("VM", "x")],
  ["(0009,0010)\tUL\tName\t1x", badField("VM", "1x")],
  ["(0009,0010)\tUL\tName\t12x", badField("VM", "12x")],
  ["(0009,0010)\tUL\tName\t1-", badField("VM", "1-")],
  ["(0009,0010)\tUL\tName\t1-2 x", badField("VM", "1-2x")],
  ["(0009,0010)\tUL\tName\t1,2", badField("VM", "1,2")],
  ["(0009,0010)\tUL\tName\t-n", badField("VM", "-n")],
  ["(0009,0010)\tUL\tName\t1--n", badField("VM", "1--n")],
  ["(0009,0010)\tUL\tName\t\tDICOM", badField("VM", "")],
  // Tags.
  ["(zz,1)\tUL\tName", badField("Tag", "(zz,1)")],
  ["(1,g)\tUL\tName", badField("Tag", "(1,g)")],
  ["(1,)\tUL\tName", badField("Tag", "(1,)")],
  ["(,1)\tUL\tName", badField("Tag", "(,1)")],
  ["(1)\tUL\tName", badField("Tag", "(1)")],
  ["(\tUL\tName", badField("Tag", "(")],
  ["0009,0010)\tUL\tName", badField("Tag", "0009,0010)")],
  ["(0009,0010\tUL\tName", badField("Tag", "(0009,0010")],
  [" (0009,0010)x \tUL\tName", badField("Tag", "(0009,0010)x")],
  ["\t\tName", badField("Tag", "")],
  ['(9,"X",z)\tUL\tName', badField("Tag", '(9,"X",z)')],
  ['(9,"X")\tUL\tName', badField("Tag", '(9,"X")')],
  ['(9,"X)\tUL\tName', badField("Tag", '(9,"X)')],
  ['(9, "X" 10)\tUL\tName', badField("Tag", '(9,"X"10)')],
  [
    "(6000-x-60FF,1)\tUL\tName",
    { kind: "unknown-restrictor", text: "x" },
    badField("Tag", "(6000-x-60FF,1)"),
  ],
  [
    "(6000-!-60FF,1)\tUL\tName",
    { kind: "unknown-restrictor", text: "!" },
    badField("Tag", "(6000-!-60FF,1)"),
  ],
  [
    "(6000-60FF,1-~-2)\tUL\tName",
    { kind: "unknown-restrictor", text: "~" },
    badField("Tag", "(6000-60FF,1-~-2)"),
  ],
  // VM before tag, and VR only on a line that is good otherwise.
  ["x\tZZ\tName\tbad", badField("VM", "bad"), badField("Tag", "x")],
  ["(0009,0010)\tZZ\tName\tbad", badField("VM", "bad")],
];

for (const [line, ...faults] of BAD) {
  Deno.test(`a dictionary line is refused: ${JSON.stringify(line)}`, () => {
    assert.deepEqual(parseLine(line), { kind: "bad", faults });
  });
}
