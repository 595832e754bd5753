/** How close to each other things may begin. */

import { pause } from "../net/pause.ts";

/**
 * Keeps things that begin one after another a time apart, from beginning to
 * beginning; what is late is not made up for.
 */
export class Pace {
  readonly #interval: number;
  readonly #now: () => number;
  #last: number | undefined;

  /**
   * @param interval in milliseconds.
   * @param now a monotonic clock in milliseconds.
   */
  constructor(interval: number, now: () => number) {
    this.#interval = interval;
    this.#now = now;
  }

  /** Settles when the next may begin; undefined: it may at once. */
  next(signal: AbortSignal): Promise<void> | undefined {
    const now = this.#now();
    const left = this.#last === undefined
      ? 0
      : this.#last + this.#interval - now;
    this.#last = now + Math.max(0, left);
    return left > 0 ? pause(left, signal) : undefined;
  }
}
