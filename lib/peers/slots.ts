/** Places for jobs, which those that only wait give up to others. */

/** A clock, and how to be woken by it. */
export interface SlotClock {
  /** Monotonic, in milliseconds. */
  readonly now: () => number;
  /** Calls `wake` once, after so many ms, unless the result is called first. */
  readonly after: (milliseconds: number, wake: () => void) => () => void;
}

/** How many jobs there may be at the same time. */
export interface SlotLimits {
  /** So many at work, at least 1. */
  readonly atWork: number;
  /** So many in all, those included that only wait: no fewer than at work. */
  readonly open: number;
  /** So many for the same address, those included that only wait. */
  readonly sameAddress: number;
}

/** The place of one job, which is at work as long as it gives signs of life. */
export interface Slot {
  /** A sign of life: one that was taken for waiting is at work again. */
  readonly alive: () => void;
  /**
   * Wants the place for good, alive or not: the job is about to open a lot. No
   * more hold one than may be at work.
   *
   * @returns settles when it has it; undefined: it has.
   */
  readonly hold: () => Promise<void> | undefined;
  /**
   * This machine has no room for the job: from now on fewer are open than now.
   *
   * @returns false: there is no other, so it cannot do better later.
   */
  readonly crowded: () => boolean;
  /** It has ended. */
  readonly leave: () => void;
}

/** Descriptors that a process may have: where there is a limit, often this. */
const DESCRIPTORS = 1024;
/** Of these, for all that is no peer: files, metrics, programs as they start. */
const OWN_DESCRIPTORS = 256;
/** An `openssl` program has pipes, a socket and a handle beside the peer's. */
const DESCRIPTORS_OF_HELD = 8;

/**
 * @param most never more than these; undefined: as many as `usual` at work, and
 * those that only wait beside them, of which each has a descriptor.
 */
export function slotLimits(
  most: number | undefined,
  usual: number,
): SlotLimits {
  if (most !== undefined) {
    return { atWork: most, open: most, sameAddress: most };
  }
  const left = DESCRIPTORS - OWN_DESCRIPTORS - usual * DESCRIPTORS_OF_HELD;
  return { atWork: usual, open: Math.max(usual, left), sameAddress: usual };
}

/** A job without a sign of life for so long only waits; in milliseconds. */
export const PATIENCE = 250;

/**
 * Who looks so late, in milliseconds, was busy, and could not see signs of life
 * that were there.
 */
const LATE = PATIENCE / 2;

interface Job {
  /** When the last sign of life was. */
  seen: number;
  held: boolean;
}

/**
 * Waiting for a peer is no work: a job that does so gives up its place at work,
 * as long as there are no more than so many open. One that goes on is at work
 * again at once, even where that makes one too many: what it waited for is there.
 */
export class Slots {
  readonly #limits: SlotLimits;
  readonly #clock: SlotClock;
  readonly #freed: () => void;
  readonly #open = new Set<Job>();
  #mostOpen: number;
  /** The one that was silent for longest first. */
  readonly #atWork = new Set<Job>();
  /**
   * Those that want to hold a place, and how they are told that they do; nobody
   * while there is one.
   */
  readonly #holding = new Map<Job, () => void>();
  /** Before, nobody could be seen: no silence counts from earlier on. */
  #sighted = -Infinity;
  #stopTimer: (() => void) | undefined;

  /** @param freed told when there may be room for another. */
  constructor(limits: SlotLimits, clock: SlotClock, freed: () => void) {
    this.#limits = limits;
    this.#mostOpen = limits.open;
    this.#clock = clock;
    this.#freed = freed;
  }

  /** Whether a further job may begin. */
  get room(): boolean {
    return this.#placeFree && this.#open.size < this.#mostOpen;
  }

  get #placeFree(): boolean {
    return this.#atWork.size < this.#limits.atWork;
  }

  /** For a job that begins; whether there is room is for the caller to know. */
  enter(): Slot {
    const job: Job = { seen: 0, held: false };
    this.#open.add(job);
    this.#work(job);
    return {
      alive: () => this.#work(job),
      hold: () => this.#hold(job),
      crowded: () => this.#crowded(),
      leave: () => this.#leave(job),
    };
  }

  #work(job: Job): void {
    if (!this.#open.has(job) || this.#holding.has(job)) return;
    job.seen = this.#clock.now();
    this.#atWork.delete(job);
    this.#atWork.add(job);
    this.#setTimer();
  }

  #hold(job: Job): Promise<void> | undefined {
    if (job.held || !this.#open.has(job)) return undefined;
    this.#atWork.delete(job);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#holding.set(job, resolve);
    this.#giveToHold();
    return job.held ? undefined : promise;
  }

  /** In the order in which they wanted it. */
  #giveToHold(): void {
    for (const [job, hold] of this.#holding) {
      if (!this.#placeFree) return;
      this.#holding.delete(job);
      job.held = true;
      this.#work(job);
      hold();
    }
  }

  #crowded(): boolean {
    if (this.#open.size < 2) return false;
    this.#mostOpen = Math.min(this.#mostOpen, this.#open.size - 1);
    return true;
  }

  #leave(job: Job): void {
    this.#open.delete(job);
    this.#atWork.delete(job);
    this.#holding.delete(job);
    this.#giveToHold();
    if (this.#atWork.size === 0) this.#clearTimer();
    this.#freed();
  }

  /** One timer for all: it looks, when it fires, for who is to be waited for. */
  #setTimer(): void {
    const { atWork, open } = this.#limits;
    if (this.#stopTimer !== undefined || open <= atWork) return;
    for (const job of this.#atWork) {
      if (job.held) continue;
      const now = this.#clock.now();
      const due = Math.max(now + 1, this.#silentAt(job));
      this.#stopTimer = this.#clock.after(due - now, () => this.#look(due));
      return;
    }
  }

  /** When a job that gives no sign of life until then only waits. */
  #silentAt({ seen }: Job): number {
    return Math.max(seen, this.#sighted) + PATIENCE;
  }

  #clearTimer(): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
  }

  /** @param due when this was to be. */
  #look(due: number): void {
    this.#stopTimer = undefined;
    const now = this.#clock.now();
    if (now - due > LATE) this.#sighted = now;
    for (const job of this.#atWork) {
      if (job.held) continue;
      if (this.#silentAt(job) > now) break;
      this.#atWork.delete(job);
    }
    this.#giveToHold();
    this.#setTimer();
    if (this.room) this.#freed();
  }
}
