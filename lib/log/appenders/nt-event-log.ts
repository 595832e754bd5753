/** NTEventLogAppender: to the event log of Windows. */

import { errorText } from "../../base/text.ts";
import type { Appender, AppenderSettings, ReportProblem } from "../appender.ts";
import type { LogLevel } from "../log.ts";
import type { EventLogSink, LogMachine, SystemEvent } from "../machine.ts";
import { createNullAppender } from "./null.ts";
import { ReportOnce } from "./report-once.ts";

const DEFAULT_LOG = "Application";

/** The id of all events. */
const EVENT_ID = 0x1000;

/** UTF-16 units that ReportEvent takes. */
const LENGTH_LIMIT = 31839;

const TYPES: Readonly<Record<LogLevel, SystemEvent["type"]>> = {
  fatal: "error",
  error: "error",
  warn: "warning",
  info: "information",
  debug: "information",
  trace: "information",
};

const CATEGORIES: Readonly<Record<LogLevel, number>> = {
  fatal: 1,
  error: 2,
  warn: 3,
  info: 4,
  debug: 5,
  trace: 6,
};

/**
 * What is longer than the system takes loses its end, and nothing is left in it
 * that is no text: an event with that cannot be shown.
 */
function systemEvent(level: LogLevel, output: string): SystemEvent {
  return {
    type: TYPES[level],
    category: CATEGORIES[level],
    id: EVENT_ID,
    text: output.slice(0, LENGTH_LIMIT).toWellFormed(),
  };
}

/**
 * Settings: `source`, `log` (default "Application") and `server` (default this
 * machine).
 */
export function createNtEventLogAppender(
  settings: AppenderSettings,
  machine: LogMachine,
  report: ReportProblem,
): Appender {
  const source = settings.get("source") ?? "";
  if (source === "") {
    // The reference gives an appender its name only after that.
    report("Source option not set for appender [].", "warn");
    return createNullAppender();
  }
  const log = settings.get("log") || DEFAULT_LOG;
  const server = settings.get("server") ?? "";
  return new EventLogAppender(
    machine.openEventLog({ source, log, server }),
    log,
    new ReportOnce(report),
  );
}

class EventLogAppender implements Appender {
  readonly #problems: ReportOnce;
  readonly #opened: Promise<void>;
  #sink: EventLogSink | undefined;
  /** Undefined when they can be sent at once, or not at all. */
  #waiting: SystemEvent[] | undefined = [];

  constructor(
    opening: Promise<EventLogSink>,
    log: string,
    problems: ReportOnce,
  ) {
    this.#problems = problems;
    this.#opened = this.#open(opening, log);
  }

  append(event: Parameters<Appender["append"]>[0], output: string): void {
    const entry = systemEvent(event.level, output);
    if (this.#waiting !== undefined) this.#waiting.push(entry);
    else this.#send(entry);
  }

  backlog(): number {
    return (this.#waiting ?? [])
      .reduce((total, { text }) => total + text.length, 0);
  }

  written(): Promise<void> {
    return this.#opened;
  }

  async close(): Promise<void> {
    await this.#opened;
    this.#sink?.close();
    this.#sink = undefined;
  }

  async #open(opening: Promise<EventLogSink>, log: string): Promise<void> {
    try {
      this.#sink = await opening;
      if (!this.#sink.isRegistered && !isDefault(log)) {
        this.#tell(`the source is not registered for the log ${log}`, "warn");
      }
    } catch (error) {
      this.#tell(`the event log is not available: ${errorText(error)}`);
    }
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const entry of waiting) this.#send(entry);
  }

  #send(entry: SystemEvent): void {
    try {
      this.#sink?.report(entry);
    } catch {
      this.#problems.tell("Cannot report event in NT EventLog.");
    }
  }

  #tell(text: string, severity?: "warn"): void {
    this.#problems.tell(`NTEventLogAppender- ${text}`, severity);
  }
}

function isDefault(log: string): boolean {
  return log.toLowerCase() === DEFAULT_LOG.toLowerCase();
}
