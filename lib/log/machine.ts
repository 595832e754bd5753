/** What logging by a configuration file needs of the machine. */

/** A file that log lines are written to. Never buffered here. */
export interface LogFile {
  /**
   * Writes all of it before it returns.
   *
   * @throws {Error} if it cannot, with a reason of the system's.
   */
  write(bytes: Uint8Array): void;
  /** Idempotent; never throws. */
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
  /** In bytes; undefined: there is no such file. Never throws. */
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
  /** Waits for the other one. @throws {Error} if it cannot be had. */
  lock(): void;
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
  /** Standard output; a reader that is gone is no error, nor is a slow one. */
  readonly writeOut: (text: string) => void;
  /** Likewise standard error. */
  readonly writeError: (text: string) => void;
  /** Characters of both that are not written yet. */
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
}
