import assert from "node:assert/strict";
import { createDailyRollingFileAppender } from "../../../lib/log/appenders/daily-rolling-file.ts";
import { MemoryMachine } from "../machine.ts";
import { type Setup, setUp } from "./set-up.ts";

/** It is 2026-11-24 07:30:15. */
function start(
  values: Readonly<Record<string, string>>,
  machine?: MemoryMachine,
): Setup {
  return setUp(createDailyRollingFileAppender, {
    File: "log",
    Schedule: "DAILY",
    ...values,
  }, machine);
}

const MINUTE = 60_000;

Deno.test("at the end, the file gets the name of its day", async () => {
  const { machine, write, appender, problems } = start({});
  write("one\n");
  assert.deepEqual(machine.contents, { log: "one\n" });
  await appender.close();
  await appender.close();
  assert.deepEqual(machine.contents, { log: "", "log.2026-11-24": "one\n" });
  assert.deepEqual(problems, []);
});

Deno.test("files of the same day get numbers", async () => {
  const machine = new MemoryMachine();
  for (const text of ["a\n", "b\n", "c\n", "d\n"]) {
    const { write, appender } = start({ MaxBackupIndex: "2" }, machine);
    write(text);
    await appender.close();
  }
  assert.deepEqual(machine.contents, {
    log: "",
    "log.2026-11-24": "d\n",
    "log.2026-11-24.1": "c\n",
    "log.2026-11-24.2": "b\n",
  });
});

Deno.test("with MaxBackupIndex 0, one file of the same day is kept", async () => {
  for (const most of ["0", "-1"]) {
    const machine = new MemoryMachine();
    for (const text of ["a\n", "b\n", "c\n"]) {
      const { write, appender } = start({ MaxBackupIndex: most }, machine);
      write(text);
      await appender.close();
    }
    assert.deepEqual(machine.contents, {
      log: "",
      "log.2026-11-24": "c\n",
      "log.2026-11-24.1": "b\n",
    });
  }
});

Deno.test("an event of the next minute begins a new file", async () => {
  const { machine, write, appender } = start({ Schedule: "minutely" });
  write("30\n");
  machine.time = new Date(2026, 10, 24, 7, 30, 59, 999);
  write("30 still\n");
  machine.time = new Date(2026, 10, 24, 7, 31, 0, 0);
  write("31\n");
  assert.deepEqual(machine.contents, {
    log: "31\n",
    "log.2026-11-24-07-30": "30\n30 still\n",
  });
  machine.after(5 * MINUTE);
  write("36\n");
  await appender.close();
  assert.deepEqual(machine.contents, {
    log: "",
    "log.2026-11-24-07-30": "30\n30 still\n",
    "log.2026-11-24-07-31": "31\n",
    "log.2026-11-24-07-36": "36\n",
  });
});

Deno.test("the time of a later file begins with its first event", () => {
  const { machine, write } = start({ Schedule: "MINUTELY" });
  machine.time = new Date(2026, 10, 24, 7, 31, 40);
  write("one\n");
  machine.time = new Date(2026, 10, 24, 7, 32, 39);
  write("two\n");
  assert.equal(machine.contents["log"], "one\ntwo\n");
  machine.time = new Date(2026, 10, 24, 7, 32, 40);
  write("three\n");
  assert.equal(machine.contents["log"], "three\n");
});

Deno.test("a schedule that there is not is told, and is DAILY", async () => {
  for (const name of ["bogus", ""]) {
    const { machine, appender, problems } = start({ Schedule: name });
    await appender.close();
    assert.ok("log.2026-11-24" in machine.contents);
    assert.deepEqual(problems, [
      `WARN DailyRollingFileAppender::ctor()- "Schedule" not valid: ${name}`,
    ]);
  }
});

Deno.test("a missing folder is told when opening and at the end", async () => {
  const { write, appender, problems } = start({ File: "no/log" });
  write("one\n");
  await appender.close();
  assert.deepEqual(problems, [
    "ERROR Unable to open file: no/log",
    "ERROR Failed to open file no/log",
  ]);
});

Deno.test("a file that cannot be renamed is kept", async () => {
  const machine = new MemoryMachine();
  machine.denied.add("log.2026-11-24");
  const { write, appender, problems } = start({}, machine);
  write("one\n");
  await appender.close();
  assert.deepEqual(machine.contents, { log: "one\n" });
  assert.deepEqual(problems, [
    "ERROR Failed to rename file from log.2026-11-24 to log.2026-11-24.1; error 13",
    "ERROR Failed to rename file from log to log.2026-11-24; error 13",
  ]);
});
