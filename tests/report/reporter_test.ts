import assert from "node:assert/strict";
import { LOG_LEVELS, type LogMessage } from "../../lib/log/log.ts";
import { logReporter } from "../../lib/report/reporter.ts";
import type { VerificationEvent } from "../../lib/verify/event.ts";

const TITLES = { calling: "ECHOSCU", called: "ANY-SCP" };

function noDictionary(): never {
  throw new Error("nothing is to be named");
}

/** Levels of what a reporter writes for a log that shows `least` and above. */
async function written(
  least: (typeof LOG_LEVELS)[number],
  ...events: readonly VerificationEvent[]
): Promise<string[]> {
  const levels: string[] = [];
  const report = await logReporter(
    {
      shows: (level) => LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(least),
      write: ({ level }: LogMessage) => levels.push(level),
    },
    TITLES,
    noDictionary,
  );
  for (const event of events) report(event);
  return levels;
}

const CONNECTED: VerificationEvent = { kind: "connected", socketTimeout: 60 };
const REQUESTING: VerificationEvent = { kind: "requesting" };

Deno.test("details are made only for a log that shows them", async () => {
  assert.deepEqual(await written("debug", REQUESTING, CONNECTED), [
    "info",
    "debug",
    "debug",
  ]);
  assert.deepEqual(await written("info", REQUESTING, CONNECTED), ["info"]);
});

Deno.test("without details no element is named", async () => {
  const received: VerificationEvent = {
    kind: "command-received",
    message: { contextId: 1, elements: [], fault: undefined },
  };
  assert.deepEqual(await written("info", received), []);
  assert.deepEqual(await written("debug", received), []);
  await assert.rejects(written("trace", received), /nothing is to be named/);
});

Deno.test("a log below info is spared the messages of echoes that go well", async () => {
  let made = 0;
  const request: VerificationEvent = {
    kind: "echo-request",
    get messageId(): number {
      return ++made;
    },
  };
  assert.deepEqual(await written("info", request), ["info"]);
  assert.equal(made, 1);
  assert.deepEqual(await written("warn", request), []);
  assert.equal(made, 1);
});
