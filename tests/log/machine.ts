/** A machine for the log in memory, with a clock that stands. */

import type {
  EventLogSettings,
  EventLogSink,
  LogFiles,
  LogMachine,
  LogSocket,
} from "../../lib/log/machine.ts";

/** 2026-03-04 05:06:07.089 UTC, a Wednesday. */
export const NOW = new Date(Date.UTC(2026, 2, 4, 5, 6, 7, 89));

const ENOENT = 2;

/** What a name stands for; open files keep it when it is renamed. */
interface Content {
  text: string;
}

export class MemoryMachine implements LogMachine {
  system: LogMachine["system"] = "unix";
  readonly pid = 4711;
  readonly started: number;
  time: Date;
  /** Names that can be neither opened nor renamed. */
  readonly denied = new Set<string>();
  /** Names whose contents cannot grow. */
  readonly full = new Set<string>();
  readonly folders = new Set<string>();
  /** The files that were closed, in order. */
  readonly closed: string[] = [];
  /** Lock files that another process has. */
  readonly held = new Set<string>();
  /** Names that may not be looked at. */
  readonly hidden = new Set<string>();
  /** Why standard output takes nothing; undefined: it does. */
  outError: Error | undefined;
  /** What was done to lock files, in order. */
  readonly locking: string[] = [];
  /** Used for each kind of socket. */
  openSocket: (address: string) => Promise<LogSocket> = (address) =>
    Promise.reject(new Error(`nobody at ${address}`));
  openEventLog: (settings: EventLogSettings) => Promise<EventLogSink> = () =>
    Promise.reject(new Error("not in memory"));
  readonly #contents = new Map<string, Content>();
  #out = "";
  #error = "";

  /** @param time by default the morning of 2026-11-24, local time. */
  constructor(time = new Date(2026, 10, 24, 7, 30, 15, 250)) {
    this.time = time;
    this.started = time.getTime() - 1234;
  }

  readonly now = (): Date => this.time;
  readonly hostname = (): string => "ward";
  readonly fullHostname = (): string => "ward.example";
  readonly environment = (): undefined => undefined;
  readonly writeOut = (
    text: string,
    settled?: (error: unknown) => void,
  ): void => {
    if (this.outError === undefined) this.#out += text;
    settled?.(this.outError);
  };
  writeError = (text: string): void => {
    this.#error += text;
  };
  /** What was written to standard output. */
  readonly stdout = (): string => this.#out;
  /** What was written to standard error. */
  readonly stderr = (): string => this.#error;
  readonly backlog = (): number => 0;
  written = (): Promise<void> | undefined => undefined;
  readonly openTcp = (host: string, port: number): Promise<LogSocket> =>
    this.openSocket(`tcp ${host} ${port}`);
  readonly openUdp = (host: string, port: number): Promise<LogSocket> =>
    this.openSocket(`udp ${host} ${port}`);
  readonly openUnixDatagram = (path: string): Promise<LogSocket> =>
    this.openSocket(path);

  readonly files: LogFiles = {
    open: (path, mode) => {
      this.#mustBeThere(path);
      const content = this.#contents.get(path) ?? { text: "" };
      if (mode === "truncate") content.text = "";
      this.#contents.set(path, content);
      return {
        size: new TextEncoder().encode(content.text).byteLength,
        write: (bytes, settled) => {
          if (this.full.has(path)) return settled(new Error("no space"));
          content.text += new TextDecoder().decode(bytes);
          settled(undefined);
        },
        close: () => {
          this.closed.push(path);
        },
      };
    },
    size: (path) => {
      if (this.hidden.has(path)) throw new Error("may not be looked at");
      const content = this.#contents.get(path);
      return content && new TextEncoder().encode(content.text).byteLength;
    },
    rename: (from, to) => {
      if (this.denied.has(from) || this.denied.has(to)) return 13;
      const content = this.#contents.get(from);
      if (content === undefined) return ENOENT;
      this.#contents.delete(from);
      this.#contents.set(to, content);
      return 0;
    },
    remove: (path) => this.#contents.delete(path),
    makeFolder: (path) => {
      this.folders.add(path);
      return true;
    },
    openLock: (path) => {
      this.#mustBeThere(path);
      return {
        tryLock: () => {
          if (this.held.has(path)) return false;
          this.locking.push(`lock ${path}`);
          return true;
        },
        unlock: () => this.locking.push(`unlock ${path}`),
        close: () => this.locking.push(`close ${path}`),
      };
    },
  };

  /** What is in each file, by name. */
  get contents(): Record<string, string> {
    return Object.fromEntries(
      [...this.#contents].map(([name, { text }]) => [name, text] as const)
        .toSorted(([a], [b]) => a < b ? -1 : 1),
    );
  }

  put(name: string, text: string): void {
    this.#contents.set(name, { text });
  }

  after(milliseconds: number): void {
    this.time = new Date(this.time.getTime() + milliseconds);
  }

  #mustBeThere(path: string): void {
    const folder = path.slice(0, Math.max(path.lastIndexOf("/"), 0));
    if (this.denied.has(path) || folder !== "" && !this.folders.has(folder)) {
      throw new Error("not there");
    }
  }
}
