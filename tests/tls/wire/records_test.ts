import assert from "node:assert/strict";
import fc from "fast-check";
import { beginsLikeTls, PlainRecords } from "../../../lib/tls/wire/records.ts";
import { bytes } from "../../support/golden.ts";

const SERVER_HELLO = bytes("16 03 03 0004 02 000000");
const WARNING = bytes("15 03 03 0002 01 70");
const FATAL = bytes("15 03 03 0002 02 28");
const CHANGE_CIPHER_SPEC = bytes("14 03 03 0001 01");
const ENCRYPTED = bytes("17 03 03 0007 15 03 03 0002 02 28");

function join(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(parts.flatMap((part) => [...part]));
}

function seen(...parts: readonly Uint8Array[]): PlainRecords {
  const records = new PlainRecords();
  for (const part of parts) records.push(part);
  return records;
}

Deno.test("a fatal alert is seen wherever the stream is cut", () => {
  const stream = join(SERVER_HELLO, WARNING, FATAL, ENCRYPTED);
  fc.assert(fc.property(
    fc.array(fc.integer({ min: 0, max: stream.byteLength }), { maxLength: 12 }),
    (cuts) => {
      const at = [0, ...cuts.toSorted((a, b) => a - b), stream.byteLength];
      const parts = at.slice(1)
        .map((end, index) => stream.subarray(at[index], end));
      const records = seen(...parts);
      assert.deepEqual(records.alert, { description: 40, fatal: true });
      assert.ok(records.greeted);
      assert.deepEqual(records.first, stream);
    },
  ));
});

Deno.test("a warning is seen as one", () => {
  const records = seen(WARNING);
  assert.deepEqual(records.alert, { description: 0x70, fatal: false });
  assert.equal(records.greeted, false);
});

Deno.test("two alerts in one record are both seen", () => {
  const records = seen(bytes("15 03 03 0004 01 00 02 50"));
  assert.deepEqual(records.alert, { description: 80, fatal: true });
});

Deno.test("what is encrypted is not taken for an alert", () => {
  assert.equal(seen(SERVER_HELLO, ENCRYPTED).alert, undefined);
  assert.equal(seen(SERVER_HELLO, ENCRYPTED, FATAL).alert, undefined);
  assert.equal(seen(SERVER_HELLO, CHANGE_CIPHER_SPEC, FATAL).alert, undefined);
});

Deno.test("what is not TLS is not taken for an alert", () => {
  assert.equal(seen(bytes("0b"), FATAL).alert, undefined);
  assert.equal(seen(bytes("15 02 03 0002 02 28")).alert, undefined);
});

Deno.test("any bytes at all do no harm", () => {
  fc.assert(fc.property(
    fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 20 }),
    (parts) => {
      const all = join(...parts);
      assert.deepEqual(seen(...parts).first, all.slice(0, 64));
      assert.deepEqual(seen(...parts).alert, seen(all).alert);
    },
  ));
});

Deno.test("whether it is TLS shows as early as it can", () => {
  const cases: readonly (readonly [string, boolean | undefined])[] = [
    ["", undefined],
    ["16", undefined],
    ["16 03", undefined],
    ["16 03 03 40", undefined],
    ["16 03 03 4000", true],
    ["15 03 01 0002", true],
    ["16 03 03 4801", false],
    ["16 03 05", false],
    ["16 02", false],
    ["13", false],
    ["18", false],
    ["48", false],
  ];
  for (const [start, tls] of cases) {
    assert.equal(beginsLikeTls(bytes(start)), tls, start);
  }
});
