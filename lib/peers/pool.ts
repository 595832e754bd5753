/** Many jobs side by side, their results in order. */

import { type Slot, type SlotClock, type SlotLimits, Slots } from "./slots.ts";
import { type Turn, Turns } from "./turns.ts";

/**
 * So many results may wait for one before them. They are small, and a run over
 * as many peers must not be held up by a single silent one.
 */
const MOST_WAITING = 10_000;

/**
 * One of the jobs of a pool.
 *
 * @returns undefined: it is to be done once more, when others have ended.
 */
export type Work<T, R> = (
  item: T,
  slot: Pick<Slot, "alive" | "hold" | "crowded">,
) => Promise<R | undefined>;

export interface PoolOptions<T, R> {
  /** How many jobs may run at the same time. */
  readonly limits: SlotLimits;
  /** Jobs with the same bear on the same machine. */
  readonly addressOf: (item: T) => string;
  readonly clock: SlotClock;
  /** Raised: no job is started any more; those that run end by themselves. */
  readonly signal?: AbortSignal | undefined;
  /** Told of each job as it ends, in any order. */
  readonly ended?: ((result: R) => void) | undefined;
  /** The result of a job that was not started. */
  readonly unstarted: (item: T) => R;
  /** Given each result once, in the order of the jobs. */
  readonly deliver: (result: R) => void | Promise<void>;
}

/**
 * Runs `work` on all items, in their order as far as there are not too many for
 * the same address. A result is kept only until it is delivered, which is as
 * soon as all before it are. While `deliver` takes its time, no more than
 * a certain number of results are let to wait.
 *
 * A raised signal gives all jobs that have not been started their result
 * without that.
 *
 * Rejects with the first error of `work` or `deliver`, after all jobs that run
 * have ended.
 */
export async function runPool<T extends object, R extends object>(
  items: readonly T[],
  work: Work<T, R>,
  options: PoolOptions<T, R>,
): Promise<void> {
  await new Pool(items, work, options).run();
}

class Pool<T extends object, R extends object> {
  readonly #items: readonly T[];
  readonly #work: Work<T, R>;
  readonly #options: PoolOptions<T, R>;
  readonly #slots: Slots;
  readonly #turns: Turns<T>;
  readonly #running = new Set<Promise<void>>();
  readonly #waiting = new Map<number, R>();
  readonly #errors: unknown[] = [];
  #delivered = 0;
  #delivering: Promise<void> = Promise.resolve();
  /** Settles when there may be more room than there was. */
  #room = Promise.withResolvers<void>();

  constructor(
    items: readonly T[],
    work: Work<T, R>,
    options: PoolOptions<T, R>,
  ) {
    this.#items = items;
    this.#work = work;
    this.#options = options;
    this.#slots = new Slots(
      options.limits,
      options.clock,
      () => this.#makeRoom(),
    );
    const { addressOf, limits: { sameAddress } } = options;
    this.#turns = new Turns(items, addressOf, sameAddress);
  }

  async run(): Promise<void> {
    while (!this.#turns.over && !this.#over) {
      const turn = this.#slots.room
        ? this.#turns.next(this.#delivered + MOST_WAITING)
        : undefined;
      if (turn === undefined) await this.#room.promise;
      else this.#start(turn);
    }
    await Promise.all(this.#running);
    await this.#delivering;
    await this.#deliverAll();
    if (this.#errors.length > 0) throw this.#errors[0];
  }

  get #over(): boolean {
    return this.#options.signal?.aborted === true || this.#errors.length > 0;
  }

  #start(turn: Turn<T>): void {
    const job = this.#job(turn, this.#slots.enter());
    this.#running.add(job);
    job.then(() => this.#running.delete(job));
  }

  async #job(turn: Turn<T>, slot: Slot): Promise<void> {
    let again = false;
    try {
      const result = await this.#work(turn.item, slot);
      again = result === undefined;
      if (result === undefined) return;
      this.#options.ended?.(result);
      this.#waiting.set(turn.index, result);
      this.#delivering = this.#delivering.then(() => this.#deliver());
    } catch (error) {
      this.#fail(error);
    } finally {
      if (again) this.#turns.again(turn);
      else this.#turns.ended(turn);
      slot.leave();
    }
  }

  /** As far as all before them are there. */
  async #deliver(): Promise<void> {
    try {
      while (this.#errors.length === 0) {
        const result = this.#waiting.get(this.#delivered);
        if (result === undefined) return;
        await this.#give(result);
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  /** The rest, without more jobs. */
  async #deliverAll(): Promise<void> {
    try {
      for (const item of this.#items.slice(this.#delivered)) {
        if (this.#errors.length > 0) return;
        const result = this.#waiting.get(this.#delivered) ??
          this.#options.unstarted(item);
        await this.#give(result);
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  async #give(result: R): Promise<void> {
    this.#waiting.delete(this.#delivered);
    await this.#options.deliver(result);
    this.#delivered++;
    this.#makeRoom();
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
