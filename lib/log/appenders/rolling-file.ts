/** RollingFileAppender: a new file when the old one has grown too large. */

import type { Appender, AppenderSettings, ReportProblem } from "../appender.ts";
import type { LogMachine } from "../machine.ts";
import { move, shiftBackups } from "./backups.ts";
import { FileOutput } from "./file-output.ts";
import { leadingInteger } from "../setting-values.ts";
import { int32 } from "./numbers.ts";

const DEFAULT_SIZE = 10 * 1024 * 1024;
const LEAST_SIZE = 200 * 1024;

/** In bytes. */
function maxFileSize(settings: AppenderSettings): number {
  const text = settings.get("MaxFileSize")?.toUpperCase() ?? "";
  if (text === "") return DEFAULT_SIZE;
  const unit = /.MB$/s.test(text) ? 1024 * 1024 : /.KB$/s.test(text) ? 1024 : 1;
  return Math.max(leadingInteger(text) * unit, LEAST_SIZE);
}

/**
 * Settings: those of a FileAppender (`Append` being true by default),
 * `MaxFileSize` in bytes, KB or MB (default 10 MB, at least 200 KB) and
 * `MaxBackupIndex` (default 1). A file is renamed after the event that made it
 * larger than that, so no event is ever in two files.
 */
export function createRollingFileAppender(
  settings: AppenderSettings,
  machine: LogMachine,
  report: ReportProblem,
): Appender {
  const { files } = machine;
  const output = new FileOutput(settings, machine, report, true);
  const { name, problems } = output;
  const largest = maxFileSize(settings);
  const mostBackups = Math.max(int32(settings, "MaxBackupIndex", 1), 1);

  function rollOver(): void {
    output.closeFile();
    shiftBackups(files, name, mostBackups, problems);
    const moved = move(files, name, `${name}.1`, problems);
    output.openAgain(moved ? "truncate" : "append");
  }

  return {
    append: (_event, text) =>
      output.exclusively(() => {
        output.write(text);
        if (output.size > largest) rollOver();
      }, text.length),
    close: () => output.close(),
    backlog: () => output.backlog,
    written: () => output.written,
  };
}
