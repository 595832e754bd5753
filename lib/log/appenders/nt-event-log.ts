/**
 * NTEventLogAppender: the event log of Windows, which can be reached neither
 * over a socket nor through a file, so not by this program.
 */

import type { Appender, AppenderSettings, ReportProblem } from "../appender.ts";
import type { LogMachine } from "../machine.ts";
import { createNullAppender } from "./null.ts";

/** Says that nothing will be logged, and drops what it gets. */
export function createNtEventLogAppender(
  settings: AppenderSettings,
  _machine: LogMachine,
  report: ReportProblem,
): Appender {
  const source = settings.get("source") ?? "";
  report(
    `NTEventLogAppender- the event log is not available, source: ${source}`,
  );
  return createNullAppender();
}
