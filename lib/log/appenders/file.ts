/** FileAppender: all into one file. */

import type { Appender, AppenderSettings, ReportProblem } from "../appender.ts";
import type { LogMachine } from "../machine.ts";
import { FileOutput } from "./file-output.ts";

/**
 * Settings: `File`, `Append` (default false), `CreateDirs`, `ImmediateFlush`,
 * `BufferSize` in bytes, `ReopenDelay` in seconds, `UseLockFile`, `LockFile`,
 * `Locale`.
 */
export function createFileAppender(
  settings: AppenderSettings,
  machine: LogMachine,
  report: ReportProblem,
): Appender {
  const output = new FileOutput(settings, machine, report, false);
  return {
    append: (_event, text) =>
      output.exclusively(() => output.write(text), text.length),
    close: () => output.close(),
    backlog: () => output.backlog,
    written: () => output.written,
  };
}
