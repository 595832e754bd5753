/** The listening end, as the command line asks for it. */

import { errorText, escapeControls, toByteText } from "../base/text.ts";
import type { Command } from "../cli/command.ts";
import { exposition } from "../format/exposition.ts";
import type { Host } from "../host.ts";
import { listenFamilies } from "../listen/counts.ts";
import {
  listen,
  type Listening,
  type ListenRequest,
} from "../listen/listen.ts";
import {
  csvOutput,
  jsonOutput,
  type ListenOutput,
  type OutputStream,
  sumsOutput,
  textOutput,
} from "../listen/output.ts";
import { app, type Log, type ProgramLog } from "../log/log.ts";
import { AE_TITLE_LENGTH } from "../pdu/pdu-type.ts";
import { EXIT_CODE } from "../report/exit-code.ts";
import { withLog } from "./log.ts";
import { metricsWhile } from "./metrics.ts";
import { failedExit } from "./results.ts";
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
  let tls: ListenRequest["tls"];
  if (transport.kind === "tls") {
    const { prepareServerTls } = await import("./listen-tls.ts");
    const prepared = await prepareServerTls(transport.tls, log, signal, host);
    if (prepared.kind === "refused") return prepared.exit;
    tls = prepared.server;
  }
  return await serveWith(tls, command, log, signal, host);
}

/** What cannot be done, before anything is. */
function faultOf({ operator, aeTitle }: ListenCommand): string | undefined {
  const { format = "text" } = operator;
  if (format === "nagios") {
    return "--listen has no format nagios: use text, json, jsonl, csv or " +
      "prometheus";
  }
  if (
    aeTitle !== undefined && toByteText(aeTitle.trim()).length > AE_TITLE_LENGTH
  ) {
    return `No caller can ask for the AE title "${escapeControls(aeTitle)}": ` +
      `it is longer than ${AE_TITLE_LENGTH} bytes`;
  }
  return undefined;
}

async function serveWith(
  tls: ListenRequest["tls"],
  command: ListenCommand,
  log: ProgramLog,
  signal: AbortSignal,
  host: Host,
): Promise<number> {
  const { operator, address, aeTitle, maximumLength } = command;
  let listening: Listening | undefined;
  const render = (): string => {
    if (listening === undefined) return "";
    return exposition(listenFamilies(listening.tally, listening.started));
  };
  const metrics = { address: command.metrics, render };
  return await metricsWhile(metrics, operator, log, host, async (url) => {
    const output = outputFor(command, url, render, host);
    const faults = new Faults(log);
    const result = await listen({
      ...address,
      calledAeTitle: aeTitle,
      maximumLength,
      tls,
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
      output.summary(result.counts);
      return faults.any ? EXIT_CODE.internalError : EXIT_CODE.verified;
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

function outputFor(
  { aeTitle, transport, operator }: ListenCommand,
  metrics: string | undefined,
  render: () => string,
  host: Host,
): ListenOutput {
  const title = {
    calledAeTitle: aeTitle?.trim(),
    tls: transport.kind === "tls",
    metrics,
  };
  const stream: OutputStream = {
    write: host.writeOut,
    backlog: host.outputBacklog,
  };
  switch (operator.format) {
    case "json":
    case "jsonl":
      return jsonOutput(title, stream, () => new Date());
    case "csv":
      return csvOutput(stream);
    case "prometheus":
      return sumsOutput(host.writeOut, render);
    default:
      return textOutput(title, stream);
  }
}
