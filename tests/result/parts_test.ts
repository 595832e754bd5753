import assert from "node:assert/strict";
import { Pace } from "../../lib/result/pace.ts";
import { RecentValues } from "../../lib/result/recent-values.ts";
import { stageTimes } from "../../lib/result/stage-times.ts";
import type { StageRecord } from "../../lib/verify/outcome.ts";

Deno.test("a pace counts from beginning to beginning and does not make up for lateness", () => {
  let now = 50;
  const pace = new Pace(1000, () => now);
  const waits = (): boolean => pace.next(AbortSignal.abort()) !== undefined;
  assert.equal(waits(), false);
  now = 1050;
  assert.equal(waits(), false);
  now = 5000;
  assert.equal(waits(), false);
  now = 5001;
  assert.equal(waits(), true);
  // That one began at 6000.
  now = 6999;
  assert.equal(waits(), true);
  now = 8000;
  assert.equal(waits(), false);
});

Deno.test("a pace without an interval never waits", () => {
  const pace = new Pace(0, () => 1);
  for (let i = 0; i < 3; i++) {
    assert.equal(pace.next(new AbortController().signal), undefined);
  }
});

Deno.test("of too many values the latest are kept, oldest first", () => {
  const recent = new RecentValues(3);
  assert.deepEqual(recent.values, []);
  for (let value = 1; value <= 7; value++) recent.add(value);
  assert.deepEqual(recent.values, [5, 6, 7]);
});

Deno.test("the look-up is taken out of connecting, pauses out of the echoes", () => {
  const record = (
    stage: StageRecord["stage"],
    duration: number,
  ): StageRecord => ({ stage, start: 0, duration, fault: undefined });
  assert.deepEqual(
    stageTimes([record("connect", 30), record("echo", 100)], {
      lookup: { duration: 20 },
      paused: 60,
      ended: true,
    }),
    [
      { stage: "lookup", duration: 20, ok: true },
      { stage: "connect", duration: 10, ok: true },
      { stage: "echo", duration: 40, ok: true },
    ],
  );
});
