/** The listening end, as the command line asks for it. */

import { formatCondition } from "../base/condition.ts";
import type { Command } from "../cli/command.ts";
import { exposition } from "../format/exposition.ts";
import type { Host } from "../host.ts";
import { listenFamilies } from "../listen/counts.ts";
import {
  listen,
  type Listening,
  type ListenRequest,
} from "../listen/listen.ts";
import { jsonOutput, type ListenOutput, textOutput } from "../listen/output.ts";
import { serverTls } from "../listen/tls.ts";
import { app, type ProgramLog } from "../log/log.ts";
import { EXIT_CODE } from "../report/exit-code.ts";
import { runtimeCondition } from "../tls/failure-condition.ts";
import { loadTls } from "../tls/load.ts";
import { runtimeVerifies } from "../tls/runtime.ts";
import { TlsSetupError } from "../tls/setup-error.ts";
import { interruptedExit, withLog } from "./log.ts";
import { metricsWhile } from "./metrics.ts";

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
  const { operator, address, aeTitle, maximumLength, transport } = command;
  const output = outputFor(command, host);
  if (output === undefined) {
    const text = `--listen has no format ${operator.format}: ` +
      "use text, json or jsonl";
    log.write(app("fatal", text));
    return EXIT_CODE.failed;
  }
  const tls = await tlsFor(command, log, signal, host);
  if (tls.kind === "refused") return tls.exit;
  let listening: Listening | undefined;
  const render = (): string => {
    if (listening === undefined) return "";
    return exposition(listenFamilies(listening.tally, listening.started));
  };
  return await metricsWhile(command.metrics, render, log, async () => {
    const result = await listen({
      ...address,
      calledAeTitle: aeTitle,
      maximumLength,
      tls: transport.kind === "tls" ? tls.server : undefined,
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
      },
    });
    if (result.kind === "listened") {
      output.summary(result.counts);
      return EXIT_CODE.verified;
    }
    log.write(app("fatal", result.reason));
    return EXIT_CODE.failed;
  });
}

function outputFor(
  { aeTitle, transport, operator }: ListenCommand,
  host: Host,
): ListenOutput | undefined {
  const title = { calledAeTitle: aeTitle, tls: transport.kind === "tls" };
  switch (operator.format) {
    case undefined:
    case "text":
      return textOutput(title, host.writeError, host.errorBacklog);
    case "json":
    case "jsonl":
      return jsonOutput(title, host.writeOut, () => new Date());
    default:
      return undefined;
  }
}

type ServerTls =
  | { readonly kind: "ready"; readonly server: ListenRequest["tls"] }
  | { readonly kind: "refused"; readonly exit: number };

async function tlsFor(
  { transport }: ListenCommand,
  log: ProgramLog,
  signal: AbortSignal,
  host: Host,
): Promise<ServerTls> {
  if (transport.kind === "tcp") return { kind: "ready", server: undefined };
  const machine = await host.tlsMachine(signal);
  const refuse = (text: string): ServerTls => {
    log.write(app("fatal", text));
    return { kind: "refused", exit: EXIT_CODE.failed };
  };
  if (!runtimeVerifies(machine.runtime)) {
    return refuse(formatCondition(runtimeCondition(machine.runtime)));
  }
  const { tls } = transport;
  const now = (): Date => new Date();
  try {
    const loaded = await loadTls(tls, host.files, machine.terminal, now());
    const server = serverTls(tls, loaded, now);
    return server === undefined
      ? refuse("--listen with TLS needs a key and a certificate: +tls KEY CERT")
      : { kind: "ready", server };
  } catch (error) {
    if (!(error instanceof TlsSetupError)) throw error;
    return error.interrupted
      ? { kind: "refused", exit: interruptedExit("SIGINT") }
      : refuse(formatCondition(error.condition));
  }
}
