/** The main job: one verification, logged, interruptible. */

import type { Condition } from "../base/condition.ts";
import type { Command, TransportSettings } from "../cli/command.ts";
import type { Dictionary } from "../dictionary/entry.ts";
import type { Host } from "../host.ts";
import { app, type Log, type ProgramLog } from "../log/log.ts";
import { exitCode } from "../report/exit-code.ts";
import type { Titles } from "../report/messages.ts";
import { logReporter } from "../report/reporter.ts";
import { verify } from "../verify/verify.ts";
import type { TlsFailure } from "../tls/failure.ts";
import type { VerificationEvent } from "../verify/event.ts";
import type { Failure } from "../verify/outcome.ts";
import type { VerificationSettings } from "../verify/settings.ts";
import { prepareDictionary } from "./dictionary.ts";
import type { Interrupt } from "./interrupt.ts";
import { withInterrupt } from "./log.ts";
import type { PreparedTls } from "./tls.ts";

/** So many bytes of log may wait for their reader between two echoes. */
const LONGEST_BACKLOG = 1024 * 1024;

/** One drop-in call. */
export function verifyPeer(
  command: Extract<Command, { kind: "verify" }>,
  host: Host,
): Promise<number> {
  return withInterrupt(
    command,
    host,
    (log, interrupt) => verifyLogged(command, log, interrupt, host),
  );
}

async function verifyLogged(
  command: Extract<Command, { kind: "verify" }>,
  log: ProgramLog,
  interrupt: Interrupt,
  host: Host,
): Promise<number> {
  const { settings } = command;
  const prepared = await prepare(
    command,
    log,
    () => interrupt.toSignal(),
    host,
  );
  if (prepared.kind === "ended") {
    if (log.shows("error") && host.isErrorTerminal()) {
      const { giveSetUpHint }: typeof import("./hint.ts") = await import(
        import.meta.resolve("./hint.ts")
      );
      giveSetUpHint(settings, prepared.failure, host);
    }
    return prepared.exit;
  }
  const { tls, dictionaryFault } = prepared;
  const report = await logReporter(
    log,
    titlesOf(settings),
    prepared.dictionary,
  );
  const progress = await progressFor(command, log, host);
  let tlsFailure: TlsFailure | undefined;
  const outcome = await verify(settings, {
    connect: (request) => {
      const connecting = host.connectAlone(request);
      // Before, there is nothing to end in order, and now there is time.
      interrupt.handle();
      return connecting;
    },
    secure: tls?.secure((event) => {
      if (event.kind === "tls-failed") tlsFailure = event.failure;
    }),
    now: host.now,
    observe: (event) => {
      progress?.(event);
      report(event);
    },
    steps: log.shows("debug"),
    behind: behind(log),
    signal: interrupt,
    dictionaryFault,
  });
  await tls?.finish(outcome);
  const { failure } = outcome;
  if (
    failure !== undefined && failure.cause.kind !== "interrupted" &&
    log.shows("error") && host.isErrorTerminal()
  ) {
    const { giveHint }: typeof import("./hint.ts") = await import(
      import.meta.resolve("./hint.ts")
    );
    giveHint({ outcome, settings, tls: tls !== undefined, tlsFailure }, host);
  }
  return exitCode(outcome);
}

/** For the log's warnings. */
export function titlesOf(
  { callingAeTitle, calledAeTitle }: VerificationSettings,
): Titles {
  return { calling: callingAeTitle, called: calledAeTitle };
}

/** Echoes wait for a log that is far behind. */
export function behind(log: ProgramLog): () => Promise<void> | undefined {
  return () => log.backlog() > LONGEST_BACKLOG ? log.written() : undefined;
}

/** What a verification needs that can go wrong before anything is sent. */
export type Prepared =
  | {
    readonly kind: "ready";
    readonly dictionary: () => Dictionary;
    readonly dictionaryFault: Condition | undefined;
    /** Undefined: the transport is to be TCP as it is. */
    readonly tls: Extract<PreparedTls, { kind: "ready" }> | undefined;
  }
  /** The log says everything. */
  | {
    readonly kind: "ended";
    readonly exit: number;
    readonly failure: Failure;
  };

export async function prepare(
  { transport }: { readonly transport: TransportSettings },
  log: ProgramLog,
  signal: () => AbortSignal,
  host: Host,
): Promise<Prepared> {
  if (log.shows("debug")) {
    const { BANNER }: typeof import("../base/product.ts") = await import(
      import.meta.resolve("../base/product.ts")
    );
    log.write(app("debug", `${BANNER}\n`));
  }
  const { dictionary, fault } = await prepareDictionary(log, host);
  const ready = { kind: "ready", dictionary, dictionaryFault: fault } as const;
  if (transport.kind === "tcp") return { ...ready, tls: undefined };
  const { prepareTls, setUpFailure }: typeof import("./tls.ts") = await import(
    import.meta.resolve("./tls.ts")
  );
  const tls = await prepareTls(transport.tls, log, host, signal());
  if (tls.kind === "ready") return { ...ready, tls };
  if (tls.kind === "interrupted") log.write(app("fatal", "Interrupted"));
  return { kind: "ended", exit: tls.exit, failure: setUpFailure(tls) };
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
  const { progressLine }: typeof import("../report/progress.ts") = await import(
    import.meta.resolve("../report/progress.ts")
  );
  return progressLine(repeat, host.now, host.writeError);
}
