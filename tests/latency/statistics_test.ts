import assert from "node:assert/strict";
import fc from "fast-check";
import { loss, summarise } from "../../lib/latency/statistics.ts";

const LATENCIES = fc.array(
  fc.double({ min: 0, max: 1e6, noNaN: true }),
  { minLength: 1, maxLength: 200 },
);

/** @throws when there is none. */
function summaryOf(
  values: readonly number[],
): NonNullable<ReturnType<typeof summarise>> {
  const summary = summarise(values);
  assert.ok(summary !== undefined);
  return summary;
}

Deno.test("nothing has no summary", () => {
  assert.equal(summarise([]), undefined);
});

Deno.test("known figures", () => {
  const summary = summaryOf([
    9,
    2,
    5,
    4,
    12,
    7,
    8,
    11,
    9,
    3,
    7,
    4,
    12,
    5,
    4,
    10,
    9,
    6,
    9,
    4,
  ]);
  assert.equal(summary.count, 20);
  assert.equal(summary.sum, 140);
  assert.equal(summary.mean, 7);
  assert.equal(summary.minimum, 2);
  assert.equal(summary.maximum, 12);
  assert.equal(summary.standardDeviation, Math.sqrt(178 / 20));
});

Deno.test("percentiles are values of the series, by nearest rank", () => {
  const { quantile } = summaryOf([15, 20, 35, 40, 50]);
  assert.equal(quantile(0.05), 15);
  assert.equal(quantile(0.3), 20);
  assert.equal(quantile(0.4), 20);
  assert.equal(quantile(0.5), 35);
  assert.equal(quantile(1), 50);
  const hundred = summaryOf(Array.from({ length: 100 }, (_, i) => i + 1));
  assert.deepEqual(
    [0, 0.5, 0.9, 0.95, 0.99, 1].map(hundred.quantile),
    [1, 50, 90, 95, 99, 100],
  );
});

Deno.test("one value is all there is to it", () => {
  const { mean, standardDeviation, quantile } = summaryOf([3.5]);
  assert.deepEqual([mean, standardDeviation, quantile(0.5)], [3.5, 0, 3.5]);
});

Deno.test("the order of the values does not matter, and they stay as they are", () => {
  fc.assert(fc.property(LATENCIES, (values) => {
    const copy = [...values];
    const { quantile, ...one } = summaryOf(values);
    const { quantile: other, ...two } = summaryOf(values.toReversed());
    assert.deepEqual(one, two);
    assert.equal(quantile(0.9), other(0.9));
    assert.deepEqual(values, copy);
  }));
});

Deno.test("mean, percentiles and deviation stay within the values", () => {
  fc.assert(fc.property(LATENCIES, (values) => {
    const { minimum, mean, maximum, standardDeviation, quantile } = summaryOf(
      values,
    );
    const slack = 1e-9 * (1 + maximum);
    assert.ok(minimum - slack <= mean && mean <= maximum + slack);
    assert.ok(standardDeviation <= (maximum - minimum) / 2 + slack);
    let before = minimum;
    for (const share of [0, 0.25, 0.5, 0.9, 0.95, 0.99, 1]) {
      assert.ok(values.includes(quantile(share)));
      assert.ok(quantile(share) >= before);
      before = quantile(share);
    }
    assert.equal(before, maximum);
  }));
});

Deno.test("at least the share of a percentile does not exceed it", () => {
  fc.assert(
    fc.property(LATENCIES, fc.double({ min: 0, max: 1, noNaN: true }), (
      values,
      share,
    ) => {
      const bound = summaryOf(values).quantile(share);
      const below = values.filter((value) => value <= bound).length;
      assert.ok(below >= share * values.length - 1e-6);
    }),
  );
});

Deno.test("loss is the share that was not answered", () => {
  assert.equal(loss({ sent: 0, answered: 0 }), 0);
  assert.equal(loss({ sent: 4, answered: 4 }), 0);
  assert.equal(loss({ sent: 4, answered: 3 }), 0.25);
  assert.equal(loss({ sent: 4, answered: 0 }), 1);
});
