import assert from "node:assert/strict";
import {
  nextRollOver,
  readSchedule,
  scheduledName,
  startOf,
} from "../../../lib/log/appenders/schedule.ts";

/** The name of the file of a program that starts then. */
function nameAt(
  schedule: string,
  ...time: readonly [number, number, number, number]
): string {
  const known = readSchedule(schedule);
  assert.ok(known !== undefined);
  const [year, month, day, hour] = time;
  const now = new Date(year, month - 1, day, hour, 20, 30);
  return scheduledName(known, "log", startOf(known, now));
}

Deno.test("files are named as the reference names them", () => {
  assert.equal(nameAt("MONTHLY", 2027, 1, 1, 0), "log.2027-01");
  assert.equal(nameAt("WEEKLY", 2026, 11, 24, 9), "log.2026-46");
  assert.equal(nameAt("WEEKLY", 2026, 11, 22, 9), "log.2026-46");
  assert.equal(nameAt("WEEKLY", 2027, 1, 1, 9), "log.2026-51");
  assert.equal(nameAt("DAILY", 2026, 11, 3, 0), "log.2026-11-03");
  assert.equal(nameAt("TWICE_DAILY", 2026, 6, 14, 12), "log.2026-06-14-PM");
  assert.equal(nameAt("TWICE_DAILY", 2026, 6, 14, 11), "log.2026-06-14-AM");
  assert.equal(nameAt("HOURLY", 2026, 6, 14, 12), "log.2026-06-14-12");
  assert.equal(nameAt("MINUTELY", 2026, 6, 14, 2), "log.2026-06-14-02-20");
});

Deno.test("a file has its time from the start of the period", () => {
  const now = new Date(2027, 0, 13, 15, 20, 30, 400);
  const next = {
    MONTHLY: new Date(2027, 1, 1),
    WEEKLY: new Date(2027, 0, 17),
    DAILY: new Date(2027, 0, 14),
    TWICE_DAILY: new Date(2027, 0, 14),
    HOURLY: new Date(2027, 0, 13, 16),
    MINUTELY: new Date(2027, 0, 13, 15, 21),
  };
  for (const [name, time] of Object.entries(next)) {
    const schedule = readSchedule(name);
    assert.ok(schedule !== undefined);
    assert.deepEqual(nextRollOver(schedule, startOf(schedule, now)), time);
  }
});

Deno.test("a month after the 31st of January is in March", () => {
  assert.deepEqual(
    nextRollOver("MONTHLY", new Date(2027, 0, 31, 8)),
    new Date(2027, 2, 3, 8),
  );
});

Deno.test("the name of a schedule may be in any case", () => {
  assert.equal(readSchedule("Twice_Daily"), "TWICE_DAILY");
  assert.equal(readSchedule("YEARLY"), undefined);
});
