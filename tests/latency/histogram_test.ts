import assert from "node:assert/strict";
import fc from "fast-check";
import { histogram, histogramText } from "../../lib/latency/histogram.ts";

Deno.test("nothing has no histogram", () => {
  assert.deepEqual(histogram([], 10), []);
  assert.equal(histogramText([], true), "");
});

Deno.test("values are counted in bins of a round width", () => {
  assert.deepEqual(histogram([0.2, 1.1, 1.9, 2, 4.9], 10), [
    { start: 0, end: 1, count: 1 },
    { start: 1, end: 2, count: 2 },
    { start: 2, end: 3, count: 1 },
    { start: 3, end: 4, count: 0 },
    { start: 4, end: 5, count: 1 },
  ]);
});

Deno.test("a few values far above the rest share the last bin", () => {
  const values = [
    ...Array.from({ length: 98 }, (_, i) => 1 + i / 100),
    90,
    500,
  ];
  const bins = histogram(values, 10);
  const last = bins.at(-1);
  assert.equal(last?.end, Infinity);
  assert.equal(last.count, 2);
  assert.ok(last.start < 3);
});

Deno.test("equal values are in one bin", () => {
  for (const value of [0, 1e-9, 0.3, 44, 1e9]) {
    const bins = histogram([value, value, value], 10);
    assert.equal(bins.length, 1);
    assert.equal(bins[0]?.count, 3);
  }
});

Deno.test("no value is lost, the bins follow on each other, and there are not too many", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1e7, noNaN: true }), { minLength: 1 }),
      fc.integer({ min: 2, max: 20 }),
      (values, most) => {
        const bins = histogram(values, most);
        assert.ok(bins.length >= 1 && bins.length <= most);
        const total = bins.reduce((sum, { count }) => sum + count, 0);
        assert.equal(total, values.length);
        bins.forEach(({ end }, index) => {
          const next = bins[index + 1];
          if (next !== undefined) assert.equal(end, next.start);
        });
      },
    ),
  );
});

const BINS = [
  { start: 0.9, end: 1, count: 1 },
  { start: 1, end: 1.1, count: 80 },
  { start: 1.1, end: Infinity, count: 43 },
];

Deno.test("bars are as long as the counts, and none that counts is empty", () => {
  assert.equal(
    histogramText(BINS, false),
    [
      "  0.9 - 1.0 ms     # 1",
      `  1.0 - 1.1 ms     ${"#".repeat(40)} 80`,
      `  1.1 ms and more  ${"#".repeat(22)} 43`,
      "",
    ].join("\n"),
  );
});

Deno.test("block elements are shown only if they may be", () => {
  assert.equal(
    histogramText(BINS, true),
    [
      "  0.9 – 1.0 ms     ▌ 1",
      `  1.0 – 1.1 ms     ${"█".repeat(40)} 80`,
      `  1.1 ms and more  ${"█".repeat(21)}▌ 43`,
      "",
    ].join("\n"),
  );
  assert.match(histogramText(BINS, false), /^[\x20-\x7e\n]*$/);
});
