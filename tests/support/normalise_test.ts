import assert from "node:assert/strict";
import { normalise } from "./normalise.ts";

const builtIn = { dictionaryGiven: false };

Deno.test("what differs between the programs looks the same when masked", () => {
  const pairs: readonly (readonly [string, string])[] = [
    [
      "D: $dcmtk: echoscu v3.6.7 2022-04-22 $",
      "D: $echoscu: echoscu v0.1.0 2026-11-24 $",
    ],
    [
      "D: Our Implementation Class UID:      1.2.276.0.7230010.3.0.3.6.7",
      "D: Our Implementation Class UID:      2.25.1",
    ],
    [
      "D: Our Implementation Version Name:   OFFIS_DCMTK_367",
      "D: Our Implementation Version Name:   ECHOSCU_0.1.0",
    ],
    [
      "I: calling '/usr/bin/echoscu' with 1 arguments: 'a' ",
      "I: calling 'echoscu' with 1 arguments: 'a' ",
    ],
  ];
  for (const [reference, ours] of pairs) {
    assert.notEqual(reference, ours);
    assert.equal(normalise(reference, builtIn), normalise(ours, builtIn));
  }
});

Deno.test("what must not differ is left alone", () => {
  for (
    const line of [
      "D: Their Implementation Class UID:    1.2.276.0.7230010.3.0.3.6.7",
      "D: Their Implementation Version Name: OFFIS_DCMTK_367",
      'D: DcmDataset::read() TransferSyntax="Little Endian Implicit"',
      "I: calling 'echoscu' without arguments",
      "E: DcmDataDictionary: Cannot open file: missing.dic",
      "T: DUL  Action: AE 1 Transport Connect",
    ]
  ) {
    assert.equal(normalise(line, builtIn), line);
  }
});

Deno.test("lines about the reference's inside are taken out whole", () => {
  const text = [
    "T: before",
    "T: checking whether environment variable TCP_NODELAY is set",
    "T:   environment variable TCP_NODELAY not set, using the default value (0)",
    'T: DcmItem::insert() Element (0000,0100) VR="US" inserted',
    "T: DcmDataset::read() returns error = Normal",
    "T: after",
  ].join("\n");
  assert.equal(normalise(text, builtIn), "T: before\nT: after");
});

Deno.test("loaded dictionaries count only when they were asked for", () => {
  const line = "D: DcmDataDictionary: Loading file: my.dic";
  assert.equal(normalise(line, builtIn), "");
  assert.equal(normalise(line, { dictionaryGiven: true }), line);
});
