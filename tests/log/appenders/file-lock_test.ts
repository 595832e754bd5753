import assert from "node:assert/strict";
import { FileLock } from "../../../lib/log/appenders/file-lock.ts";
import { ReportOnce } from "../../../lib/log/appenders/report-once.ts";
import { problemList } from "../events.ts";

/** A lock that another process has for the first `refusals` tries. */
function start(refusals: number, mostTries?: number): {
  readonly lock: FileLock;
  readonly done: string[];
  readonly problems: readonly string[];
} {
  const done: string[] = [];
  const { problems, report } = problemList();
  let left = refusals;
  const lock = new FileLock(
    "lock",
    {
      tryLock: () => {
        if (left > 0) {
          left--;
          return false;
        }
        done.push("lock");
        return true;
      },
      unlock: () => done.push("unlock"),
      close: () => {},
    },
    new ReportOnce(report),
    mostTries,
  );
  return { lock, done, problems };
}

Deno.test("a lock that is free is used at once", () => {
  const { lock, done, problems } = start(0);
  lock.run(() => done.push("one"), 3);
  assert.deepEqual(done, ["lock", "one", "unlock"]);
  assert.equal(lock.backlog, 0);
  assert.deepEqual(problems, []);
});

Deno.test("while another process has the lock, the program goes on", async () => {
  const { lock, done, problems } = start(2);
  lock.run(() => done.push("one"), 3);
  lock.run(() => done.push("two"), 3);
  assert.deepEqual(done, []);
  assert.equal(lock.backlog, 6);
  await lock.idle;
  assert.deepEqual(done, ["lock", "one", "two", "unlock"]);
  assert.equal(lock.backlog, 0);
  assert.deepEqual(problems, []);
});

Deno.test("a lock that is never free is told once and done without", async () => {
  const { lock, done, problems } = start(5, 3);
  lock.run(() => done.push("one"), 3);
  await lock.idle;
  assert.deepEqual(done, ["one"]);
  // It is still not free, and not waited for again.
  lock.run(() => done.push("two"), 3);
  assert.deepEqual(done, ["one", "two"]);
  lock.run(() => done.push("three"), 5);
  assert.deepEqual(done.slice(2), ["lock", "three", "unlock"]);
  assert.deepEqual(problems, ["ERROR could not lock file lock"]);
});
