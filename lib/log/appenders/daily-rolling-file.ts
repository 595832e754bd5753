/** DailyRollingFileAppender: a new file every day, hour, … */

import type { Appender, AppenderSettings, ReportProblem } from "../appender.ts";
import type { LogMachine } from "../machine.ts";
import { move, shiftBackups } from "./backups.ts";
import { FileOutput } from "./file-output.ts";
import { int32 } from "./numbers.ts";
import {
  nextRollOver,
  readSchedule,
  type Schedule,
  scheduledName,
  startOf,
} from "./schedule.ts";

function scheduleOf(
  settings: AppenderSettings,
  report: ReportProblem,
): Schedule {
  const name = settings.get("Schedule") ?? "";
  const schedule = readSchedule(name);
  if (schedule !== undefined) return schedule;
  report(
    `DailyRollingFileAppender::ctor()- "Schedule" not valid: ${name}`,
    "warn",
  );
  return "DAILY";
}

/**
 * Settings: those of a FileAppender (`Append` being true by default),
 * `Schedule` (MONTHLY, WEEKLY, DAILY, TWICE_DAILY, HOURLY or MINUTELY) and
 * `MaxBackupIndex` (default 10) for files of the same day, hour, … As with the
 * reference, the file is renamed at the end of the program as well, and an
 * empty one is left.
 */
export function createDailyRollingFileAppender(
  settings: AppenderSettings,
  machine: LogMachine,
  report: ReportProblem,
): Appender {
  const { files } = machine;
  const output = new FileOutput(settings, machine, report, true);
  const { name, problems } = output;
  const schedule = scheduleOf(settings, report);
  const mostBackups = int32(settings, "MaxBackupIndex", 10);
  const start = startOf(schedule, machine.now());
  let scheduled = scheduledName(schedule, name, start);
  let next = nextRollOver(schedule, start);
  let closed = false;

  function rollOver(): void {
    output.closeFile();
    shiftBackups(files, scheduled, mostBackups, problems);
    move(files, scheduled, `${scheduled}.1`, problems);
    const moved = move(files, name, scheduled, problems);
    output.openAgain(moved ? "truncate" : "append");
    const now = machine.now();
    if (now >= next) {
      scheduled = scheduledName(schedule, name, now);
      next = nextRollOver(schedule, now);
    }
  }

  return {
    append: ({ time }, text) =>
      output.exclusively(() => {
        if (time >= next) rollOver();
        output.write(text);
      }, text.length),
    close: () => {
      if (!closed) output.exclusively(rollOver);
      closed = true;
      return output.close();
    },
    backlog: () => output.backlog,
    written: () => output.written,
  };
}
