/** The log of one run: opened as the command line says, closed in time. */

import type { LogSettings } from "../cli/command.ts";
import type { Host } from "../host.ts";
import {
  app,
  consoleLog,
  formatMessage,
  type LogLevel,
  type ProgramLog,
} from "../log/log.ts";

/** What is left to be written when a signal comes has so long, in ms. */
const LAST_WORDS = 200;

/** @param echo is shown at every level, as in the reference. */
export async function openLog(
  settings: LogSettings,
  echo: string | undefined,
  host: Host,
): Promise<ProgramLog> {
  let log: ProgramLog;
  if (settings.config === undefined) log = plainLog(settings.level, host);
  else {
    const { configuredLog } = await import("../log/configured.ts");
    const machine = await host.logMachine();
    log = await configuredLog(settings.config.properties, machine);
  }
  if (echo !== undefined) log.force("info", echo);
  return log;
}

function plainLog(level: LogLevel | "off", host: Host): ProgramLog {
  const log = consoleLog(level, host.writeError);
  return {
    ...log,
    force: (level, text) => host.writeError(formatMessage(app(level, text))),
    silent: !log.shows("error"),
    backlog: host.errorBacklog,
    written: host.errorsWritten,
    close: host.errorsWritten,
  };
}

/** A reader may take its time, but not hold up a signal for more than that. */
export async function untilClosed(
  log: ProgramLog,
  signal: AbortSignal,
): Promise<void> {
  const closed = log.close();
  if (closed === undefined) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const giveUp = (): void => {
    timer = setTimeout(resolve, LAST_WORDS);
  };
  if (signal.aborted) giveUp();
  else signal.addEventListener("abort", giveUp);
  try {
    await Promise.race([closed, promise]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", giveUp);
  }
}
