/** One peer with the operators' options: explained, formatted, repeated. */

import type { Command } from "../cli/command.ts";
import { diagnose } from "../diagnosis/diagnose.ts";
import type { Host } from "../host.ts";
import type { ProgramLog } from "../log/log.ts";
import { observedConnect } from "../net/observed-connect.ts";
import { EXIT_CODE, exitCode } from "../report/exit-code.ts";
import { logReporter } from "../report/reporter.ts";
import { type CheckMachine, checkPeer } from "../result/run.ts";
import type { PeerResult, Target } from "../result/types.ts";
import type { VerificationSettings } from "../verify/settings.ts";
import { withLog } from "./log.ts";
import { deliver, mayColour, unknownResult } from "./results.ts";
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
  const prepared = await prepare(command, log, signal, host);
  if (prepared.kind === "ended") {
    return unknownResult(operator, host) ?? prepared.exit;
  }
  const target = targetOf(settings, transport.kind === "tls");
  const style = { colour: mayColour(host) };
  if (operator.explain) {
    const { explainTarget } = await import("../report/explain.ts");
    explain(explainTarget(target, style), command, host);
  }
  const machine = await machineFor(settings, prepared, log, signal, host);
  const result = await checkPeer(
    { target, settings, bounds: operator },
    isSeries(command) ? endedInOrder(machine) : machine,
  );
  await prepared.tls?.finish(result.outcome);
  if (operator.explain) {
    const { explainResult } = await import("../report/explain.ts");
    explain(`\n${explainResult(result, style)}`, command, host);
  }
  if (settings.repeat > 1 && isForPeople(command)) {
    const { latencyText } = await import("../latency/summary.ts");
    const terminal = host.isOutputTerminal();
    const shown = { histogram: terminal, unicode: terminal };
    host.writeOut(
      latencyText(`${settings.peer} ${settings.port}`, result, shown),
    );
  }
  const exit = verdict(command, result);
  if (operator.format === undefined) return exit;
  const told = await deliver([result], operator, log, host);
  return told ?? exit;
}

/** A series that was ended in order has succeeded if nothing was lost. */
function verdict(
  command: CheckCommand,
  { outcome, diagnosis }: PeerResult,
): number {
  const { sent, succeeded } = outcome.echoes;
  const ended = diagnosis?.code === "interrupted" ||
    diagnosis?.code === "deadline";
  if (isSeries(command) && ended && succeeded > 0 && sent - succeeded <= 1) {
    return EXIT_CODE.verified;
  }
  return exitCode(outcome);
}

/** That a series was ended by the user is no message. */
function endedInOrder(machine: CheckMachine): CheckMachine {
  return {
    ...machine,
    observe: (event) => {
      if (event.kind !== "interrupted") machine.observe(event);
    },
  };
}

/** Data for programs goes to standard output, and then nothing else does. */
function explain(text: string, command: CheckCommand, host: Host): void {
  if (isForPeople(command)) host.writeOut(text);
  else host.writeError(text);
}

function isForPeople({ operator: { format, output } }: CheckCommand): boolean {
  return format === undefined || output !== undefined;
}

export function targetOf(
  { peer, port, callingAeTitle, calledAeTitle }: VerificationSettings,
  tls: boolean,
  name?: string,
): Target {
  return { name, host: peer, port, callingAeTitle, calledAeTitle, tls };
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
