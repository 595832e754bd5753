/** Appenders for tests, on a machine in memory. */

import type { Appender } from "../../../lib/log/appender.ts";
import type { CreateAppender } from "../../../lib/log/create-appender.ts";
import type { LogLevel } from "../../../lib/log/log.ts";
import { logEvent, problemList } from "../events.ts";
import { MemoryMachine } from "../machine.ts";

/** An appender, and what it was made with. */
export interface Setup {
  readonly machine: MemoryMachine;
  /** What was reported so far. */
  readonly problems: readonly string[];
  readonly appender: Appender;
  /** Appends `text` as the layout's output. */
  readonly write: (text: string, level?: LogLevel) => void;
}

export function setUp(
  create: CreateAppender,
  values: Readonly<Record<string, string>>,
  machine = new MemoryMachine(),
): Setup {
  const { problems, report } = problemList();
  const appender = create(new Map(Object.entries(values)), machine, report);
  return {
    machine,
    problems,
    appender,
    write: (text, level = "info") =>
      appender.append(logEvent({ time: machine.time, level }), text),
  };
}
