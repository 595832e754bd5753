import assert from "node:assert/strict";
import { remarks } from "../../lib/report/remarks.ts";
import type { StageTime } from "../../lib/result/types.ts";
import { verified } from "../diagnosis/results.ts";

function stages(lookup: number, connect: number): readonly StageTime[] {
  return [
    { stage: "lookup", duration: lookup, ok: true },
    { stage: "connect", duration: connect, ok: true },
  ];
}

Deno.test("a usual result has no remarks", () => {
  assert.deepEqual(remarks(verified()), []);
});

Deno.test("echoes of 40 ms on a fast network are Nagle's", () => {
  const told = (latencies: readonly number[], connect = 1): boolean =>
    /Nagle/.test(
      remarks(verified({ latencies, stages: stages(1, connect) }))
        .join(),
    );
  assert.ok(told([40.2, 41, 43.9]));
  assert.ok(told([2, 40, 41, 44, 90]));
  assert.ok(!told([1, 2, 41]));
  assert.ok(!told([80, 80, 80]));
  assert.ok(!told([40, 41, 42], 38), "the network is as slow");
  assert.ok(!told([]));
});

Deno.test("a slow look-up is told", () => {
  const told = (duration: number): string =>
    remarks(verified({ stages: stages(duration, 1) })).join();
  assert.match(told(5000), /DNS/);
  assert.equal(told(500), "");
});
