import assert from "node:assert/strict";
import {
  type Deadline,
  Deadlines,
  ExpiredError,
  type Expiry,
  milliseconds,
} from "../../lib/net/deadline.ts";
import { run } from "../support/run.ts";

/** Work that is never done. */
function forever(): Promise<never> {
  return new Promise(() => {});
}

async function assertExpires(
  deadline: Deadline,
  expiry: Expiry,
): Promise<void> {
  await assert.rejects(
    deadline.race(forever()),
    (error) => error instanceof ExpiredError && error.expiry === expiry,
  );
}

/** An expired deadline gives no result any more, not even a ready one. */
async function assertOpen(deadline: Deadline): Promise<void> {
  assert.equal(await deadline.race(Promise.resolve("open")), "open");
}

/** Lets every timer of no time at all fire. */
async function letTimersFire(): Promise<void> {
  using deadlines = new Deadlines();
  await assertExpires(deadlines.start(0), "timeout");
}

Deno.test("work that ends in time gives its result", async () => {
  using deadlines = new Deadlines();
  using deadline = deadlines.start(600_000);
  assert.equal(await deadline.race(Promise.resolve(7)), 7);
});

Deno.test("work that fails in time fails as it does", async () => {
  using deadlines = new Deadlines();
  using deadline = deadlines.start(600_000);
  const fault = new TypeError("its own");
  await assert.rejects(deadline.race(Promise.reject(fault)), fault);
});

Deno.test("work that takes too long is left with a timeout", async () => {
  using deadlines = new Deadlines();
  using deadline = deadlines.start(0);
  await assertExpires(deadline, "timeout");
  await assertExpires(deadline, "timeout");
});

Deno.test("an expired deadline wins over work that is ready", async () => {
  using deadlines = new Deadlines();
  using deadline = deadlines.start(0);
  await assertExpires(deadline, "timeout");
  await assert.rejects(deadline.race(Promise.resolve(1)), ExpiredError);
});

Deno.test("a renewed deadline has its whole time again", async () => {
  using deadlines = new Deadlines();
  using deadline = deadlines.start(5);
  const { due } = deadline;
  await letTimersFire();
  deadline.renew();
  assert.ok(deadline.due > due);
  await assertExpires(deadline, "timeout");
  assert.ok(performance.now() >= deadline.due);
});

Deno.test("a deadline that was over while nobody waited is open when renewed", async () => {
  using deadlines = new Deadlines();
  using deadline = deadlines.start(1);
  await assertOpen(deadline);
  using other = deadlines.start(2);
  await assertExpires(other, "timeout");
  deadline.renew();
  await assertOpen(deadline);
  await assertExpires(deadline, "timeout");
});

Deno.test("an interruption stays when a deadline is renewed", async () => {
  const stop = new AbortController();
  using deadlines = new Deadlines(stop.signal);
  using deadline = deadlines.start(600_000);
  using over = deadlines.start(0);
  await assertExpires(over, "timeout");
  stop.abort();
  deadline.renew();
  over.renew();
  await assertExpires(deadline, "interrupted");
  await assertExpires(over, "interrupted");
});

Deno.test("a deadline without a time has none after it is renewed", () => {
  using deadlines = new Deadlines();
  using deadline = deadlines.start(undefined);
  deadline.renew();
  assert.equal(deadline.due, Infinity);
});

Deno.test("a deadline without a time does not expire by time", async () => {
  using deadlines = new Deadlines();
  using deadline = deadlines.start(undefined);
  await letTimersFire();
  await assertOpen(deadline);
});

Deno.test("a raised signal expires all that is open, and all to come", async () => {
  const stop = new AbortController();
  using deadlines = new Deadlines(stop.signal);
  using timed = deadlines.start(600_000);
  using untimed = deadlines.start(undefined);
  stop.abort();
  await assertExpires(timed, "interrupted");
  await assertExpires(untimed, "interrupted");
  using late = deadlines.start(600_000);
  await assertExpires(late, "interrupted");
});

Deno.test("a signal that was raised before is noticed", async () => {
  using deadlines = new Deadlines(AbortSignal.abort());
  using deadline = deadlines.start(undefined);
  await assertExpires(deadline, "interrupted");
});

