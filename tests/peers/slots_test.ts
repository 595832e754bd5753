import assert from "node:assert/strict";
import { PATIENCE, slotLimits, Slots } from "../../lib/peers/slots.ts";
import { settle, VirtualTime } from "./virtual-time.ts";

function slots(
  atWork: number,
  open: number,
): {
  readonly time: VirtualTime;
  readonly slots: Slots;
  /** When, each time. */
  readonly freed: readonly number[];
} {
  const time = new VirtualTime();
  const freed: number[] = [];
  const limits = { atWork, open, sameAddress: open };
  return {
    time,
    slots: new Slots(limits, time.clock, () => freed.push(time.now)),
    freed,
  };
}

Deno.test("a place is given up after a while of silence, and told", async () => {
  const { slots: places, time, freed } = slots(1, 2);
  places.enter();
  assert.ok(!places.room);
  await time.pass();
  assert.equal(time.now, PATIENCE);
  assert.ok(places.room);
  assert.deepEqual(freed, [PATIENCE]);
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

Deno.test("that nobody could look is nobody's silence", async () => {
  const { slots: places, time, freed } = slots(1, 2);
  places.enter();
  // The program was busy for so long, and looks only then.
  time.now = 4 * PATIENCE;
  await time.pass();
  assert.deepEqual(freed, [5 * PATIENCE]);
});

Deno.test("one that has opened more keeps its place until it has ended", async () => {
  const { slots: places, time } = slots(1, 3);
  const first = places.enter();
  assert.equal(first.hold(), undefined);
  await time.pass();
  assert.ok(!places.room);
  first.leave();
  assert.ok(places.room);
});

/** Which of these have settled. */
async function settled(
  promises: readonly (Promise<void> | undefined)[],
): Promise<readonly boolean[]> {
  const done = promises.map((one) => one === undefined);
  for (const [at, one] of promises.entries()) {
    one?.then(() => done[at] = true);
  }
  await settle();
  return done;
}

Deno.test("no more hold a place than may be at work, however many are alive", async () => {
  const { slots: places, time } = slots(2, 9);
  const jobs = [places.enter(), places.enter()];
  await time.pass();
  jobs.push(places.enter(), places.enter());
  await time.pass();
  for (const job of jobs) job.alive();
  const held = jobs.map((job) => job.hold());
  assert.equal((await settled(held)).filter((one) => one).length, 2);
  assert.ok(!places.room);
  // Signs of life do not help, nor does asking twice.
  for (const job of jobs) job.alive();
  for (const job of jobs) job.hold();
  await time.pass();
  assert.equal((await settled(held)).filter((one) => one).length, 2);
});

Deno.test("whoever wants to hold a place has it before a new job, in turn", async () => {
  const { slots: places, time } = slots(1, 9);
  const [first, second] = [places.enter(), places.enter()];
  await time.pass();
  const working = places.enter();
  const held = [first.hold(), second.hold()];
  assert.deepEqual(await settled(held), [false, false]);
  // Who waits for a place is not at work, whatever signs of life it gives.
  first.alive();
  working.leave();
  assert.ok(!places.room);
  assert.deepEqual(await settled(held), [true, false]);
  first.leave();
  assert.deepEqual(await settled(held), [true, true]);
  second.leave();
  assert.ok(places.room);
});

Deno.test("silence makes room for whoever wants to hold a place", async () => {
  const { slots: places, time } = slots(1, 9);
  const first = places.enter();
  await time.pass();
  places.enter();
  const held = [first.hold()];
  assert.deepEqual(await settled(held), [false]);
  await time.pass();
  assert.deepEqual(await settled(held), [true]);
});

Deno.test("one that ends before it holds a place leaves nothing behind", async () => {
  const { slots: places, time } = slots(1, 9);
  const first = places.enter();
  await time.pass();
  const working = places.enter();
  first.hold();
  first.leave();
  working.leave();
  assert.ok(places.room);
});

Deno.test("what is open has no more descriptors than many systems give", () => {
  const { atWork, open, sameAddress } = slotLimits(undefined, 32);
  assert.equal(atWork, 32);
  assert.equal(sameAddress, 32);
  assert.equal(open, 512);
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
