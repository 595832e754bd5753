/** The machine of {@linkcode LogMachine} as Deno gives it. */

import { BackgroundWriter } from "./background-writer.ts";
import { openTcp, openUdp, openUnixDatagram } from "./deno-sockets.ts";
import type { LogFile, LogFiles, LogLock, LogMachine } from "./machine.ts";

/** What the program has of the machine already. */
export interface ProgramMachine {
  readonly environment: (name: string) => string | undefined;
  readonly writeError: (text: string) => void;
  readonly errorBacklog: () => number;
  readonly errorsWritten: () => Promise<void> | undefined;
}

function openFile(path: string, mode: "append" | "truncate"): LogFile {
  const file = Deno.openSync(path, {
    create: true,
    ...(mode === "append" ? { append: true } : { write: true, truncate: true }),
  });
  let open = true;
  return {
    write: (bytes) => {
      for (let written = 0; written < bytes.byteLength;) {
        written += file.writeSync(bytes.subarray(written));
      }
    },
    close: () => {
      if (open) file.close();
      open = false;
    },
  };
}

/** What `look` finds; undefined if it fails. */
function tried<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

function done(act: () => void): boolean {
  try {
    act();
    return true;
  } catch {
    return false;
  }
}

/** Of an error that has no number. */
const EPERM = 1;
const ENOENT = 2;

function rename(from: string, to: string): number {
  try {
    Deno.renameSync(from, to);
    return 0;
  } catch (error) {
    // On Windows, more than one number says that.
    if (error instanceof Deno.errors.NotFound) return ENOENT;
    const number = /\(os error ([0-9]+)\)/.exec(String(error))?.[1];
    return number === undefined ? EPERM : Number(number);
  }
}

function openLock(path: string): LogLock {
  const file = Deno.openSync(path, { create: true, write: true });
  let open = true;
  return {
    lock: () => file.lockSync(true),
    unlock: () => {
      done(() => file.unlockSync());
    },
    close: () => {
      if (open) file.close();
      open = false;
    },
  };
}

const denoFiles: LogFiles = {
  open: openFile,
  size: (path) => tried(() => Deno.statSync(path).size),
  rename,
  remove: (path) => done(() => Deno.removeSync(path)),
  makeFolder: (path) => done(() => Deno.mkdirSync(path, { recursive: true })),
  openLock,
};

function hostname(): string {
  return tried(() => Deno.hostname()) ?? "unknown";
}

const HOSTS_FILE = "/etc/hosts";

/** The first name of the line of hosts that has this machine's. */
function fullHostname(): string {
  const own = hostname();
  const hosts = tried(() => Deno.readTextFileSync(HOSTS_FILE)) ?? "";
  for (const line of hosts.split("\n")) {
    const [, ...names] = line.replace(/#.*/, "").trim().split(/\s+/);
    if (names.includes(own)) return names[0] ?? own;
  }
  return own;
}

/** The machine that the program runs on. */
export function denoMachine(program: ProgramMachine): LogMachine {
  const output = new BackgroundWriter(Deno.stdout);
  return {
    system: Deno.build.os === "windows" ? "windows" : "unix",
    pid: Deno.pid,
    now: () => new Date(),
    started: performance.timeOrigin,
    hostname,
    fullHostname,
    environment: program.environment,
    writeOut: (text) => output.write(text),
    writeError: program.writeError,
    backlog: () => output.backlog + program.errorBacklog(),
    written: () => {
      const waiting = [output.done, program.errorsWritten()]
        .filter((one) => one !== undefined);
      return waiting.length === 0
        ? undefined
        : Promise.all(waiting).then(() => {});
    },
    files: denoFiles,
    openTcp,
    openUdp,
    openUnixDatagram,
  };
}
