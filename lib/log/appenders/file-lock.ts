/** The lock file of several processes that log to the same file. */

import type { LogLock, LogMachine } from "../machine.ts";
import type { ReportOnce } from "./report-once.ts";

export class FileLock {
  readonly #name: string;
  readonly #lock: LogLock;
  readonly #problems: ReportOnce;

  private constructor(name: string, lock: LogLock, problems: ReportOnce) {
    this.#name = name;
    this.#lock = lock;
    this.#problems = problems;
  }

  /** @returns undefined if there can be no such file, which is told. */
  static open(
    name: string,
    machine: LogMachine,
    problems: ReportOnce,
  ): FileLock | undefined {
    try {
      return new FileLock(name, machine.files.openLock(name), problems);
    } catch {
      problems.tell(`could not open or create file ${name}`);
      return undefined;
    }
  }

  /** Runs `action` with the lock, or without: a line is not lost for it. */
  run(action: () => void): void {
    try {
      this.#lock.lock();
    } catch {
      this.#problems.tell(`could not lock file ${this.#name}`);
      action();
      return;
    }
    try {
      action();
    } finally {
      this.#lock.unlock();
    }
  }

  close(): void {
    this.#lock.close();
  }
}
