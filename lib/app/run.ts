/** The program: from arguments and a host to an exit code. */

import { type Condition, DATA_DICTIONARY_MISSING } from "./base/condition.ts";
import { DICTIONARY_LIMIT } from "./base/files.ts";
import { errorText, escapeControls } from "./base/text.ts";
import type { Command, LogSettings } from "./cli/command.ts";
import { parseCommandLine } from "./cli/parse.ts";
import type { Dictionary } from "./dictionary/entry.ts";
import { type Host, type InterruptSignal, SIGNAL_NUMBER } from "./host.ts";
import {
  app,
  consoleLog,
  data,
  formatMessage,
  type Log,
  type LogLevel,
  type ProgramLog,
} from "./log/log.ts";
import { EXIT_CODE, exitCode } from "./report/exit-code.ts";
import { logReporter } from "./report/reporter.ts";
import { verify } from "./verify/verify.ts";
import type { VerificationEvent } from "./verify/event.ts";

const DICTIONARY_VARIABLE = "DCMDICTPATH";

/** So many characters of log may wait for their reader between two echoes. */
const LONGEST_BACKLOG = 1024 * 1024;

/** What is left to be written when a signal comes has so long, in ms. */
const LAST_WORDS = 200;

/**
 * Runs one command line; exit codes are those of the reference. Never throws:
 * what should not happen is one line too, and exit code 70.
 */
export async function run(
  argv: readonly string[],
  host: Host,
): Promise<number> {
  try {
    return await dispatch(argv, host);
  } catch (error) {
    const text = `Internal Error: ${escapeControls(errorText(error))}`;
    host.writeError(formatMessage(app("fatal", text)));
    await host.errorsWritten();
    return EXIT_CODE.internalError;
  }
}

async function dispatch(
  argv: readonly string[],
  host: Host,
): Promise<number> {
  const command = await parseCommandLine(argv, host.files);
  switch (command.kind) {
    case "usage":
    case "help":
    case "version":
      return await inform(command.kind, host);
    case "error":
      return await refuse(command, host);
    case "list-ciphers":
      return await unavailable("--list-ciphers", host);
    case "list-profiles":
      return await unavailable("--list-profiles", host);
    case "verify-certificate":
      return await unavailable("--verify-cert", host);
    case "is-root-certificate":
      return await unavailable("--is-root-cert", host);
    case "verify":
      return await verifyPeer(command, host);
  }
}

async function inform(
  kind: "usage" | "help" | "version",
  host: Host,
): Promise<number> {
  const { helpText, versionText } = await import("./cli/help.ts");
  host.writeOut(kind === "version" ? versionText() : helpText());
  return EXIT_CODE.verified;
}

async function refuse(
  command: Extract<Command, { kind: "error" }>,
  host: Host,
): Promise<number> {
  const log = command.log === undefined
    ? undefined
    : await openLog(command.log, command.echo, host);
  if (!command.silent && log?.silent !== true) {
    const { usageErrorText } = await import("./cli/help.ts");
    host.writeError(usageErrorText(command.message));
  }
  await log?.close();
  await host.errorsWritten();
  return EXIT_CODE.failed;
}

/** What is understood and not yet built is refused, never ignored. */
async function unavailable(what: string, host: Host): Promise<number> {
  const { usageErrorText } = await import("./cli/help.ts");
  host.writeError(
    usageErrorText(`${what} is not available in this version`),
  );
  await host.errorsWritten();
  return EXIT_CODE.failed;
}

/** @param echo is shown at every level, as in the reference. */
async function openLog(
  settings: LogSettings,
  echo: string | undefined,
  host: Host,
): Promise<ProgramLog> {
  let log: ProgramLog;
  if (settings.config === undefined) log = plainLog(settings.level, host);
  else {
    const { configuredLog } = await import("./log/configured.ts");
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

async function verifyPeer(
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
    const code = await (command.transport.kind === "tls"
      ? unavailable("TLS", host)
      : verifyLogged(command, log, abort.signal, host))
      .finally(() =>
        untilClosed(log, abort.signal)
      );
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
    const { BANNER } = await import("./base/product.ts");
    log.write(app("debug", `${BANNER}\n`));
  }
  const { dictionary, fault } = await prepareDictionary(log, host);
  const titles = {
    calling: settings.callingAeTitle,
    called: settings.calledAeTitle,
  };
  const report = await logReporter(log, titles, dictionary);
  const progress = await progressFor(command, log, host);
  const outcome = await verify(settings, {
    connect: host.connect,
    now: host.now,
    observe: (event) => {
      progress?.(event);
      report(event);
    },
    behind: () => log.backlog() > LONGEST_BACKLOG ? log.written() : undefined,
    signal,
    dictionaryFault: fault,
  });
  return exitCode(outcome);
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

interface PreparedDictionary {
  readonly dictionary: () => Dictionary;
  readonly fault: Condition | undefined;
}

/**
 * Only a dictionary of the user's own can fail to load, and only the debug and
 * trace log name elements: without both, nothing is loaded.
 */
async function prepareDictionary(
  log: Log,
  host: Host,
): Promise<PreparedDictionary> {
  const paths = host.environment(DICTIONARY_VARIABLE);
  const unused = paths === undefined || paths === "";
  if (unused && !log.shows("debug")) {
    const dictionary = (): never => {
      throw new Error("no element is named at this level");
    };
    return { dictionary, fault: undefined };
  }
  const { loadDictionary } = await import("./dictionary/load.ts");
  const { dictionaryFault } = await import("./dimse/dictionary-fault.ts");
  const builtIn = unused ? host.builtInDictionary() : undefined;
  const { dictionary, loaded, messages } = loadDictionary(
    { paths, separator: host.pathSeparator },
    {
      readFile: (path) => {
        const content = host.files.read(path, DICTIONARY_LIMIT);
        return content.kind === "content" ? content.bytes : undefined;
      },
    },
    () => builtIn,
  );
  for (const { level, text } of messages) log.write(data(level, text));
  const missing = unused && builtIn === undefined;
  if (!loaded || missing) {
    log.write(
      app(
        "warn",
        "no data dictionary loaded, check environment variable: " +
          DICTIONARY_VARIABLE,
      ),
    );
  }
  return {
    dictionary: () => dictionary,
    fault: loaded
      ? unused ? undefined : dictionaryFault(dictionary)
      : DATA_DICTIONARY_MISSING,
  };
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
  const { progressLine } = await import("./report/progress.ts");
  return progressLine(repeat, host.now, host.writeError);
}
