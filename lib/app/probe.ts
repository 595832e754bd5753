/** Which services a peer would accept. */

import type { Command } from "../cli/command.ts";
import { diagnose } from "../diagnosis/diagnose.ts";
import type { Host } from "../host.ts";
import { app, type ProgramLog } from "../log/log.ts";
import { observedConnect } from "../net/observed-connect.ts";
import { probePeer } from "../probe/probe.ts";
import { EXIT_CODE, exitCode } from "../report/exit-code.ts";
import { hintLines } from "../report/hint.ts";
import { probeDocument, probeText } from "../report/probe.ts";
import { logReporter } from "../report/reporter.ts";
import { RunBound } from "../result/bound.ts";
import { targetOf } from "./check.ts";
import { withLog } from "./log.ts";
import { write } from "./results.ts";
import { prepare, titlesOf } from "./verification.ts";

type ProbeCommand = Extract<Command, { kind: "probe" }>;

/** Asks, and tells what was accepted; 0 if all could be asked. */
export function probe(command: ProbeCommand, host: Host): Promise<number> {
  return withLog(
    command,
    host,
    (log, signal) => ask(command, log, signal, host),
  );
}

async function ask(
  command: ProbeCommand,
  log: ProgramLog,
  signal: AbortSignal,
  host: Host,
): Promise<number> {
  const { settings, operator: { format, deadline } } = command;
  if (format !== undefined && format !== "text" && format !== "json") {
    const text = `--probe has no format ${format}: use text or json`;
    log.write(app("fatal", text));
    return EXIT_CODE.failed;
  }
  const prepared = await prepare(command, log, signal, host);
  if (prepared.kind === "ended") return prepared.exit;
  const { tls, dictionary, dictionaryFault } = prepared;
  using bound = new RunBound(
    deadline === undefined ? undefined : deadline * 1000,
    signal,
  );
  const started = new Date();
  const result = await probePeer(settings, {
    connect: observedConnect(() => {}),
    secure: tls?.secure(),
    now: host.now,
    observe: await logReporter(log, titlesOf(settings), dictionary),
    signal: bound.signal,
    dictionaryFault,
  });
  await tls?.finish(result.outcome);
  const text = format === "json"
    ? `${JSON.stringify(probeDocument(result), undefined, 2)}\n`
    : probeText(result);
  const failed = write(text, command.operator, log, host);
  const { outcome, duration } = result;
  const diagnosis = diagnose({
    target: targetOf(settings, tls !== undefined),
    started,
    duration,
    outcome,
    stages: [],
    addresses: { resolved: [], local: undefined, remote: undefined },
    session: undefined,
    tlsFailure: undefined,
    attempts: 1,
    latencies: [],
  }, { settings, deadline: bound.expired ? deadline : undefined });
  if (diagnosis !== undefined && log.shows("error")) {
    for (const line of hintLines(diagnosis)) host.writeError(`${line}\n`);
  }
  return failed ?? exitCode(outcome);
}
