import assert from "node:assert/strict";
import { runPool } from "../../lib/peers/pool.ts";

/** Jobs that take a virtual time: a clock that jumps to what is due next. */
class VirtualTime {
  now = 0;
  /** The most jobs that waited at the same time. */
  most = 0;
  readonly #due: { readonly at: number; readonly wake: () => void }[] = [];

  sleep(time: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#due.push({ at: this.now + time, wake: resolve });
    this.most = Math.max(this.most, this.#due.length);
    return promise;
  }

  /** Runs until nobody sleeps any more. */
  async pass(): Promise<void> {
    for (;;) {
      await settle();
      this.#due.sort((a, b) => a.at - b.at);
      const next = this.#due.shift();
      if (next === undefined) return;
      this.now = next.at;
      next.wake();
    }
  }
}

/** Lets everything happen that can without time. */
async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve();
}

interface Job {
  readonly id: number;
  readonly takes: number;
}

function jobs(count: number, takes: (id: number) => number): readonly Job[] {
  return Array.from({ length: count }, (_, id) => ({ id, takes: takes(id) }));
}

const TIMEOUT = 30;
/** Every tenth is silent. */
const SITE = jobs(1000, (id) => id % 10 === 3 ? TIMEOUT : 0.02);

async function runSite(concurrency: number): Promise<{
  readonly time: VirtualTime;
  readonly order: readonly number[];
}> {
  const time = new VirtualTime();
  const order: number[] = [];
  const running = runPool(SITE, async (job) => {
    await time.sleep(job.takes);
    return job;
  }, {
    concurrency,
    deliver: ({ id }) => {
      order.push(id);
    },
  });
  await time.pass();
  assert.equal(await running, SITE.length);
  return { time, order };
}

Deno.test("of 1000 peers a tenth is silent: with room for these it takes little more than one timeout", async () => {
  const { time, order } = await runSite(128);
  assert.ok(time.now < 1.1 * TIMEOUT, String(time.now));
  assert.equal(time.most, 128);
  assert.deepEqual(order, SITE.map(({ id }) => id));
});

Deno.test("with less room silent peers come in waves, as few as there can be", async () => {
  const { time } = await runSite(32);
  // A hundred silent ones, 32 at a time.
  assert.equal(Math.floor(time.now / TIMEOUT), 4);
  assert.equal(time.most, 32);
});

Deno.test("one at a time is one at a time", async () => {
  const time = new VirtualTime();
  const running = runPool(jobs(5, () => 1), async (job) => {
    await time.sleep(job.takes);
    return job;
  }, { concurrency: 1, deliver: () => {} });
  await time.pass();
  await running;
  assert.equal(time.most, 1);
  assert.equal(time.now, 5);
});

Deno.test("results come in order as soon as they can, the ends in any", async () => {
  const time = new VirtualTime();
  const seen: string[] = [];
  const takes = [3, 1, 2, 9, 4];
  const running = runPool(jobs(5, (id) => takes[id] ?? 0), async (job) => {
    await time.sleep(job.takes);
    return job;
  }, {
    concurrency: 5,
    ended: ({ id }) => seen.push(`ended ${id}`),
    deliver: ({ id }) => {
      seen.push(`got ${id}`);
    },
  });
  await time.pass();
  await running;
  assert.deepEqual(seen, [
    "ended 1",
    "ended 2",
    "ended 0",
    "got 0",
    "got 1",
    "got 2",
    "ended 4",
    "ended 3",
    "got 3",
    "got 4",
  ]);
});

Deno.test("a raised signal starts nothing more, and gives what there is, in order", async () => {
  const time = new VirtualTime();
  const stop = new AbortController();
  const got: number[] = [];
  let started = 0;
  const running = runPool(jobs(100, (id) => id === 2 ? 50 : 1), async (job) => {
    started++;
    await time.sleep(job.takes);
    if (job.id === 4) stop.abort();
    return job;
  }, {
    concurrency: 3,
    signal: stop.signal,
    deliver: ({ id }) => {
      got.push(id);
    },
  });
  await time.pass();
  assert.equal(await running, started);
  assert.ok(started < 10);
  assert.deepEqual(got, Array.from({ length: started }, (_, id) => id));
});

Deno.test("a silent peer at the head lets thousands pass, but not any number", async () => {
  const time = new VirtualTime();
  let started = 0;
  let startedAtHead = 0;
  const running = runPool(
    jobs(25_000, (id) => id === 0 ? 1000 : 0),
    async (job) => {
      started++;
      if (job.takes > 0) {
        await time.sleep(job.takes);
        startedAtHead = started;
      }
      return job;
    },
    { concurrency: 4, deliver: () => {} },
  );
  // Without time all jobs but the first end at once.
  for (let i = 0; i < 2000; i++) await settle();
  await time.pass();
  for (let i = 0; i < 5000; i++) await settle();
  assert.equal(await running, 25_000);
  assert.equal(startedAtHead, 10_000);
});

Deno.test("whoever takes results slowly is not given two at a time", async () => {
  const time = new VirtualTime();
  let inside = 0;
  const got: number[] = [];
  const running = runPool(jobs(20, () => 0), (job) => Promise.resolve(job), {
    concurrency: 5,
    deliver: async ({ id }) => {
      assert.equal(++inside, 1);
      await time.sleep(1);
      inside--;
      got.push(id);
    },
  });
  await time.pass();
  await running;
  assert.deepEqual(got, Array.from({ length: 20 }, (_, id) => id));
});

Deno.test("an error ends the run once the jobs that run have ended", async () => {
  const time = new VirtualTime();
  let open = 0;
  let started = 0;
  const running = runPool(jobs(100, () => 1), async (job) => {
    started++;
    open++;
    await time.sleep(job.takes);
    open--;
    if (job.id === 1) throw new Error("a fault of the program");
    return job;
  }, { concurrency: 3, deliver: () => {} });
  const failed = assert.rejects(running, /a fault of the program/);
  await time.pass();
  await failed;
  assert.equal(open, 0);
  assert.ok(started < 10);
});

Deno.test("an error of the receiver ends the run as well", async () => {
  await assert.rejects(
    runPool(jobs(5, () => 0), (job) => Promise.resolve(job), {
      concurrency: 2,
      deliver: () => {
        throw new Error("disk full");
      },
    }),
    /disk full/,
  );
});

Deno.test("nothing to do is done at once", async () => {
  assert.equal(
    await runPool([], (job: Job) => Promise.resolve(job), {
      concurrency: 32,
      deliver: () => {},
    }),
    0,
  );
});
