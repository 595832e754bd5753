/** The one bound of a whole run: its deadline, or the interruption from outside. */

import { Deadlines, ExpiredError } from "../net/deadline.ts";
import type { Transport } from "../net/transport.ts";

/** Raises one signal for both ends of a run, and tells which it was. */
export class RunBound implements Disposable {
  readonly #deadlines: Deadlines;
  readonly #stop = new AbortController();
  readonly #due: number;
  #expired = false;

  /**
   * @param deadline in milliseconds from now; undefined: none.
   * @param outside raised from outside: the run ends as well.
   */
  constructor(deadline: number | undefined, outside: AbortSignal | undefined) {
    this.#due = deadline === undefined
      ? Infinity
      : performance.now() + deadline;
    this.#deadlines = new Deadlines(outside);
    if (outside?.aborted) this.#stop.abort();
    this.#deadlines.start(deadline).race(new Promise<never>(() => {})).catch(
      (error: unknown) => {
        if (!(error instanceof ExpiredError)) throw error;
        this.#expired = error.expiry === "timeout";
        this.#stop.abort();
      },
    );
  }

  /** Raised when the run is to end. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** The signal was raised, and the deadline was why. */
  get expired(): boolean {
    return this.#expired;
  }

  /** What the deadline leaves, in milliseconds. */
  get left(): number {
    return this.#due - performance.now();
  }

  /**
   * A transport that does not outlive the deadline: what is written after it,
   * the A-ABORT, is the last, and nobody waits for the peer to close.
   */
  limit(transport: Transport): Transport {
    return {
      read: (buffer) => transport.read(buffer),
      write: async (bytes) => {
        await transport.write(bytes);
        if (this.#expired) transport.close();
      },
      closeWrite: () => transport.closeWrite(),
      close: () => transport.close(),
    };
  }

  [Symbol.dispose](): void {
    this.#deadlines[Symbol.dispose]();
  }
}
