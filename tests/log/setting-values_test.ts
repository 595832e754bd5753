import assert from "node:assert/strict";
import { readBoolean, readInteger } from "../../lib/log/setting-values.ts";

Deno.test("true and false are words in any case, or numbers", () => {
  const cases: Readonly<Record<string, boolean | undefined>> = {
    "true": true,
    "TRUE": true,
    "False": false,
    "1": true,
    "-2": true,
    "+0": false,
    "00": false,
    "yes": undefined,
    "0x1": undefined,
    "1 x": undefined,
    "": undefined,
    "99999999999999999999": undefined,
  };
  for (const [value, expected] of Object.entries(cases)) {
    assert.equal(readBoolean(value), expected, value);
  }
  assert.equal(readBoolean(undefined), undefined);
});

Deno.test("a number has 64 bits at most", () => {
  assert.equal(readInteger("9223372036854775807"), 2n ** 63n - 1n);
  assert.equal(readInteger("-9223372036854775808"), -(2n ** 63n));
  assert.equal(readInteger("9223372036854775808"), undefined);
  assert.equal(readInteger("1.5"), undefined);
  assert.equal(readInteger(undefined), undefined);
});
