import assert from "node:assert/strict";
import fc from "fast-check";
import { rangeText, readRange, violates } from "../../lib/format/range.ts";

Deno.test("ranges are read as the guidelines have them", () => {
  const inside = false;
  const cases = {
    "10": { start: 0, end: 10, inside },
    "10:": { start: 10, end: Infinity, inside },
    "~:10": { start: -Infinity, end: 10, inside },
    "10:20": { start: 10, end: 20, inside },
    "@10:20": { start: 10, end: 20, inside: true },
    "-5:.5": { start: -5, end: 0.5, inside },
    "0.25:1.": { start: 0.25, end: 1, inside },
    ":3": { start: 0, end: 3, inside },
    "~:": { start: -Infinity, end: Infinity, inside },
  };
  for (const [text, range] of Object.entries(cases)) {
    assert.deepEqual(readRange(text), range, text);
  }
});

Deno.test("what is no range is refused", () => {
  for (
    const text of [
      "",
      ":",
      "@",
      "@:",
      "~",
      "20:10",
      "-1",
      "a",
      "1e3",
      "1:2:3",
      " 1",
      "1 ",
      "1:~",
      "0x10",
      "1,5",
      "Infinity",
      "9".repeat(400),
      `${"9".repeat(400)}:`,
    ]
  ) assert.equal(readRange(text), undefined, text);
});

Deno.test("a range alerts outside of it, with @ inside of it", () => {
  const alerts = (text: string, values: readonly number[]): boolean[] => {
    const range = readRange(text);
    assert.ok(range, text);
    return values.map((value) => violates(range, value));
  };
  assert.deepEqual(alerts("10", [-1, 0, 5, 10, 10.1]), [
    true,
    false,
    false,
    false,
    true,
  ]);
  assert.deepEqual(alerts("10:", [9, 10, 1e9]), [true, false, false]);
  assert.deepEqual(alerts("~:10", [-1e9, 10, 11]), [false, false, true]);
  assert.deepEqual(alerts("@10:20", [9, 10, 20, 21]), [
    false,
    true,
    true,
    false,
  ]);
});

Deno.test("a range that is written is read as the same", () => {
  const bound = fc.integer({ min: -1_000_000, max: 1_000_000 })
    .map((number) => number / 1000);
  fc.assert(fc.property(
    fc.option(bound, { nil: -Infinity }),
    fc.option(bound, { nil: Infinity }),
    fc.boolean(),
    (a, b, inside) => {
      const [start, end] = a <= b ? [a, b] : [b, a];
      const range = { start, end, inside };
      assert.deepEqual(readRange(rangeText(range)), range);
    },
  ));
});
