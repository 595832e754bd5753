/** One line at the bottom of a terminal that is renewed now and then. */

/** The line appears, and is renewed, after this many milliseconds. */
const INTERVAL = 500;

const ERASE_LINE = "\r\x1b[K";

/** Nothing of the line remains once it is erased. */
export class TerminalLine {
  readonly #now: () => number;
  readonly #write: (text: string) => void;
  #shownAt: number;
  #shown = false;

  /** @param now a monotonic clock in milliseconds. */
  constructor(now: () => number, write: (text: string) => void) {
    this.#now = now;
    this.#write = write;
    this.#shownAt = now();
  }

  /** Shows the text unless the line was renewed a moment ago. */
  renew(text: () => string): void {
    if (this.#now() - this.#shownAt < INTERVAL) return;
    this.#shownAt = this.#now();
    this.#shown = true;
    this.#write(`${ERASE_LINE}${text()}`);
  }

  /** To be called before anything else is written. */
  erase(): void {
    if (!this.#shown) return;
    this.#shown = false;
    this.#write(ERASE_LINE);
  }
}
