/** The listening end, as the command line asks for it. */

import { errorText, escapeControls, toByteText } from "../base/text.ts";
import type { Command } from "../cli/command.ts";
import { exposition } from "../format/exposition.ts";
import type { Host } from "../host.ts";
import { listenFamilies } from "../listen/counts.ts";
import { listen, type Listening } from "../listen/listen.ts";
import { callerWaits, LONGEST_WAIT } from "../listen/waits.ts";
import { app, type Log, type ProgramLog } from "../log/log.ts";
import { AE_TITLE_LENGTH } from "../pdu/pdu-type.ts";
import { EXIT_CODE } from "../report/exit-code.ts";
import { outputFor } from "./listen-output.ts";
import type { ServerTls } from "./listen-tls.ts";
import { withLog } from "./log.ts";
import { metricsWhile } from "./metrics.ts";
import { failedExit, NOT_SET_UP } from "./results.ts";
import { warnOfTitles } from "./title-warnings.ts";

type ListenCommand = Extract<Command, { kind: "listen" }>;

/** Listens until the deadline or a signal; to be ended is no failure. */
export function listenForCallers(
  command: ListenCommand,
  host: Host,
): Promise<number> {
  return withLog(
    command,
    host,
    (log, signal) => serve(command, log, signal, host),
    "ends",
  );
}

async function serve(
  command: ListenCommand,
  log: ProgramLog,
  signal: AbortSignal,
  host: Host,
): Promise<number> {
  const { operator, transport } = command;
  const fault = faultOf(command);
  if (fault !== undefined) {
    log.write(app("fatal", fault));
    return failedExit(operator, fault, host);
  }
  if (command.aeTitle !== undefined) {
    warnOfTitles({ called: command.aeTitle }, log);
  }
  if (transport.kind === "tcp") {
    return await serveWith(undefined, command, log, signal, host);
  }
  const { prepareServerTls } = await import("./listen-tls.ts");
  const prepared = await prepareServerTls(transport.tls, log, signal, host);
  return prepared.kind === "refused"
    ? failedExit(operator, NOT_SET_UP, host, prepared.exit)
    : await serveWith(prepared, command, log, signal, host);
}

/** What cannot be done, before anything is. */
function faultOf({ operator, aeTitle }: ListenCommand): string | undefined {
  const { format = "text", output } = operator;
  if (output !== undefined && format !== "nagios" && format !== "prometheus") {
    return `--listen writes ${format} while it listens, to standard output: ` +
      "--output is for nagios and prometheus";
  }
  if (
    aeTitle !== undefined && toByteText(aeTitle.trim()).length > AE_TITLE_LENGTH
  ) {
    return `No caller can ask for the AE title "${escapeControls(aeTitle)}": ` +
      `it is longer than ${AE_TITLE_LENGTH} bytes`;
  }
  return undefined;
}

type ReadyTls = Extract<ServerTls, { kind: "ready" }>;

async function serveWith(
  tls: ReadyTls | undefined,
  command: ListenCommand,
  log: ProgramLog,
  signal: AbortSignal,
  host: Host,
): Promise<number> {
  const { operator, address, addressFamily, aeTitle, maximumLength } = command;
  const { shortened, ...waits } = callerWaits(command.timeouts);
  if (shortened) {
    const most = `${LONGEST_WAIT} seconds`;
    log.write(app("warn", `A caller is not waited for longer than ${most}`));
  }
  let listening: Listening | undefined;
  const render = (): string => {
    if (listening === undefined) return "";
    return exposition(listenFamilies(listening.tally, listening.started));
  };
  const metrics = { address: command.metrics, render };
  return await metricsWhile(metrics, operator, log, host, async (url) => {
    const output = outputFor(command, { url, render }, log, host);
    const faults = new Faults(log);
    const result = await listen({
      ...address,
      ...waits,
      addressFamily,
      calledAeTitle: aeTitle,
      maximumLength,
      tls: tls?.server,
      deadline: operator.deadline,
    }, {
      now: host.now,
      date: () => new Date(),
      signal,
      observe: {
        ...output,
        listening: (where) => {
          listening = where;
          output.listening(where);
        },
        failed: (error) => faults.tell(error),
      },
    });
    if (result.kind === "listened") {
      if (result.counts.accepted > 0) tls?.finish();
      const usual = faults.any ? EXIT_CODE.internalError : EXIT_CODE.verified;
      return output.summary(result.counts, faults.any) ?? usual;
    }
    log.write(app("fatal", result.reason));
    return failedExit(operator, result.reason, host);
  });
}

/** Errors of this program in one call, which are not to end all others. */
class Faults {
  readonly #log: Log;
  any = false;

  constructor(log: Log) {
    this.#log = log;
  }

  tell(error: unknown): void {
    this.any = true;
    const text = `Internal Error: ${escapeControls(errorText(error))}`;
    this.#log.write(app("error", text));
  }
}
