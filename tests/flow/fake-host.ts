/** A machine for the program: real sockets, everything else in memory. */

import { run } from "../../lib/app/run.ts";
import { denoHost, type Host, type InterruptSignal } from "../../lib/host.ts";
import { BackgroundWriter } from "../../lib/log/background-writer.ts";
import { denoMachine } from "../../lib/log/deno-machine.ts";
import type { VerificationEvent } from "../../lib/verify/event.ts";
import { fakeFiles } from "../cli/fake-files.ts";
import {
  type Connection,
  type Script,
  startScriptedPeer,
} from "../support/scripted-peer.ts";

export type { VerificationEvent };

export interface HostOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly isTerminal?: boolean;
  readonly host?: Partial<Host>;
  /** Told of each text on standard error, before it is recorded. */
  readonly onError?: (text: string, machine: Machine) => void;
  /** The same of standard output. */
  readonly onOutput?: (text: string, machine: Machine) => void;
}

/** The machine as the user sees it. */
export interface Machine {
  readonly host: Host;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly interrupt: (signal: InterruptSignal) => void;
  /** How many handlers of signals there are. */
  readonly handlers: () => number;
}

export function fakeMachine(options: HostOptions = {}): Machine {
  let stdout = "";
  let stderr = "";
  const writeOut = (text: string): void => {
    options.onOutput?.(text, machine);
    stdout += text;
  };
  const handlers = new Set<(signal: InterruptSignal) => void>();
  const machine: Machine = {
    host: {
      ...denoHost,
      writeOut,
      writeError: (text) => {
        options.onError?.(text, machine);
        stderr += text;
      },
      outputBacklog: () => 0,
      outputWritten: () => undefined,
      outputFault: () => undefined,
      errorBacklog: () => 0,
      errorsWritten: () => undefined,
      logMachine: () =>
        Promise.resolve({
          ...denoMachine(machine.host, new BackgroundWriter(Deno.stdout)),
          writeOut,
        }),
      isErrorTerminal: () => options.isTerminal ?? false,
      isOutputTerminal: () => options.isTerminal ?? false,
      environment: (name) => options.environment?.[name],
      pathSeparator: ":",
      files: fakeFiles(options.files),
      onInterrupt: (handler) => {
        handlers.add(handler);
        return () => handlers.delete(handler);
      },
      ...options.host,
      connectAlone: options.host?.connectAlone ?? options.host?.connect ??
        denoHost.connectAlone,
    },
    stdout: () => stdout,
    stderr: () => stderr,
    interrupt: (signal) => {
      for (const handler of handlers) handler(signal);
    },
    handlers: () => handlers.size,
  };
  return machine;
}

/** What a command line came to. */
export interface Result {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line. */
export async function runLine(
  argv: readonly string[],
  options: HostOptions = {},
): Promise<Result> {
  const machine = fakeMachine(options);
  const exit = await run(argv, machine.host);
  if (machine.handlers() !== 0) throw new Error("a handler is left behind");
  return { exit, stdout: machine.stdout(), stderr: machine.stderr() };
}

/** Runs `argv` and the address of a peer that follows the script. */
export async function runAgainst(
  script: Script,
  argv: readonly string[] = [],
  options: HostOptions = {},
): Promise<Result & { readonly connections: readonly Connection[] }> {
  await using peer = await startScriptedPeer(script);
  const line = [...argv, "127.0.0.1", String(peer.port)];
  const result = await runLine(line, options);
  await peer.settled();
  return { ...result, connections: peer.connections };
}
