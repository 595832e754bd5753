/** Which services a peer would accept. */

import type { Command } from "../cli/command.ts";
import { diagnose } from "../diagnosis/diagnose.ts";
import type { Host } from "../host.ts";
import { app, isShown, type Log, type ProgramLog } from "../log/log.ts";
import { milliseconds } from "../net/deadline.ts";
import { observedConnect } from "../net/observed-connect.ts";
import { probePeer, unasked } from "../probe/probe.ts";
import type { ProbeResult } from "../probe/types.ts";
import { exitCode } from "../report/exit-code.ts";
import { hintLines } from "../report/hint.ts";
import { probeDocument, probeText } from "../report/probe.ts";
import { logReporter } from "../report/reporter.ts";
import { targetOf } from "../result/unmeasured.ts";
import { RunBound } from "../result/bound.ts";
import { Collector } from "../result/collector.ts";
import { stageTimes } from "../result/stage-times.ts";
import { withLog } from "./log.ts";
import { failedExit, write } from "./results.ts";
import { warnOfTitles } from "./title-warnings.ts";
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
  const { settings, operator } = command;
  const { format, deadline } = operator;
  if (format !== undefined && format !== "text" && format !== "json") {
    const text = `--probe has no format ${format}: use text or json`;
    log.write(app("fatal", text));
    return failedExit(operator, text, host);
  }
  const titles = titlesOf(settings);
  warnOfTitles(titles, log);
  const prepared = await prepare(command, log, () => signal, host);
  if (prepared.kind === "ended") {
    const text = textOf(unasked(prepared.failure), format);
    return write(text, operator, log, host) ?? prepared.exit;
  }
  const { tls, dictionary, dictionaryFault } = prepared;
  using bound = new RunBound(milliseconds(deadline), signal);
  const started = new Date();
  const collector = new Collector(host.now);
  const result = await probePeer(settings, {
    connect: observedConnect((event) => collector.connect(event)),
    secure: tls?.secure((event) => collector.tls(event)),
    now: host.now,
    observe: await logReporter(saidOnce(log), titles, dictionary),
    signal: bound.signal,
    dictionaryFault,
  });
  await tls?.finish(result.outcome);
  const failed = write(textOf(result, format), operator, log, host);
  const { outcome, duration } = result;
  const diagnosis = diagnose({
    target: targetOf(settings, tls !== undefined),
    started,
    duration,
    outcome,
    stages: stageTimes(outcome.stages, collector.facts),
    addresses: collector.addresses,
    session: collector.session,
    tlsFailure: collector.tlsFailure,
    attempts: 1,
    latencies: [],
  }, { settings, deadline: bound.expired ? deadline : undefined });
  if (diagnosis !== undefined && log.shows("error")) {
    for (const line of hintLines(diagnosis)) host.writeError(`${line}\n`);
  }
  return failed ?? exitCode(outcome);
}

function textOf(result: ProbeResult, format: "text" | "json" = "text"): string {
  return format === "json"
    ? `${JSON.stringify(probeDocument(result), undefined, 2)}\n`
    : probeText(result);
}

/** A peer that is asked again, for less, and fails for the same is no news. */
function saidOnce(log: Log): Log {
  const said = new Set<string>();
  return {
    shows: log.shows,
    write: (message) => {
      if (isShown(message.level, "error")) {
        if (said.has(message.text)) return;
        said.add(message.text);
      }
      log.write(message);
    },
  };
}
