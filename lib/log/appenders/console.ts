/** Standard output, or with `logToStdErr` standard error. */

import type { Appender, AppenderSettings } from "../appender.ts";
import type { LogMachine } from "../machine.ts";
import { readBoolean } from "../setting-values.ts";

/**
 * An appender for a console. Each event is written at once, whatever
 * `ImmediateFlush` says, and in the background: a slow reader holds nothing up.
 */
export function createConsoleAppender(
  settings: AppenderSettings,
  machine: Pick<LogMachine, "writeOut" | "writeError">,
): Appender {
  const write = readBoolean(settings.get("logToStdErr"))
    ? machine.writeError
    : machine.writeOut;
  return {
    append: (_event, output) => write(output),
    close: () => Promise.resolve(),
  };
}
