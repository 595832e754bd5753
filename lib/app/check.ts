/** One peer with the operators' options: explained, formatted, repeated. */

import type { Command } from "../cli/command.ts";
import { diagnose } from "../diagnosis/diagnose.ts";
import type { Host } from "../host.ts";
import { app, type Log, type ProgramLog } from "../log/log.ts";
import { observedConnect } from "../net/observed-connect.ts";
import { exitCode } from "../report/exit-code.ts";
import { hintLines } from "../report/hint.ts";
import { logReporter } from "../report/reporter.ts";
import { type CheckMachine, checkPeer } from "../result/run.ts";
import { endedInOrder } from "../result/series.ts";
import type { PeerResult, Target } from "../result/types.ts";
import { targetOf } from "../result/unmeasured.ts";
import type { VerificationSettings } from "../verify/settings.ts";
import { withLog } from "./log.ts";
import { deliver, mayColour } from "./results.ts";
import { setUpResult } from "./tls-failure.ts";
import { warnOfTitles } from "./title-warnings.ts";
import { behind, prepare, type Prepared, titlesOf } from "./verification.ts";

type CheckCommand = Extract<Command, { kind: "verify" }> & {
  readonly operator: NonNullable<
    Extract<Command, { kind: "verify" }>["operator"]
  >;
};

/** Verifies one peer and tells what came of it as it was asked for. */
export function checkOne(command: CheckCommand, host: Host): Promise<number> {
  return withLog(
    command,
    host,
    (log, signal) => check(command, log, signal, host),
    isSeries(command) ? "ends" : "fails",
  );
}

/** Goes on until somebody ends it, which is then no failure. */
function isSeries({ operator, settings }: CheckCommand): boolean {
  return operator.interval !== undefined && settings.repeat > 1;
}

async function check(
  command: CheckCommand,
  log: ProgramLog,
  signal: AbortSignal,
  host: Host,
): Promise<number> {
  const { operator, settings, transport } = command;
  const prepared = await prepare(command, log, () => signal, host);
  const target = targetOf(settings, transport.kind === "tls");
  const explanation = operator.explain
    ? await explainer(command, host)
    : undefined;
  if (explanation === undefined) warnOfTitles(titlesOf(settings), log);
  else explanation.target(target);
  if (prepared.kind === "ended") {
    const result = setUpResult(target, settings, prepared.failure);
    explanation?.result(result);
    return await tell(result, operator, log, host) ?? prepared.exit;
  }
  const machine = await machineFor(settings, prepared, log, signal, host);
  const checked = await checkPeer(
    { target, settings, bounds: operator },
    isSeries(command) ? untilEnded(machine) : machine,
  );
  const result = isSeries(command) ? endedInOrder(checked) : checked;
  await prepared.tls?.finish(result.outcome);
  explanation?.result(result);
  if (result.diagnosis?.code === "deadline") {
    const text = `Not done within the deadline of ${operator.deadline} s`;
    log.write(app("fatal", text));
  }
  if (settings.repeat > 1 && isForPeople(command)) {
    const { latencyText } = await import("../latency/summary.ts");
    const terminal = host.isOutputTerminal();
    const shown = { histogram: terminal, unicode: terminal };
    host.writeOut(
      latencyText(`${settings.peer} ${settings.port}`, result, shown),
    );
  }
  return await tell(result, operator, log, host) ?? exitCode(result.outcome);
}

/** @returns the exit code if the format has its own, or writing has failed. */
async function tell(
  result: PeerResult,
  operator: CheckCommand["operator"],
  log: Log,
  host: Host,
): Promise<number | undefined> {
  if (operator.format !== undefined) {
    return await deliver([result], operator, log, host);
  }
  if (!operator.explain) hint(result, log, host);
  return undefined;
}

/** For a person, whom nothing else tells what to do. */
function hint({ diagnosis }: PeerResult, log: Log, host: Host): void {
  if (diagnosis === undefined || !log.shows("error")) return;
  if (!host.isErrorTerminal()) return;
  for (const line of hintLines(diagnosis)) host.writeError(`${line}\n`);
}

/** That a series was ended by the user is no message. */
function untilEnded(machine: CheckMachine): CheckMachine {
  return {
    ...machine,
    observe: (event) => {
      if (event.kind !== "interrupted") machine.observe(event);
    },
  };
}

interface Explainer {
  readonly target: (target: Target) => void;
  readonly result: (result: PeerResult) => void;
}

/** Data for programs goes to standard output, and then nothing else does. */
async function explainer(
  command: CheckCommand,
  host: Host,
): Promise<Explainer> {
  const { explainResult, explainTarget } = await import("../report/explain.ts");
  const [write, terminal] = isForPeople(command)
    ? [host.writeOut, host.isOutputTerminal()]
    : [host.writeError, host.isErrorTerminal()];
  const style = { colour: mayColour(terminal, host) };
  return {
    target: (target) => write(explainTarget(target, style)),
    result: (result) => write(`\n${explainResult(result, style)}`),
  };
}

function isForPeople({ operator: { format, output } }: CheckCommand): boolean {
  return format === undefined || output !== undefined;
}

async function machineFor(
  settings: VerificationSettings,
  prepared: Extract<Prepared, { kind: "ready" }>,
  log: ProgramLog,
  signal: AbortSignal,
  host: Host,
): Promise<CheckMachine> {
  const { tls, dictionary, dictionaryFault } = prepared;
  return {
    connect: observedConnect,
    secure: tls?.secure,
    now: host.now,
    today: () => new Date(),
    observe: await logReporter(log, titlesOf(settings), dictionary),
    behind: behind(log),
    signal,
    dictionaryFault,
    diagnose,
  };
}
