/** The signals that end the program in order, for what is under way. */

import { type Host, type InterruptSignal, SIGNAL_NUMBER } from "../host.ts";
import type { Interruption } from "../net/deadline.ts";

/** The exit code of a run that was told to stop by a signal. */
export function interruptedExit(signal: InterruptSignal): number {
  return 128 + SIGNAL_NUMBER[signal];
}

/**
 * Raised by the first signal after {@linkcode Interrupt.handle}; before, a
 * signal ends the program by itself, with what a shell takes for the same exit
 * code. For a plain call this does without the runtime's own AbortSignal, whose
 * first use takes a third of a millisecond.
 */
export class Interrupt implements Interruption, Disposable {
  readonly #host: Pick<Host, "onInterrupt">;
  readonly #listeners = new Set<() => void>();
  #forget: (() => void) | undefined;
  #cause: InterruptSignal | undefined;
  #controller: AbortController | undefined;

  constructor(host: Pick<Host, "onInterrupt">) {
    this.#host = host;
  }

  /** From now on signals are taken. Idempotent. */
  handle(): void {
    this.#forget ??= this.#host.onInterrupt((signal) => {
      if (this.aborted) return;
      this.#cause = signal;
      for (const listener of [...this.#listeners]) listener();
      this.#controller?.abort();
    });
  }

  /** The first signal that came; undefined: none did. */
  get cause(): InterruptSignal | undefined {
    return this.#cause;
  }

  get aborted(): boolean {
    return this.#cause !== undefined;
  }

  /**
   * The same for what needs more than an {@linkcode Interruption}; from now on
   * signals are taken.
   */
  toSignal(): AbortSignal {
    this.handle();
    this.#controller ??= new AbortController();
    if (this.aborted) this.#controller.abort();
    return this.#controller.signal;
  }

  addEventListener(_type: "abort", listener: () => void): void {
    this.#listeners.add(listener);
  }

  removeEventListener(_type: "abort", listener: () => void): void {
    this.#listeners.delete(listener);
  }

  /** Signals do again what they do by themselves. */
  [Symbol.dispose](): void {
    this.#forget?.();
    this.#forget = undefined;
  }
}
