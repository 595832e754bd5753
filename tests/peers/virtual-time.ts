/** A clock that jumps to what is due next, for jobs and timers. */

import type { SlotClock } from "../../lib/peers/slots.ts";

interface Due {
  readonly at: number;
  readonly wake: () => void;
}

export class VirtualTime {
  /** In milliseconds. */
  now = 0;
  /** The most jobs that slept at the same time. */
  most = 0;
  /** Timers that were set. */
  timers = 0;
  #sleepers = 0;
  readonly #due = new Set<Due>();

  readonly clock: SlotClock = {
    now: () => this.now,
    after: (milliseconds, wake) => {
      this.timers++;
      return this.#at(milliseconds, wake);
    },
  };

  sleep(milliseconds: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.most = Math.max(this.most, ++this.#sleepers);
    this.#at(milliseconds, () => {
      this.#sleepers--;
      resolve();
    });
    return promise;
  }

  /** Whether a timer is set, or somebody sleeps. */
  get waiting(): boolean {
    return this.#due.size > 0;
  }

  #at(milliseconds: number, wake: () => void): () => void {
    const due = { at: this.now + milliseconds, wake };
    this.#due.add(due);
    return () => this.#due.delete(due);
  }

  /** Runs until nothing is due any more. */
  async pass(): Promise<void> {
    for (;;) {
      await settle();
      let next: Due | undefined;
      for (const due of this.#due) {
        if (next === undefined || due.at < next.at) next = due;
      }
      if (next === undefined) return;
      this.#due.delete(next);
      // Whoever is late sets the clock on.
      this.now = Math.max(this.now, next.at);
      next.wake();
    }
  }
}

/** Lets everything happen that can without time. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve();
}
