/** The log of one run: opened as the command line says, closed in time. */

import type { LogSettings } from "../cli/command.ts";
import { type Host, type InterruptSignal, SIGNAL_NUMBER } from "../host.ts";
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
async function untilClosed(
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

/** The exit code of a run that was told to stop by a signal. */
export function interruptedExit(signal: InterruptSignal): number {
  return 128 + SIGNAL_NUMBER[signal];
}

/**
 * Does `work` with the log open and signals handled, and closes the log.
 *
 * @param stop what a signal means: "fails" has the exit code of the signal,
 * "ends" that of the work.
 */
export async function withLog(
  { log: settings, echo }: {
    readonly log: LogSettings;
    readonly echo: string | undefined;
  },
  host: Host,
  work: (log: ProgramLog, signal: AbortSignal) => Promise<number>,
  stop: "fails" | "ends" = "fails",
): Promise<number> {
  const log = await openLog(settings, echo, host);
  const abort = new AbortController();
  let interrupted: InterruptSignal | undefined;
  const forget = host.onInterrupt((signal) => {
    interrupted ??= signal;
    abort.abort();
  });
  try {
    const code = await work(log, abort.signal)
      .finally(() => untilClosed(log, abort.signal));
    return interrupted === undefined || stop === "ends"
      ? code
      : interruptedExit(interrupted);
  } finally {
    forget();
  }
}
