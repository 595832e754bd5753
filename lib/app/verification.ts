/** The main job: one verification, logged, interruptible. */

import type { Command } from "../cli/command.ts";
import { type Host, type InterruptSignal, SIGNAL_NUMBER } from "../host.ts";
import { app, type Log, type ProgramLog } from "../log/log.ts";
import { exitCode } from "../report/exit-code.ts";
import { logReporter } from "../report/reporter.ts";
import { verify } from "../verify/verify.ts";
import type { VerificationEvent } from "../verify/event.ts";
import { prepareDictionary } from "./dictionary.ts";
import { openLog, untilClosed } from "./log.ts";
import type { PreparedTls } from "./tls.ts";

/** So many bytes of log may wait for their reader between two echoes. */
const LONGEST_BACKLOG = 1024 * 1024;

export async function verifyPeer(
  command: Extract<Command, { kind: "verify" }>,
  host: Host,
): Promise<number> {
  const log = await openLog(command.log, command.echo, host);
  const abort = new AbortController();
  let interrupted: InterruptSignal | undefined;
  const forget = host.onInterrupt((signal) => {
    interrupted ??= signal;
    abort.abort();
  });
  try {
    const code = await verifyLogged(command, log, abort.signal, host)
      .finally(() => untilClosed(log, abort.signal));
    return interrupted === undefined ? code : 128 + SIGNAL_NUMBER[interrupted];
  } finally {
    forget();
  }
}

async function verifyLogged(
  command: Extract<Command, { kind: "verify" }>,
  log: ProgramLog,
  signal: AbortSignal,
  host: Host,
): Promise<number> {
  const { settings } = command;
  if (log.shows("debug")) {
    const { BANNER } = await import("../base/product.ts");
    log.write(app("debug", `${BANNER}\n`));
  }
  const { dictionary, fault } = await prepareDictionary(log, host);
  const titles = {
    calling: settings.callingAeTitle,
    called: settings.calledAeTitle,
  };
  const tls = await tlsFor(command, log, host, signal);
  if (tls?.kind === "refused") return tls.exit;
  if (tls?.kind === "interrupted") {
    log.write(app("fatal", "Interrupted"));
    return 128 + SIGNAL_NUMBER.SIGINT;
  }
  const report = await logReporter(log, titles, dictionary);
  const progress = await progressFor(command, log, host);
  const outcome = await verify(settings, {
    connect: host.connect,
    secure: tls?.secure,
    now: host.now,
    observe: (event) => {
      progress?.(event);
      report(event);
    },
    behind: () => log.backlog() > LONGEST_BACKLOG ? log.written() : undefined,
    signal,
    dictionaryFault: fault,
  });
  await tls?.finish(outcome);
  return exitCode(outcome);
}

/** Undefined: the transport is to be TCP as it is. */
async function tlsFor(
  { transport }: Extract<Command, { kind: "verify" }>,
  log: Log,
  host: Host,
  signal: AbortSignal,
): Promise<PreparedTls | undefined> {
  if (transport.kind === "tcp") return undefined;
  const { prepareTls } = await import("./tls.ts");
  return await prepareTls(transport.tls, log, host, signal);
}

/** A long silent series on a terminal shows that it is alive. */
async function progressFor(
  command: Extract<Command, { kind: "verify" }>,
  log: Log,
  host: Host,
): Promise<((event: VerificationEvent) => void) | undefined> {
  const { repeat } = command.settings;
  if (repeat < 2 || log.shows("info") || !log.shows("error")) return undefined;
  if (!host.isErrorTerminal()) return undefined;
  const { progressLine } = await import("../report/progress.ts");
  return progressLine(repeat, host.now, host.writeError);
}
