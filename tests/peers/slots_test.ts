import assert from "node:assert/strict";
import { PATIENCE, slotLimits, Slots } from "../../lib/peers/slots.ts";
import { VirtualTime } from "./virtual-time.ts";

function slots(
  atWork: number,
  open: number,
): {
  readonly time: VirtualTime;
  readonly slots: Slots;
  readonly freed: () => number;
} {
  const time = new VirtualTime();
  let freed = 0;
  const limits = { atWork, open };
  return {
    time,
    slots: new Slots(limits, time.clock, () => freed++),
    freed: () => freed,
  };
}

Deno.test("a place is given up after a while of silence, and told", async () => {
  const { slots: places, time, freed } = slots(1, 2);
  places.enter();
  assert.ok(!places.room);
  await time.pass();
  assert.equal(time.now, PATIENCE);
  assert.ok(places.room);
  assert.equal(freed(), 1);
});

Deno.test("no more are open than may be, however many only wait", async () => {
  const { slots: places, time } = slots(1, 2);
  const first = places.enter();
  await time.pass();
  places.enter();
  await time.pass();
  assert.ok(!places.room);
  first.leave();
  assert.ok(places.room);
});

Deno.test("one that goes on is at work again, and can be taken for waiting again", async () => {
  const { slots: places, time } = slots(1, 3);
  const first = places.enter();
  await time.pass();
  first.alive();
  assert.ok(!places.room);
  await time.pass();
  assert.ok(places.room);
});

Deno.test("one that has opened more keeps its place until it has ended", async () => {
  const { slots: places, time } = slots(1, 3);
  const first = places.enter();
  first.hold();
  await time.pass();
  assert.ok(!places.room);
  first.leave();
  assert.ok(places.room);
});

Deno.test("what has ended comes to life no more", () => {
  const { slots: places } = slots(1, 3);
  const first = places.enter();
  first.leave();
  first.alive();
  first.hold();
  assert.ok(places.room);
});

Deno.test("with a number given nobody looks at the clock", () => {
  const time = new VirtualTime();
  const places = new Slots(slotLimits(2, 32), time.clock, () => {});
  places.enter();
  assert.ok(places.room);
  places.enter();
  assert.ok(!places.room);
  assert.equal(time.timers, 0);
});

Deno.test("no timer is left behind by the last", () => {
  const { slots: places, time } = slots(1, 3);
  const first = places.enter();
  assert.ok(time.waiting);
  first.leave();
  assert.ok(!time.waiting);
});
