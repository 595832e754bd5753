/** The log of one run: opened as the command line says, closed in time. */

import { escapeControls } from "../base/text.ts";
import type { LogSettings } from "../cli/command.ts";
import type { Host } from "../host.ts";
import {
  app,
  consoleLog,
  formatMessage,
  type LogLevel,
  type ProgramLog,
} from "../log/log.ts";
import type { Interruption } from "../net/deadline.ts";
import type { OperatorSettings } from "../result/settings.ts";
import { Interrupt, interruptedExit } from "./interrupt.ts";

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
    const { configuredLog }: typeof import("../log/configured.ts") =
      await import(import.meta.resolve("../log/configured.ts"));
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
async function inTime(
  written: Promise<void> | undefined,
  interruption: Interruption,
): Promise<void> {
  if (written === undefined) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const giveUp = (): void => {
    timer = setTimeout(resolve, LAST_WORDS);
  };
  if (interruption.aborted) giveUp();
  else interruption.addEventListener("abort", giveUp);
  try {
    await Promise.race([written, promise]);
  } finally {
    clearTimeout(timer);
    interruption.removeEventListener("abort", giveUp);
  }
}

/** What of a command this is about. */
interface Logged {
  readonly log: LogSettings;
  readonly echo: string | undefined;
  /** Undefined: a drop-in call. */
  readonly operator?: Pick<OperatorSettings, "format"> | undefined;
}

/**
 * Does `work` with the log open and signals handled, and waits until all that
 * it has written is on its way.
 *
 * Data that cannot be written to standard output is a failure, except of a
 * drop-in call: the reference does not look either.
 *
 * @param stop what a signal means: "fails" has the exit code of the signal,
 * "ends" that of the work. So does a format whose exit codes are its own.
 */
export function withLog(
  logged: Logged,
  host: Host,
  work: (log: ProgramLog, signal: AbortSignal) => Promise<number>,
  stop: "fails" | "ends" = "fails",
): Promise<number> {
  return withInterrupt(
    logged,
    host,
    (log, interrupt) => work(log, interrupt.toSignal()),
    stop,
  );
}

/** The same for work that says itself from when on signals are handled. */
export async function withInterrupt(
  { log: settings, echo, operator }: Logged,
  host: Host,
  work: (log: ProgramLog, interrupt: Interrupt) => Promise<number>,
  stop: "fails" | "ends" = "fails",
): Promise<number> {
  const log = await openLog(settings, echo, host);
  using interrupt = new Interrupt(host);
  const code = await work(log, interrupt)
    .finally(() => inTime(host.outputWritten(), interrupt))
    .then((code) => unlessLost(code, operator, log, host))
    .finally(() => inTime(log.close(), interrupt));
  const { cause } = interrupt;
  const ends = stop === "ends" || operator?.format === "nagios";
  return cause === undefined || ends ? code : interruptedExit(cause);
}

async function unlessLost(
  code: number,
  operator: Logged["operator"],
  log: ProgramLog,
  host: Host,
): Promise<number> {
  const fault = host.outputFault();
  if (fault === undefined || operator === undefined) return code;
  const text = `Cannot write standard output: ${escapeControls(fault)}`;
  log.write(app("fatal", text));
  const { failedExit }: typeof import("./results.ts") = await import(
    import.meta.resolve("./results.ts")
  );
  return failedExit(operator, text, host);
}
