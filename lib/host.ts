/** What the program needs of the machine, and the machine as Deno gives it. */

import type { FileAccess, FileContent } from "./base/files.ts";
import { connectTcp } from "./net/tcp.ts";
import type { Connect } from "./net/transport.ts";

/** Signals that end the program in order, with their numbers. */
export const SIGNAL_NUMBER = { SIGINT: 2, SIGTERM: 15 } as const;

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

/** Lets a reader catch up with a stream that does not block, for 1 ms. */
function rest(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
}

function writeAll(writer: SyncWriter, text: string): void {
  const bytes = new TextEncoder().encode(text);
  let written = 0;
  while (written < bytes.byteLength) {
    try {
      written += writer.writeSync(bytes.subarray(written));
    } catch (error) {
      if (error instanceof Deno.errors.WouldBlock) rest();
      else if (!(error instanceof Deno.errors.Interrupted)) return;
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

/** A variable that may not be read is as if it were not set. */
function environment(name: string): string | undefined {
  try {
    return Deno.env.get(name);
  } catch {
    return undefined;
  }
}

/** Beside the program, or one folder up, where it is in the sources. */
function builtInDictionary(): Uint8Array | undefined {
  for (const folder of ["", "../"]) {
    const content = readContent(`${import.meta.dirname}/${folder}dicom.dic`);
    if (content.kind === "content") return content.bytes;
  }
  return undefined;
}

function onInterrupt(handler: (signal: InterruptSignal) => void): () => void {
  const signals: InterruptSignal[] = Deno.build.os === "windows"
    ? ["SIGINT"]
    : ["SIGINT", "SIGTERM"];
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
  environment,
  pathSeparator: Deno.build.os === "windows" ? ";" : ":",
  files: { read: readContent },
  builtInDictionary,
  now: () => performance.now(),
  connect: connectTcp,
  onInterrupt,
};
