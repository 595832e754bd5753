/** Whose turn it is among jobs of which several may be for one address. */

/** One job, and where it stands. */
export interface Turn<T> {
  readonly index: number;
  readonly item: T;
}

/** First in, first out, however long it gets. */
class Queue<T extends object> {
  #items: T[] = [];
  #head = 0;

  push(item: T): void {
    this.#items.push(item);
  }

  shift(): T | undefined {
    const item = this.#items[this.#head];
    if (item === undefined) return undefined;
    this.#head++;
    if (2 * this.#head >= this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }
}

/** Jobs for one address. */
interface Address<T> {
  /** Begun and not ended, or next to begin. */
  open: number;
  /** Those whose turn came while there were as many as there may be. */
  readonly waiting: Queue<Turn<T>>;
}

/**
 * Jobs in order, of each address no more at the same time than so many: a peer
 * has a limit of associations, and all its names share that. A job whose address
 * has that many lets others pass, and is next as soon as one of them ends.
 */
export class Turns<T extends object> {
  readonly #items: readonly T[];
  readonly #addressOf: (item: T) => string;
  readonly #most: number;
  readonly #addresses = new Map<string, Address<T>>();
  /** Those that have waited for their address, and need not any more. */
  readonly #ready = new Queue<Turn<T>>();
  /** Those that have let others pass and not begun. */
  #passed = 0;
  #index = 0;

  /** @param most for each address, at least 1. */
  constructor(
    items: readonly T[],
    addressOf: (item: T) => string,
    most: number,
  ) {
    this.#items = items;
    this.#addressOf = addressOf;
    this.#most = most;
  }

  /** Every job has begun. */
  get over(): boolean {
    return this.#index === this.#items.length && this.#passed === 0;
  }

  /**
   * The job that is to begin, which counts as begun from now on.
   *
   * @param end only one before it.
   * @returns undefined: there is none until another has ended.
   */
  next(end: number): Turn<T> | undefined {
    const ready = this.#ready.shift();
    if (ready !== undefined) {
      this.#passed--;
      return ready;
    }
    while (this.#index < end) {
      const index = this.#index;
      const item = this.#items[index];
      if (item === undefined) return undefined;
      this.#index++;
      const address = this.#address(item);
      if (address.open < this.#most) {
        address.open++;
        return { index, item };
      }
      address.waiting.push({ index, item });
      this.#passed++;
    }
    return undefined;
  }

  /** A job that has begun is to begin once more, after some other has ended. */
  again(turn: Turn<T>): void {
    this.#ready.push(turn);
    this.#passed++;
  }

  /** A job that has begun has ended: what it leaves is another's. */
  ended({ item }: Turn<T>): void {
    const address = this.#address(item);
    const next = address.waiting.shift();
    if (next !== undefined) {
      this.#ready.push(next);
      return;
    }
    address.open--;
    if (address.open === 0) this.#addresses.delete(this.#addressOf(item));
  }

  #address(item: T): Address<T> {
    const name = this.#addressOf(item);
    let address = this.#addresses.get(name);
    if (address === undefined) {
      address = { open: 0, waiting: new Queue() };
      this.#addresses.set(name, address);
    }
    return address;
  }
}
