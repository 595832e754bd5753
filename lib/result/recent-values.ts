/** Numbers of a series that may never end, in memory that does. */

/** So many are kept; each takes eight bytes. */
const MOST = 1_000_000;

/** Keeps the latest values. */
export class RecentValues {
  readonly #values: number[] = [];
  readonly #most: number;
  #oldest = 0;

  constructor(most = MOST) {
    this.#most = most;
  }

  add(value: number): void {
    if (this.#values.length < this.#most) {
      this.#values.push(value);
      return;
    }
    this.#values[this.#oldest] = value;
    this.#oldest = (this.#oldest + 1) % this.#most;
  }

  /** Oldest first. */
  get values(): readonly number[] {
    return [
      ...this.#values.slice(this.#oldest),
      ...this.#values.slice(0, this.#oldest),
    ];
  }
}
