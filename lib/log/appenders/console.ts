/** Standard output, or with `logToStdErr` standard error. */

import { errorText } from "../../base/text.ts";
import type { Appender, AppenderSettings, ReportProblem } from "../appender.ts";
import type { LogMachine } from "../machine.ts";
import { readBoolean } from "../setting-values.ts";
import { ReportOnce } from "./report-once.ts";

/**
 * An appender for a console. Each event is written at once, whatever
 * `ImmediateFlush` says, and in the background: a slow reader holds nothing up.
 * A reader who is gone is no error, but a full device is.
 */
export function createConsoleAppender(
  settings: AppenderSettings,
  machine: Pick<LogMachine, "writeOut" | "writeError">,
  report: ReportProblem,
): Appender {
  const problems = new ReportOnce(report);
  const settled = (error: unknown): void => {
    if (error === undefined || error instanceof Deno.errors.BrokenPipe) return;
    problems.tell(
      `ConsoleAppender- standard output failed: ${errorText(error)}`,
    );
  };
  const append: (output: string) => void =
    readBoolean(settings.get("logToStdErr"))
      ? machine.writeError
      : (output) => machine.writeOut(output, settled);
  return {
    append: (_event, output) => append(output),
    close: () => Promise.resolve(),
  };
}
