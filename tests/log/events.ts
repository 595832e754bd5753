/** Events for tests of the log. */

import type { LogEvent, ReportProblem } from "../../lib/log/appender.ts";
import { NOW } from "./machine.ts";

export function logEvent(more: Partial<LogEvent> = {}): LogEvent {
  return {
    logger: "dcmtk.apps.echoscu",
    level: "info",
    text: "Requesting Association",
    time: NOW,
    ...more,
  };
}

/** Keeps what is reported, as the user would read it. */
export function problemList(): {
  readonly problems: string[];
  readonly report: ReportProblem;
} {
  const problems: string[] = [];
  return {
    problems,
    report: (text, severity) =>
      problems.push(`${severity === "warn" ? "WARN" : "ERROR"} ${text}`),
  };
}