Deno.test("a signal ends a wait that is under way", async () => {
  const stop = new AbortController();
  using deadlines = new Deadlines(stop.signal);
  using deadline = deadlines.start(600_000);
  const expired = assertExpires(deadline, "interrupted");
  stop.abort();
  await expired;
});

Deno.test("a lifted deadline expires neither by time nor by signal", async () => {
  const stop = new AbortController();
  using deadlines = new Deadlines(stop.signal);
  const lifted = deadlines.start(0);
  lifted[Symbol.dispose]();
  const other = deadlines.start(0);
  await assertExpires(other, "timeout");
  stop.abort();
  await assertOpen(lifted);
});

Deno.test("a shorter deadline expires before a longer one that began earlier", async () => {
  using deadlines = new Deadlines();
  using long = deadlines.start(600_000);
  using short = deadlines.start(0);
  await assertExpires(short, "timeout");
  await assertOpen(long);
});

Deno.test("one timer serves deadlines one after another", async () => {
  using deadlines = new Deadlines();
  using third = deadlines.start(3);
  using first = deadlines.start(1);
  using second = deadlines.start(2);
  await Promise.all(
    [first, second, third].map((one) => assertExpires(one, "timeout")),
  );
});

Deno.test("the timer of a lifted deadline still finds the later ones", async () => {
  using deadlines = new Deadlines();
  const early = deadlines.start(1);
  using late = deadlines.start(2);
  early[Symbol.dispose]();
  await assertExpires(late, "timeout");
});

Deno.test("deadlines of different operations do not touch each other", async () => {
  const stop = new AbortController();
  using one = new Deadlines(stop.signal);
  using other = new Deadlines();
  using mine = one.start(600_000);
  using theirs = other.start(600_000);
  stop.abort();
  await assertExpires(mine, "interrupted");
  await assertOpen(theirs);
});

Deno.test("a time that no timer can take is not over at once, nor an error", async () => {
  for (const time of [2 ** 31, 2 ** 32, 2 ** 53, 2 ** 63 * 1000]) {
    using deadlines = new Deadlines();
    using deadline = deadlines.start(time);
    await letTimersFire();
    await assertOpen(deadline);
  }
});

Deno.test("how abandoned work ends is nobody's concern", async () => {
  using deadlines = new Deadlines();
  using deadline = deadlines.start(0);
  const { promise, reject } = Promise.withResolvers<void>();
  await assert.rejects(deadline.race(promise), ExpiredError);
  // An unhandled rejection would fail the test.
  reject(new Error("too late"));
  await letTimersFire();
});

Deno.test("a deadline that nobody races expires without a sound", async () => {
  using deadlines = new Deadlines();
  using deadline = deadlines.start(0);
  await letTimersFire();
  await assertExpires(deadline, "timeout");
});

Deno.test("a timer that is of no use any more does not keep the process", async () => {
  const module = new URL("../../lib/net/deadline.ts", import.meta.url).href;
  const script = `
    import { Deadlines } from "${module}";
    const deadlines = new Deadlines(new AbortController().signal);
    deadlines.start(600_000);
    deadlines[Symbol.dispose]();
  `;
  const { exit, stderr } = await run({
    name: "deno",
    command: Deno.execPath(),
    leadingArguments: ["eval", "--no-lock"],
  }, [script]);
  assert.equal(exit, 0, stderr);
});

Deno.test("seconds become milliseconds, and 0 and less no bound", () => {
  assert.equal(milliseconds(1), 1000);
  assert.equal(milliseconds(0.5), 500);
  for (const seconds of [0, -1, undefined]) {
    assert.equal(milliseconds(seconds), undefined);
  }
});

Deno.test("a service's deadlines that were lifted leave no timers behind", () => {
  const { timeout } = AbortSignal;
  let kept = 0;
  AbortSignal.timeout = (milliseconds) => {
    kept++;
    return timeout(milliseconds);
  };
  try {
    for (let count = 0; count < 1000; count++) {
      using deadlines = new Deadlines();
      using _deadline = deadlines.start(60_000);
    }
  } finally {
    AbortSignal.timeout = timeout;
  }
  assert.ok(kept <= 16, `${kept} timers stay until they fire`);
});
