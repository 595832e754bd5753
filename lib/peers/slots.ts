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
}

/** The place of one job, which is at work as long as it gives signs of life. */
export interface Slot {
  /** A sign of life: one that was taken for waiting is at work again. */
  readonly alive: () => void;
  /** From now on it counts as at work, alive or not: it has opened a lot. */
  readonly hold: () => void;
  /** It has ended. */
  readonly leave: () => void;
}

/** Each needs a descriptor or two, of which many systems give 1024. */
const MOST_OPEN = 512;

/**
 * @param most never more than these; undefined: as many as `usual` at work, and
 * those that only wait beside them.
 */
export function slotLimits(
  most: number | undefined,
  usual: number,
): SlotLimits {
  return most === undefined
    ? { atWork: usual, open: MOST_OPEN }
    : { atWork: most, open: most };
}

/** A job without a sign of life for so long only waits; in milliseconds. */
export const PATIENCE = 250;

interface Place {
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
  readonly #open = new Set<Place>();
  /** The one that was silent for longest first. */
  readonly #atWork = new Set<Place>();
  #stopTimer: (() => void) | undefined;

  /** @param freed told when there may be room for another. */
  constructor(limits: SlotLimits, clock: SlotClock, freed: () => void) {
    this.#limits = limits;
    this.#clock = clock;
    this.#freed = freed;
  }

  /** Whether a further job may begin. */
  get room(): boolean {
    const { atWork, open } = this.#limits;
    return this.#atWork.size < atWork && this.#open.size < open;
  }

  /** For a job that begins; whether there is room is for the caller to know. */
  enter(): Slot {
    const place: Place = { seen: 0, held: false };
    this.#open.add(place);
    this.#work(place);
    return {
      alive: () => this.#work(place),
      hold: () => {
        place.held = true;
        this.#work(place);
      },
      leave: () => this.#leave(place),
    };
  }

  #work(place: Place): void {
    if (!this.#open.has(place)) return;
    place.seen = this.#clock.now();
    this.#atWork.delete(place);
    this.#atWork.add(place);
    this.#setTimer();
  }

  #leave(place: Place): void {
    this.#open.delete(place);
    this.#atWork.delete(place);
    if (this.#atWork.size === 0) this.#clearTimer();
    this.#freed();
  }

  /** One timer for all: it looks, when it fires, for who is to be waited for. */
  #setTimer(): void {
    const { atWork, open } = this.#limits;
    if (this.#stopTimer !== undefined || open <= atWork) return;
    for (const { seen, held } of this.#atWork) {
      if (held) continue;
      const left = Math.max(1, seen + PATIENCE - this.#clock.now());
      this.#stopTimer = this.#clock.after(left, () => this.#look());
      return;
    }
  }

  #clearTimer(): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
  }

  #look(): void {
    this.#stopTimer = undefined;
    const now = this.#clock.now();
    for (const place of this.#atWork) {
      if (place.held) continue;
      if (place.seen + PATIENCE > now) break;
      this.#atWork.delete(place);
    }
    this.#setTimer();
    if (this.room) this.#freed();
  }
}
