/** Many jobs side by side, their results in order. */

import { type Slot, type SlotClock, type SlotLimits, Slots } from "./slots.ts";

/**
 * So many results may wait for one before them. They are small, and a run over
 * as many peers must not be held up by a single silent one.
 */
const MOST_WAITING = 10_000;

/** One of the jobs of a pool. */
export type Work<T, R> = (
  item: T,
  slot: Pick<Slot, "alive" | "hold">,
) => Promise<R>;

export interface PoolOptions<R> {
  /** How many jobs may run at the same time. */
  readonly limits: SlotLimits;
  readonly clock: SlotClock;
  /** Raised: no job is started any more; those that run end by themselves. */
  readonly signal?: AbortSignal | undefined;
  /** Told of each job as it ends, in any order. */
  readonly ended?: ((result: R) => void) | undefined;
  /** Given each result once, in the order of the jobs. */
  readonly deliver: (result: R) => void | Promise<void>;
}

/**
 * Runs `work` on all items. A result is kept only until it is delivered, which
 * is as soon as all before it are. While `deliver` takes its time, no more than
 * a certain number of results are let to wait.
 *
 * Rejects with the first error of `work` or `deliver`, after all jobs that run
 * have ended.
 *
 * @returns how many results were delivered: all, or those of the jobs that had
 * been started when the signal was raised.
 */
export async function runPool<T extends object, R extends object>(
  items: readonly T[],
  work: Work<T, R>,
  options: PoolOptions<R>,
): Promise<number> {
  return await new Pool(items, work, options).run();
}

class Pool<T extends object, R extends object> {
  readonly #items: readonly T[];
  readonly #work: Work<T, R>;
  readonly #options: PoolOptions<R>;
  readonly #slots: Slots;
  readonly #running = new Set<Promise<void>>();
  readonly #waiting = new Map<number, R>();
  readonly #errors: unknown[] = [];
  #started = 0;
  #delivered = 0;
  #delivering: Promise<void> = Promise.resolve();
  /** Settles when there may be more room than there was. */
  #room = Promise.withResolvers<void>();

  constructor(
    items: readonly T[],
    work: Work<T, R>,
    options: PoolOptions<R>,
  ) {
    this.#items = items;
    this.#work = work;
    this.#options = options;
    this.#slots = new Slots(
      options.limits,
      options.clock,
      () => this.#makeRoom(),
    );
  }

  async run(): Promise<number> {
    for (;;) {
      const item = this.#items[this.#started];
      if (item === undefined || this.#over) break;
      const waiting = this.#started - this.#delivered;
      if (this.#slots.room && waiting < MOST_WAITING) this.#start(item);
      else await this.#room.promise;
    }
    await Promise.all(this.#running);
    await this.#delivering;
    if (this.#errors.length > 0) throw this.#errors[0];
    return this.#delivered;
  }

  get #over(): boolean {
    return this.#options.signal?.aborted === true || this.#errors.length > 0;
  }

  #start(item: T): void {
    const job = this.#job(item, this.#started++, this.#slots.enter());
    this.#running.add(job);
    job.then(() => this.#running.delete(job));
  }

  async #job(item: T, index: number, slot: Slot): Promise<void> {
    try {
      const result = await this.#work(item, slot);
      this.#options.ended?.(result);
      this.#waiting.set(index, result);
      this.#delivering = this.#delivering.then(() => this.#deliver());
    } catch (error) {
      this.#fail(error);
    } finally {
      slot.leave();
    }
  }

  async #deliver(): Promise<void> {
    try {
      while (this.#errors.length === 0) {
        const result = this.#waiting.get(this.#delivered);
        if (result === undefined) return;
        this.#waiting.delete(this.#delivered);
        await this.#options.deliver(result);
        this.#delivered++;
        this.#makeRoom();
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    this.#errors.push(error);
    this.#makeRoom();
  }

  #makeRoom(): void {
    this.#room.resolve();
    this.#room = Promise.withResolvers<void>();
  }
}
