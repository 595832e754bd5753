import assert from "node:assert/strict";
import { type PoolOptions, runPool } from "../../lib/peers/pool.ts";
import { PATIENCE, slotLimits } from "../../lib/peers/slots.ts";
import { settle, VirtualTime } from "./virtual-time.ts";

interface Job {
  readonly id: number;
  /** Where; without it each has its own. */
  readonly host?: string;
  readonly takes: number;
}

function jobs(count: number, takes: (id: number) => number): readonly Job[] {
  return Array.from({ length: count }, (_, id) => ({ id, takes: takes(id) }));
}

type Settings = Pick<
  PoolOptions<Job, Job>,
  "limits" | "clock" | "addressOf" | "unstarted"
>;

/** @param limits a number: never more than so many. */
function at(
  limits: number | PoolOptions<Job, Job>["limits"],
  { clock }: VirtualTime,
): Settings {
  return {
    limits: typeof limits === "number" ? slotLimits(limits, limits) : limits,
    clock,
    addressOf: ({ id, host }) => host ?? String(id),
    unstarted: (job) => ({ ...job, id: -1 - job.id }),
  };
}

const TIMEOUT = 30_000;
/** Every tenth is silent; times are in milliseconds. */
const SITE = jobs(1000, (id) => id % 10 === 3 ? TIMEOUT : 20);

interface Ran {
  readonly time: VirtualTime;
  readonly order: readonly number[];
}

/** @param most as `--concurrency` has it. */
async function runSite(
  most: number | undefined,
  site: readonly Job[] = SITE,
): Promise<Ran> {
  const time = new VirtualTime();
  const order: number[] = [];
  const running = runPool(site, async (job) => {
    await time.sleep(job.takes);
    return job;
  }, {
    ...at(slotLimits(most, 32), time),
    deliver: ({ id }) => {
      order.push(id);
    },
  });
  await time.pass();
  await running;
  assert.equal(order.length, site.length);
  return { time, order };
}

Deno.test("1,000 peers, a tenth of them silent, take little more than one timeout", async () => {
  const { time, order } = await runSite(undefined);
  assert.ok(time.now < 1.1 * TIMEOUT, String(time.now));
  assert.deepEqual(order, SITE.map(({ id }) => id));
  // Those that are silent, and those that are at work.
  assert.ok(time.most > 100 && time.most <= 132, String(time.most));
});

Deno.test("with a number given there are never more, whoever is silent", async () => {
  const { time } = await runSite(32);
  // A hundred silent ones, 32 at a time.
  assert.equal(Math.floor(time.now / TIMEOUT), 4);
  assert.equal(time.most, 32);
});

Deno.test("a machine that answers late is not given more than the usual number", async () => {
  const open = new Map<string, number>();
  let most = 0;
  const time = new VirtualTime();
  const order: number[] = [];
  // Of three machines; one has most of the names, and another is alone at last.
  const site = jobs(300, () => 1500).map((job) => ({
    ...job,
    host: job.id === 299 ? "c" : job.id % 10 === 0 ? "b" : "a",
  }));
  let alone = 0;
  const running = runPool(site, async (job) => {
    const count = (open.get(job.host) ?? 0) + 1;
    open.set(job.host, count);
    most = Math.max(most, count);
    if (job.host === "c") alone = time.now;
    await time.sleep(job.takes);
    open.set(job.host, (open.get(job.host) ?? 0) - 1);
    return job;
  }, {
    ...at(slotLimits(undefined, 32), time),
    deliver: ({ id }) => {
      order.push(id);
    },
  });
  await time.pass();
  await running;
  assert.equal(most, 32);
  assert.deepEqual(order, site.map(({ id }) => id));
  // Of 269 lines nine times 32, and nobody else had to wait for that.
  assert.equal(Math.ceil(time.now / 1500), 9);
  assert.ok(alone < 1500, String(alone));
});

Deno.test("with a number given a single machine may have all of them", async () => {
  const site = jobs(50, () => 1000).map((job) => ({ ...job, host: "a" }));
  const { time } = await runSite(50, site);
  assert.equal(time.most, 50);
});

Deno.test("that nobody answers is no reason to wait for any number at a time", async () => {
  const { time } = await runSite(undefined, jobs(600, () => TIMEOUT));
  assert.equal(time.most, 512);
  assert.equal(Math.floor(time.now / TIMEOUT), 2);
});

