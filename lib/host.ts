/** What the program needs of the machine, and the machine as Deno gives it. */

import { BackgroundWriter } from "./log/background-writer.ts";
import type { LogMachine } from "./log/machine.ts";
import {
  DICTIONARY_LIMIT,
  type FileAccess,
  type FileContent,
  type FolderContent,
} from "./base/files.ts";
import { errorText } from "./base/text.ts";
import { Writer } from "./base/writer.ts";
import { connectTcp, connectTcpAlone } from "./net/tcp.ts";
import type { Connect } from "./net/transport.ts";
import type { TlsMachine } from "./tls/deno/machine.ts";

/** Signals that end the program in order, with their numbers. */
export const SIGNAL_NUMBER = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

export type InterruptSignal = keyof typeof SIGNAL_NUMBER;

/** Injected into the program, so that nothing in it is global. */
export interface Host {
  /** Standard output; a reader that is gone is no error, nor is a slow one. */
  readonly writeOut: (text: string) => void;
  /** Bytes of `writeOut` that are not written yet. */
  readonly outputBacklog: () => number;
  /** Settles when all of them are; undefined: they are. */
  readonly outputWritten: () => Promise<void> | undefined;
  /** Why some of them could not be written; undefined: all could. */
  readonly outputFault: () => string | undefined;
  /** Standard error; a reader that is gone is no error, nor is a slow one. */
  readonly writeError: (text: string) => void;
  /** Bytes of `writeError` that are not written yet. */
  readonly errorBacklog: () => number;
  /** Settles when all of them are; undefined: they are. */
  readonly errorsWritten: () => Promise<void> | undefined;
  readonly isErrorTerminal: () => boolean;
  readonly isOutputTerminal: () => boolean;
  /** Standard input, to be used once. */
  readonly inputStream: () => ReadableStream<Uint8Array>;
  /** What only logging by a configuration file needs. */
  readonly logMachine: () => Promise<LogMachine>;
  /** What only TLS needs. @param signal aborts when the program is to end. */
  readonly tlsMachine: (signal: AbortSignal) => Promise<TlsMachine>;
  readonly environment: (name: string) => string | undefined;
  /** Between the paths of a list: ":", on Windows ";". */
  readonly pathSeparator: string;
  readonly files: FileAccess;
  /** dicom.dic as it comes with the program. */
  readonly builtInDictionary: () => Uint8Array | undefined;
  /** A monotonic clock in milliseconds. */
  readonly now: () => number;
  readonly connect: Connect;
  /** The same, where the program ends with this one connection. */
  readonly connectAlone: Connect;
  /** Calls `handler` on each signal until the returned function is called. */
  readonly onInterrupt: (
    handler: (signal: InterruptSignal) => void,
  ) => () => void;
}

const CHUNK_LENGTH = 64 * 1024;

/** Handlers of signals that there are now. */
const handlers = new Set<{
  readonly signal: InterruptSignal;
  readonly listener: () => void;
}>();

/**
 * What reading takes, nobody knows, unless it is of a file: a pipe may say
 * nothing for ever, while no handler can run. So signals do meanwhile what they
 * do by themselves.
 */
function withoutHandlers<T>(path: string, read: () => T): T {
  const suspended = handlers.size === 0 || isFile(path) ? [] : [...handlers];
  for (const { signal, listener } of suspended) {
    Deno.removeSignalListener(signal, listener);
  }
  try {
    return read();
  } finally {
    for (const { signal, listener } of suspended) {
      Deno.addSignalListener(signal, listener);
    }
  }
}

/** Reads what may be a pipe, or have no end; undefined: it is too long. */
function readAll(path: string, limit: number): Uint8Array | undefined {
  using file = Deno.openSync(path);
  const whole = new Writer();
  const chunk = new Uint8Array(CHUNK_LENGTH);
  let length = 0;
  for (;;) {
    const count = file.readSync(chunk);
    if (count === null) return whole.finish();
    length += count;
    if (length > limit) return undefined;
    whole.bytes(chunk.subarray(0, count));
  }
}

function readContent(path: string, limit: number): FileContent {
  if (path === "") return { kind: "missing" };
  try {
    const bytes = withoutHandlers(path, () => readAll(path, limit));
    return bytes === undefined
      ? { kind: "unreadable" }
      : { kind: "content", bytes };
  } catch {
    return { kind: kindOfUnread(path) };
  }
}

