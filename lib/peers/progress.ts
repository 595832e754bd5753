/** A line on a terminal that tells how far a run over many peers is. */

import { TerminalLine } from "../base/terminal-line.ts";

/** Keeps one line up to date: "120 of 1000 peers, 7 failed". */
export class PeersProgress {
  readonly #total: number;
  readonly #line: TerminalLine;
  #done = 0;
  #failed = 0;

  /** @param now a monotonic clock in milliseconds. */
  constructor(
    total: number,
    now: () => number,
    write: (text: string) => void,
  ) {
    this.#total = total;
    this.#line = new TerminalLine(now, write);
  }

  /** One more peer is done. */
  count(failed: boolean): void {
    this.#done++;
    if (failed) this.#failed++;
    if (this.#done === this.#total) return;
    this.#line.renew(() =>
      `${this.#done} of ${this.#total} peers, ${this.#failed} failed`
    );
  }

  /** To be called before anything else is written, and at the end. */
  erase(): void {
    this.#line.erase();
  }
}
