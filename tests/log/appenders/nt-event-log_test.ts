import assert from "node:assert/strict";
import { createNtEventLogAppender } from "../../../lib/log/appenders/nt-event-log.ts";
import { setUp } from "./memory-machine.ts";

Deno.test("that there is no event log is told once, and stops nothing", async () => {
  const { appender, write, problems } = setUp(createNtEventLogAppender, {
    source: "echoscu",
    log: "Application",
  });
  write("one\n");
  write("two\n");
  await appender.close();
  assert.deepEqual(problems, [
    "ERROR NTEventLogAppender- the event log is not available, source: echoscu",
  ]);
});