function listFolder(path: string, limit: number): FolderContent {
  if (path === "") return { kind: "missing" };
  const names: string[] = [];
  try {
    for (const { name } of Deno.readDirSync(path)) {
      if (names.push(name) > limit) return { kind: "unreadable" };
    }
  } catch (error) {
    const kind = kindOfUnread(path);
    if (kind === "missing") return { kind };
    const closed = kind === "folder" || error instanceof Deno.errors.NotCapable;
    return { kind: closed ? "unreadable" : "no-folder" };
  }
  const paths = names.toSorted().map((name) => `${path}/${name}`);
  return { kind: "files", paths: paths.filter(isFile) };
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

/** What cannot even be looked at is as if it was not there. */
function kindOfUnread(path: string): "folder" | "missing" | "unreadable" {
  try {
    return Deno.statSync(path).isDirectory ? "folder" : "unreadable";
  } catch (error) {
    return error instanceof Deno.errors.NotCapable ? "unreadable" : "missing";
  }
}

/**
 * A variable that may not be read is as if it were not set. One that is no
 * UTF-8 is set all the same: what it names cannot be found.
 */
function environment(name: string): string | undefined {
  try {
    return Deno.env.get(name);
  } catch (error) {
    return error instanceof Deno.errors.NotCapable ? undefined : "\ufffd";
  }
}

/** Beside the program, or one folder up, where it is in the sources. */
function builtInDictionary(): Uint8Array | undefined {
  for (const folder of ["", "../"]) {
    const path = `${import.meta.dirname}/${folder}dicom.dic`;
    const content = readContent(path, DICTIONARY_LIMIT);
    if (content.kind === "content") return content.bytes;
  }
  return undefined;
}

function onInterrupt(handler: (signal: InterruptSignal) => void): () => void {
  const signals: InterruptSignal[] = Deno.build.os === "windows"
    ? ["SIGINT"]
    : ["SIGHUP", "SIGINT", "SIGTERM"];
  const added = signals.map((signal) => {
    const listener = (): void => handler(signal);
    Deno.addSignalListener(signal, listener);
    const one = { signal, listener };
    handlers.add(one);
    return one;
  });
  return () => {
    for (const one of added) {
      Deno.removeSignalListener(one.signal, one.listener);
      handlers.delete(one);
    }
  };
}

async function logMachine(): Promise<LogMachine> {
  const { denoMachine }: typeof import("./log/deno-machine.ts") = await import(
    import.meta.resolve("./log/deno-machine.ts")
  );
  return denoMachine(denoHost, standardOutput);
}

async function tlsMachine(signal: AbortSignal): Promise<TlsMachine> {
  const { denoTlsMachine }: typeof import("./tls/deno/deno-machine.ts") =
    await import(import.meta.resolve("./tls/deno/deno-machine.ts"));
  const write = async (text: string): Promise<void> => {
    standardError.write(text);
    await standardError.done;
  };
  return denoTlsMachine(write, signal);
}

const standardError = new BackgroundWriter(Deno.stderr);
const standardOutput = new BackgroundWriter(Deno.stdout);
let outputFault: string | undefined;

function writeOut(text: string): void {
  standardOutput.write(text, (error) => {
    if (error === undefined || error instanceof Deno.errors.BrokenPipe) return;
    outputFault ??= errorText(error);
  });
}

/** The machine that the program runs on. */
export const denoHost: Host = {
  writeOut,
  outputBacklog: () => standardOutput.backlog,
  outputWritten: () => standardOutput.done,
  outputFault: () => outputFault,
  writeError: (text) => standardError.write(text),
  errorBacklog: () => standardError.backlog,
  errorsWritten: () => standardError.done,
  isErrorTerminal: () => Deno.stderr.isTerminal(),
  isOutputTerminal: () => Deno.stdout.isTerminal(),
  inputStream: () => Deno.stdin.readable,
  logMachine,
  tlsMachine,
  environment,
  pathSeparator: Deno.build.os === "windows" ? ";" : ":",
  files: { read: readContent, list: listFolder },
  builtInDictionary,
  now: () => performance.now(),
  connect: connectTcp,
  connectAlone: connectTcpAlone,
  onInterrupt,
};
