/** What the program needs of the machine, and the machine as Deno gives it. */

import type { FileAccess, FileContent } from "./cli/command-file.ts";
import { type Connect, connectTcp } from "./net/tcp.ts";

/** Signals that end the program in order, with their numbers. */
export const SIGNAL_NUMBER = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

export type InterruptSignal = keyof typeof SIGNAL_NUMBER;

/** Injected into the program, so that nothing in it is global. */
export interface Host {
  /** Standard output; a reader that is gone is no error. */
  readonly writeOut: (text: string) => void;
  /** Standard error; a reader that is gone is no error. */
  readonly writeError: (text: string) => void;
  readonly isErrorTerminal: () => boolean;
  readonly environment: (name: string) => string | undefined;
  /** Between the paths of a list: ":", on Windows ";". */
  readonly pathSeparator: string;
  readonly files: FileAccess;
  /** dicom.dic as it comes with the program. */
  readonly builtInDictionary: () => Uint8Array | undefined;
  /** A monotonic clock in milliseconds. */
  readonly now: () => number;
  readonly connect: Connect;
  /** Calls `handler` on each signal until the returned function is called. */
  readonly onInterrupt: (
    handler: (signal: InterruptSignal) => void,
  ) => () => void;
}

type SyncWriter = { writeSync(bytes: Uint8Array): number };

function writeAll(writer: SyncWriter, text: string): void {
  const bytes = new TextEncoder().encode(text);
  let written = 0;
  while (written < bytes.byteLength) {
    try {
      written += writer.writeSync(bytes.subarray(written));
    } catch (error) {
      if (error instanceof Deno.errors.WouldBlock) continue;
      if (error instanceof Deno.errors.Interrupted) continue;
      return;
    }
  }
}

function readContent(path: string): FileContent {
  if (path === "") return { kind: "missing" };
  try {
    return { kind: "content", bytes: Deno.readFileSync(path) };
  } catch (error) {
    if (isFolder(path)) return { kind: "folder" };
    return {
      kind: error instanceof Deno.errors.NotFound ? "missing" : "unreadable",
    };
  }
}

function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}

function onInterrupt(handler: (signal: InterruptSignal) => void): () => void {
  const signals: InterruptSignal[] = Deno.build.os === "windows"
    ? ["SIGINT"]
    : ["SIGINT", "SIGTERM", "SIGHUP"];
  const listeners = signals.map((signal) => {
    const listener = (): void => handler(signal);
    Deno.addSignalListener(signal, listener);
    return { signal, listener };
  });
  return () => {
    for (const { signal, listener } of listeners) {
      Deno.removeSignalListener(signal, listener);
    }
  };
}

/** The machine that the program runs on. */
export const denoHost: Host = {
  writeOut: (text) => writeAll(Deno.stdout, text),
  writeError: (text) => writeAll(Deno.stderr, text),
  isErrorTerminal: () => Deno.stderr.isTerminal(),
  environment: (name) => Deno.env.get(name),
  pathSeparator: Deno.build.os === "windows" ? ";" : ":",
  files: { read: readContent },
  builtInDictionary: () => {
    const content = readContent(`${import.meta.dirname}/../dicom.dic`);
    return content.kind === "content" ? content.bytes : undefined;
  },
  now: () => performance.now(),
  connect: connectTcp,
  onInterrupt,
};