Deno.test("a job that gives signs of life keeps its place, however long it takes", async () => {
  const time = new VirtualTime();
  const steps = 10;
  const running = runPool(jobs(4, () => 0), async (job, slot) => {
    for (let step = 0; step < steps; step++) {
      await time.sleep(PATIENCE - 1);
      slot.alive();
    }
    return job;
  }, {
    ...at({ atWork: 2, open: 4, sameAddress: 4 }, time),
    deliver: () => {},
  });
  await time.pass();
  await running;
  assert.equal(time.most, 2);
  assert.equal(time.now, 2 * steps * (PATIENCE - 1));
});

Deno.test("one at a time is one at a time", async () => {
  const time = new VirtualTime();
  const running = runPool(jobs(5, () => 1), async (job) => {
    await time.sleep(job.takes);
    return job;
  }, { ...at(1, time), deliver: () => {} });
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
    ...at(5, time),
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

Deno.test("a raised signal starts nothing more, and all have their result, in order", async () => {
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
    ...at(3, time),
    signal: stop.signal,
    deliver: ({ id }) => {
      got.push(id);
    },
  });
  await time.pass();
  await running;
  assert.ok(started < 10);
  assert.deepEqual(
    got,
    Array.from({ length: 100 }, (_, id) => id < started ? id : -1 - id),
  );
});

Deno.test("a signal leaves jobs out that had let others pass, and no others", async () => {
  const time = new VirtualTime();
  const stop = new AbortController();
  const got: number[] = [];
  const hosts = ["a", "a", "a", "b", "c"];
  const running = runPool(
    hosts.map((host, id) => ({ id, host, takes: 1000 })),
    async (job) => {
      await time.sleep(job.takes);
      stop.abort();
      return job;
    },
    {
      ...at({ atWork: 2, open: 9, sameAddress: 1 }, time),
      signal: stop.signal,
      deliver: ({ id }) => {
        got.push(id);
      },
    },
  );
  await time.pass();
  await running;
  assert.deepEqual(got, [0, -2, -3, 3, 4]);
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
    { ...at(4, time), deliver: () => {} },
  );
  // Without time all jobs but the first end at once.
  for (let i = 0; i < 2000; i++) await settle();
  await time.pass();
  for (let i = 0; i < 5000; i++) await settle();
  await running;
  assert.equal(started, 25_000);
  assert.equal(startedAtHead, 10_000);
});

Deno.test("whoever takes results slowly is not given two at a time", async () => {
  const time = new VirtualTime();
  let inside = 0;
  const got: number[] = [];
  const running = runPool(jobs(20, () => 0), (job) => Promise.resolve(job), {
    ...at(5, time),
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
  }, { ...at(3, time), deliver: () => {} });
  const failed = assert.rejects(running, /a fault of the program/);
  await time.pass();
  await failed;
  assert.equal(open, 0);
  assert.ok(started < 10);
});

Deno.test("an error of the receiver ends the run as well", async () => {
  await assert.rejects(
    runPool(jobs(5, () => 0), (job) => Promise.resolve(job), {
      ...at(2, new VirtualTime()),
      deliver: () => {
        throw new Error("disk full");
      },
    }),
    /disk full/,
  );
});

Deno.test("nothing to do is done at once", async () => {
  await runPool([], (job: Job) => Promise.resolve(job), {
    ...at(32, new VirtualTime()),
    deliver: () => assert.fail("there is no result"),
  });
});

Deno.test("jobs that the machine has no room for are done when others have ended", async () => {
  const time = new VirtualTime();
  const order: number[] = [];
  let running = 0;
  let refused = 0;
  const pool = runPool(jobs(200, () => 20), async (job, slot) => {
    // Ten have a place on this machine.
    if (running === 10 && slot.crowded()) {
      refused++;
      return undefined;
    }
    running++;
    await time.sleep(job.takes);
    running--;
    return job;
  }, {
    ...at(slotLimits(undefined, 32), time),
    deliver: ({ id }) => {
      order.push(id);
    },
  });
  await time.pass();
  await pool;
  assert.deepEqual(order, jobs(200, () => 0).map(({ id }) => id));
  assert.equal(time.most, 10);
  assert.ok(refused > 0 && refused < 100, `${refused}`);
});

Deno.test("a job that the machine has no room for alone is told so", async () => {
  const time = new VirtualTime();
  const told: boolean[] = [];
  await runPool(jobs(3, () => 0), (job, slot) => {
    const again = slot.crowded();
    told.push(again);
    return Promise.resolve(again ? undefined : job);
  }, { ...at(1, time), deliver: () => {} });
  assert.deepEqual(told, [false, false, false]);
});
