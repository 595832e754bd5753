/** What logging by a configuration file needs of the machine. */

import type { Settled } from "./background-writer.ts";

/**
 * A file that log lines are written to. What may hold up its writer, such as a
 * pipe, is written in the background; all else is written at once.
 */
export interface LogFile {
  /** In bytes, as it was opened; 0 of what has no size. */
  readonly size: number;
  /** Tells `settled` sooner or later; never throws. */
  write(bytes: Uint8Array, settled: Settled): void;
  /** Once all is written or dropped. Idempotent; never throws. */
  close(): void;
}

/** Files by path; a relative path is of the working directory. */
export interface LogFiles {
  /**
   * Opens for writing at the end, creating the file if there is none.
   *
   * @param mode "truncate" empties the file first.
   * @throws {Error} if it cannot.
   */
  open(path: string, mode: "append" | "truncate"): LogFile;
  /**
   * In bytes; undefined: there is no such file.
   *
   * @throws {Error} if it may not be looked at.
   */
  size(path: string): number | undefined;
  /**
   * Over what is there. Never throws.
   *
   * @returns 0, or the system's number of the error.
   */
  rename(from: string, to: string): number;
  /** @returns whether it could be done; never throws. */
  remove(path: string): boolean;
  /** With all above it. @returns whether it is there now; never throws. */
  makeFolder(path: string): boolean;
  /**
   * Creates the file if there is none.
   *
   * @throws {Error} if it cannot.
   */
  openLock(path: string): LogLock;
}

/** What keeps other processes away from a file meanwhile. */
export interface LogLock {
  /**
   * Does not wait for the other one.
   *
   * @returns whether it could be had.
   * @throws {Error} if it never can.
   */
  tryLock(): boolean;
  unlock(): void;
  /** Idempotent; never throws. */
  close(): void;
}

/** Something that takes records for a log service. */
export interface LogSocket {
  /**
   * Sends all of `bytes`: over datagrams, as one.
   *
   * @throws {Error} if it cannot.
   */
  send(bytes: Uint8Array): Promise<void>;
  /** Idempotent; never throws. */
  close(): void;
}

/** Where the event log of Windows keeps what it gets. */
export interface EventLogSettings {
  /** The name that events stand under. */
  readonly source: string;
  /** "Application". */
  readonly log: string;
  /** The name of another machine; "": this one. */
  readonly server: string;
}

/** One entry of the event log of Windows. */
export interface SystemEvent {
  readonly type: "error" | "warning" | "information";
  /** The source's own number, 0 to 65535. */
  readonly category: number;
  /** Likewise. */
  readonly id: number;
  /** At most 31839 UTF-16 units, up to the first NUL. */
  readonly text: string;
}

/** Something that takes entries for the event log of Windows. */
export interface EventLogSink {
  /** false: events go to the Application log, whichever log was set. */
  readonly isRegistered: boolean;
  /** @throws {Error} if it is not taken. */
  report(event: SystemEvent): void;
  /** Idempotent; never throws. */
  close(): void;
}

/** Injected, so that appenders and layouts can be tested without a system. */
export interface LogMachine {
  readonly system: "windows" | "unix";
  readonly pid: number;
  readonly now: () => Date;
  /** When the program began, in ms since 1970, for `%r`. */
  readonly started: number;
  /** "unknown" if it cannot be told. */
  readonly hostname: () => string;
  /** With its domain, as far as this machine knows it without asking others. */
  readonly fullHostname: () => string;
  readonly environment: (name: string) => string | undefined;
  /**
   * Standard output; a slow reader holds nothing up.
   *
   * @param settled told of a reader who is gone, too.
   */
  readonly writeOut: (text: string, settled?: Settled) => void;
  /** Likewise standard error. */
  readonly writeError: (text: string) => void;
  /** Bytes of both, and of files, that are not written yet. */
  readonly backlog: () => number;
  /** Settles when all of them are; undefined: they are. */
  readonly written: () => Promise<void> | undefined;
  readonly files: LogFiles;
  /** @throws {Error} if nobody is there. */
  readonly openTcp: (host: string, port: number) => Promise<LogSocket>;
  /**
   * Nobody needs to be there, nor to hear what is sent.
   *
   * @throws {Error} for an unknown host.
   */
  readonly openUdp: (host: string, port: number) => Promise<LogSocket>;
  /**
   * Whether somebody is there shows when sending.
   *
   * @throws {Error} if the system has no such sockets, or they may not be used.
   */
  readonly openUnixDatagram: (path: string) => Promise<LogSocket>;
  /** @throws {Error} if there is none, or it may not be used. */
  readonly openEventLog: (settings: EventLogSettings) => Promise<EventLogSink>;
}
