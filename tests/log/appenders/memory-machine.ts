/** A machine for appenders, with files in memory and a clock that stands. */

import type {
  LogFiles,
  LogMachine,
  LogSocket,
} from "../../../lib/log/machine.ts";
import type { Appender, LogEvent } from "../../../lib/log/appender.ts";
import type { CreateAppender } from "../../../lib/log/create-appender.ts";
import type { LogLevel } from "../../../lib/log/log.ts";

const ENOENT = 2;

/** What a name stands for; open files keep it when it is renamed. */
interface Content {
  text: string;
}

export class MemoryMachine implements LogMachine {
  readonly system = "unix";
  readonly pid = 4711;
  readonly started = 0;
  time = new Date(2026, 10, 24, 7, 30, 15, 250);
  /** Names that can be neither opened nor renamed. */
  readonly denied = new Set<string>();
  /** Names whose contents cannot grow. */
  readonly full = new Set<string>();
  readonly folders = new Set<string>();
  /** What was done to lock files, in order. */
  readonly locking: string[] = [];
  /** Called by {@linkcode LogMachine} for each kind of socket. */
  openSocket: (address: string) => Promise<LogSocket> = (address) =>
    Promise.reject(new Error(`nobody at ${address}`));
  readonly #contents = new Map<string, Content>();

  readonly now = (): Date => this.time;
  readonly hostname = (): string => "short";
  readonly fullHostname = (): string => "full.example";
  readonly environment = (): undefined => undefined;
  readonly writeOut = (): void => {};
  readonly writeError = (): void => {};
  readonly backlog = (): number => 0;
  readonly written = (): undefined => undefined;
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
        write: (bytes) => {
          if (this.full.has(path)) throw new Error("no space");
          content.text += new TextDecoder().decode(bytes);
        },
        close: () => {},
      };
    },
    size: (path) => {
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
        lock: () => this.locking.push(`lock ${path}`),
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

/** Gathers what is reported, as the user would read it. */
class Problems {
  readonly texts: string[] = [];

  readonly report = (text: string, severity?: "warn"): void => {
    this.texts.push(`${severity === "warn" ? "WARN" : "ERROR"} ${text}`);
  };
}

function settings(
  values: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  return new Map(Object.entries(values));
}

export function eventAt(time: Date, level: LogLevel = "info"): LogEvent {
  return { logger: "dcmtk.apps.echoscu", level, text: "text", time };
}

/** An appender, and what it was made with. */
export interface Setup {
  readonly machine: MemoryMachine;
  /** What was reported so far. */
  readonly problems: readonly string[];
  readonly appender: Appender;
  /** Appends `text` as the layout's output. */
  readonly write: (text: string, level?: LogLevel) => void;
}

export function setUp(
  create: CreateAppender,
  values: Readonly<Record<string, string>>,
  machine = new MemoryMachine(),
): Setup {
  const problems = new Problems();
  const appender = create(settings(values), machine, problems.report);
  return {
    machine,
    problems: problems.texts,
    appender,
    write: (text, level) => appender.append(eventAt(machine.time, level), text),
  };
}
