/** Appenders by the names of their classes, loaded as they are asked for. */

import type { Appender, AppenderSettings, ReportProblem } from "./appender.ts";
import type { LogMachine } from "./machine.ts";

/** Reports what is wrong with the settings, and never throws. */
export type CreateAppender = (
  settings: AppenderSettings,
  machine: LogMachine,
  report: ReportProblem,
) => Appender;

/** @returns undefined for a class that there is not, or not on this system. */
export async function createAppender(
  className: string,
  machine: LogMachine,
): Promise<CreateAppender | undefined> {
  switch (className) {
    case "log4cplus::ConsoleAppender":
      return (await import("./appenders/console.ts")).createConsoleAppender;
    case "log4cplus::NullAppender":
      return (await import("./appenders/null.ts")).createNullAppender;
    case "log4cplus::FileAppender":
      return (await import("./appenders/file.ts")).createFileAppender;
    case "log4cplus::RollingFileAppender":
      return (await import("./appenders/rolling-file.ts"))
        .createRollingFileAppender;
    case "log4cplus::DailyRollingFileAppender":
      return (await import("./appenders/daily-rolling-file.ts"))
        .createDailyRollingFileAppender;
    case "log4cplus::SysLogAppender":
      return (await import("./appenders/syslog.ts")).createSysLogAppender;
    case "log4cplus::NTEventLogAppender":
      return machine.system === "windows"
        ? (await import("./appenders/nt-event-log.ts")).createNtEventLogAppender
        : undefined;
    default:
      return undefined;
  }
}
