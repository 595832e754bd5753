import assert from "node:assert/strict";
import { createNtEventLogAppender } from "../../../lib/log/appenders/nt-event-log.ts";
import { LOG_LEVELS } from "../../../lib/log/log.ts";
import type {
  EventLogSettings,
  EventLogSink,
  SystemEvent,
} from "../../../lib/log/machine.ts";
import { MemoryMachine } from "../machine.ts";
import { type Setup, setUp } from "./set-up.ts";

interface EventLog extends Setup {
  readonly opened: readonly EventLogSettings[];
  readonly events: readonly SystemEvent[];
  readonly closed: () => number;
}

function start(
  values: Readonly<Record<string, string>>,
  sink: Partial<EventLogSink> = {},
): EventLog {
  const opened: EventLogSettings[] = [];
  const events: SystemEvent[] = [];
  let closed = 0;
  const machine = new MemoryMachine();
  machine.openEventLog = (settings) => {
    opened.push(settings);
    return Promise.resolve({
      isRegistered: true,
      report: (event) => events.push(event),
      close: () => closed++,
      ...sink,
    });
  };
  const setup = setUp(createNtEventLogAppender, values, machine);
  return { ...setup, opened, events, closed: () => closed };
}

Deno.test("the event log of this machine is opened for the source", () => {
  assert.deepEqual(start({ source: "echoscu" }).opened, [
    { source: "echoscu", log: "Application", server: "" },
  ]);
  const settings = { source: "a", log: "DICOM", server: "ward" };
  assert.deepEqual(start(settings).opened, [settings]);
});

Deno.test("events before and after opening are reported in order", async () => {
  const { write, events, appender, closed, problems } = start({ source: "a" });
  write("one\n");
  write("two\n");
  assert.deepEqual(events, []);
  assert.equal(appender.backlog?.(), 8);
  await appender.written?.();
  assert.equal(appender.backlog?.(), 0);
  write("three\n");
  assert.deepEqual(
    events.map(({ text }) => text),
    ["one\n", "two\n", "three\n"],
  );
  await appender.close();
  write("late\n");
  await appender.close();
  assert.equal(events.length, 3);
  assert.equal(closed(), 1);
  assert.deepEqual(problems, []);
});

Deno.test("what is waiting is reported before the log is closed", async () => {
  const { write, events, appender, closed } = start({ source: "a" });
  write("one\n");
  await appender.close();
  assert.equal(events.length, 1);
  assert.equal(closed(), 1);
});

Deno.test("type and category are those of the level", async () => {
  const { write, events, appender } = start({ source: "a" });
  for (const level of LOG_LEVELS) write(level, level);
  await appender.close();
  assert.deepEqual(
    Object.fromEntries(
      events.map(({ text, type, category }) => [text, `${type} ${category}`]),
    ),
    {
      fatal: "error 1",
      error: "error 2",
      warn: "warning 3",
      info: "information 4",
      debug: "information 5",
      trace: "information 6",
    },
  );
  assert.deepEqual([...new Set(events.map(({ id }) => id))], [4096]);
});

Deno.test("a text that is too long loses its end", async () => {
  const { write, events, appender } = start({ source: "a" });
  write("x".repeat(31839));
  write("x".repeat(31840));
  await appender.close();
  assert.deepEqual(events.map(({ text }) => text.length), [31839, 31839]);
});

Deno.test("half of a character, or a stray byte, is no text", async () => {
  const { write, events, appender } = start({ source: "a" });
  write("x".repeat(31838) + "\u{1F600}");
  write("a\udcffb");
  await appender.close();
  assert.deepEqual(
    events.map(({ text }) => text.slice(-3)),
    ["xx\ufffd", "a\ufffdb"],
  );
});

Deno.test("without a source, that is told and nothing is opened", async () => {
  const { write, problems, opened, appender } = start({ log: "Application" });
  write("one\n");
  await appender.close();
  assert.deepEqual(problems, ["WARN Source option not set for appender []."]);
  assert.deepEqual(opened, []);
});

Deno.test("an event log that cannot be opened is told once, and why", async () => {
  const { appender, write, problems } = setUp(createNtEventLogAppender, {
    source: "a",
  });
  write("one\n");
  await appender.written?.();
  write("two\n");
  assert.equal(appender.backlog?.(), 0);
  await appender.close();
  assert.deepEqual(problems, [
    "ERROR NTEventLogAppender- the event log is not available: not in memory",
  ]);
});

Deno.test("events that are not taken are told of once, and others tried", async () => {
  let tries = 0;
  const { write, problems, appender } = start({ source: "a" }, {
    report: () => {
      tries++;
      throw new Error("full");
    },
  });
  write("one\n");
  write("two\n");
  await appender.close();
  assert.equal(tries, 2);
  assert.deepEqual(problems, ["ERROR Cannot report event in NT EventLog."]);
});

Deno.test("that events go to another log than the one set is told", async () => {
  const unregistered = { isRegistered: false };
  for (
    const [log, expected] of [
      ["DICOM", [
        "WARN NTEventLogAppender- the source is not registered for the log DICOM",
      ]],
      ["Application", []],
      ["application", []],
    ] as const
  ) {
    const { problems, write, events, appender } = start(
      { source: "a", log },
      unregistered,
    );
    write("one\n");
    await appender.close();
    assert.deepEqual(problems, expected);
    assert.equal(events.length, 1);
  }
});
