/** A machine for the log in memory. */

import type { LogFile, LogMachine } from "../../lib/log/machine.ts";

export interface MemoryMachine extends LogMachine {
  readonly stdout: () => string;
  readonly stderr: () => string;
}

/** 2026-03-04 05:06:07.089 UTC, a Wednesday. */
export const NOW = new Date(Date.UTC(2026, 2, 4, 5, 6, 7, 89));

export function memoryMachine(
  options: Partial<LogMachine> & {
    readonly variables?: Readonly<Record<string, string>>;
  } = {},
): MemoryMachine {
  const { variables = {}, ...others } = options;
  let stdout = "";
  let stderr = "";
  const nowhere = (): never => {
    throw new Error("not in memory");
  };
  return {
    system: "unix",
    pid: 4711,
    now: () => NOW,
    started: NOW.getTime() - 1234,
    hostname: () => "ward",
    fullHostname: () => "ward.example",
    environment: (name) => variables[name],
    writeOut: (text) => {
      stdout += text;
    },
    writeError: (text) => {
      stderr += text;
    },
    backlog: () => 0,
    written: () => undefined,
    files: {
      open: (): LogFile => nowhere(),
      size: () => undefined,
      rename: () => 2,
      remove: () => false,
      makeFolder: () => false,
      openLock: nowhere,
    },
    openTcp: nowhere,
    openUdp: nowhere,
    openUnixDatagram: nowhere,
    ...others,
    stdout: () => stdout,
    stderr: () => stderr,
  };
}
