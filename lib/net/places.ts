/** A set number of places, so that clients cannot take up more than that. */

/** Counts who is in; whoever takes a place gives it back by disposing of it. */
export class Places {
  #free: number;
  #wake: (() => void) | undefined;

  /** @param count 1 or more. */
  constructor(count: number) {
    this.#free = count;
  }

  /** Undefined: all are taken. Disposing of one twice gives it back once. */
  take(): Disposable | undefined {
    if (this.#free < 1) return undefined;
    this.#free--;
    let held = true;
    return {
      [Symbol.dispose]: () => {
        if (!held) return;
        held = false;
        this.#free++;
        this.#wake?.();
      },
    };
  }

  /**
   * Waits for a place and takes it. One wait at a time: it leaves nothing on
   * those that are in, however long they stay.
   */
  async wait(): Promise<Disposable> {
    for (;;) {
      const place = this.take();
      if (place !== undefined) return place;
      await new Promise<void>((resolve) => this.#wake = resolve);
      this.#wake = undefined;
    }
  }
}
