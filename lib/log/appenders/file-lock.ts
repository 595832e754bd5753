/** The lock file of several processes that log to the same file. */

import type { LogLock, LogMachine } from "../machine.ts";
import type { ReportOnce } from "./report-once.ts";

/** Between two tries to have the lock, in ms. */
const PAUSE = 10;

/** Another process that keeps the lock for so many of them is not waited for. */
const MOST_TRIES = 500;

/** Something to be done with the lock. */
interface Action {
  readonly act: () => void;
  /** Characters that it will write. */
  readonly length: number;
}

export class FileLock {
  readonly #name: string;
  readonly #lock: LogLock;
  readonly #problems: ReportOnce;
  readonly #mostTries: number;
  #waiting: Action[] = [];
  #backlog = 0;
  #working: Promise<void> | undefined;
  /** Another process has kept it for too long, and has it still. */
  #isGivenUp = false;

  constructor(
    name: string,
    lock: LogLock,
    problems: ReportOnce,
    mostTries = MOST_TRIES,
  ) {
    this.#name = name;
    this.#lock = lock;
    this.#problems = problems;
    this.#mostTries = mostTries;
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

  /**
   * Calls `act` with the lock, at once or when it can be had, in order. If it
   * cannot be had, it is called without: a line is not lost for it.
   *
   * @param length how many characters it will write.
   */
  run(act: () => void, length: number): void {
    this.#waiting.push({ act, length });
    this.#backlog += length;
    if (this.#working === undefined && !this.#try(this.#isGivenUp)) {
      this.#working = this.#keepTrying();
    }
  }

  /** Characters that wait for the lock. */
  get backlog(): number {
    return this.#backlog;
  }

  /** Settles when none wait. */
  get idle(): Promise<void> {
    return this.#working ?? Promise.resolve();
  }

  close(): void {
    this.#lock.close();
  }

  async #keepTrying(): Promise<void> {
    for (let tries = 1; !this.#try(tries >= this.#mostTries); tries++) {
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
    this.#working = undefined;
  }

  /**
   * @param isLast does without the lock if it cannot be had.
   * @returns whether all that waited is done.
   */
  #try(isLast: boolean): boolean {
    let isOurs = false;
    let isHopeless = false;
    try {
      isOurs = this.#lock.tryLock();
    } catch {
      isHopeless = true;
    }
    if (!isOurs && !isLast && !isHopeless) return false;
    this.#isGivenUp = !isOurs;
    if (!isOurs) this.#problems.tell(`could not lock file ${this.#name}`);
    const actions = this.#waiting;
    this.#waiting = [];
    this.#backlog = 0;
    try {
      for (const { act } of actions) act();
    } finally {
      if (isOurs) this.#lock.unlock();
    }
    return true;
  }
}
