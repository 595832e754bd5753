/** Bounds on whole operations, however many waits they are made of. */

/** Which bound ended an operation. */
export type Expiry = "timeout" | "interrupted";

/** Thrown out of a wait whose time is over or whose signal was raised. */
export class ExpiredError extends Error {
  override readonly name = "ExpiredError";
  constructor(readonly expiry: Expiry) {
    super(expiry);
  }
}

/** Tells that all work is to end; an AbortSignal is one. */
export interface Interruption {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** The bound of one operation; leaving its scope (`using`) lifts it. */
export interface Deadline extends Disposable {
  /** On the clock of `performance.now()`; Infinity: no bound by time. */
  readonly due: number;
  /**
   * What `work` gives, unless the bound comes first.
   *
   * `work` itself goes on; whoever started it must end it, and how it ends
   * then is nobody's concern.
   *
   * @throws {ExpiredError} when the bound comes first.
   */
  race<T>(work: Promise<T>): Promise<T>;
  /**
   * Gives it its whole time again, from now, even where that was over: a pause
   * between two operations is nobody's fault. An interruption stays.
   */
  renew(): void;
}

/** Timers that are longer than 2^31-1 ms (24.8 days) would fire at once. */
const LONGEST_TIMER = 0x7fffffff;

/** So many timers of a process may stay behind until they fire. */
const FEW = 16;
let started = 0;

/**
 * Calls `wake` after so many milliseconds, unless the result is called first.
 *
 * The first timers are those of `AbortSignal.timeout`, because the first
 * `setTimeout` of a process costs it several milliseconds. But one that nobody
 * waits for any more stays in memory until it fires: with those, a service
 * would hold a minute's worth of associations that have ended.
 */
function startTimer(milliseconds: number, wake: () => void): () => void {
  if (started < FEW) {
    started++;
    const timer = AbortSignal.timeout(milliseconds);
    timer.addEventListener("abort", wake);
    // A timer that nobody listens to keeps neither process nor test waiting.
    return () => timer.removeEventListener("abort", wake);
  }
  const timer = setTimeout(wake, milliseconds);
  return () => clearTimeout(timer);
}

/**
 * The deadlines of one verification or one association. They share one timer,
 * which is not moved when a deadline is lifted but looks, when it fires, for
 * what is due then: a series of a million operations needs no timer each.
 */
export class Deadlines implements Disposable {
  readonly #open = new Set<OpenDeadline>();
  readonly #signal: Interruption | undefined;
  readonly #interrupt = (): void => {
    for (const deadline of this.#open) deadline.expire("interrupted");
  };
  readonly #wake = (): void => this.#awake();
  readonly #owner: Owner = {
    lift: (deadline) => this.#open.delete(deadline),
    open: (deadline) => this.#admit(deadline),
    await: (deadline) => {
      if (deadline.due >= this.#timerDue || !this.#open.has(deadline)) return;
      this.#setTimer(deadline.due);
    },
  };
  #stopTimer: (() => void) | undefined;
  #timerDue = Infinity;

  /** @param signal aborted: all deadlines, also those to come, expire. */
  constructor(signal?: Interruption) {
    this.#signal = signal;
    signal?.addEventListener("abort", this.#interrupt);
  }

  /**
   * The timer is set by the first wait, which has begun its work by then.
   *
   * @param milliseconds undefined: no bound by time.
   */
  start(milliseconds: number | undefined): Deadline {
    const deadline = new OpenDeadline(milliseconds, this.#owner);
    this.#admit(deadline);
    return deadline;
  }

  #admit(deadline: OpenDeadline): void {
    this.#open.add(deadline);
    if (this.#signal?.aborted) deadline.expire("interrupted");
  }

  #setTimer(due: number): void {
    this.#clearTimer();
    const delay = Math.max(0, Math.ceil(due - performance.now()));
    this.#timerDue = due;
    this.#stopTimer = startTimer(Math.min(delay, LONGEST_TIMER), this.#wake);
  }

  #clearTimer(): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    this.#timerDue = Infinity;
  }

  #awake(): void {
    this.#clearTimer();
    const now = performance.now();
    let next = Infinity;
    for (const deadline of this.#open) {
      if (deadline.due <= now) deadline.expire("timeout");
      else next = Math.min(next, deadline.due);
    }
    if (next < Infinity) this.#setTimer(next);
  }

  [Symbol.dispose](): void {
    this.#clearTimer();
    this.#signal?.removeEventListener("abort", this.#interrupt);
  }
}

/** What a deadline needs of those that it belongs to. */
interface Owner {
  /** Nobody waits any more. */
  readonly lift: (deadline: OpenDeadline) => void;
  /** It can expire again. */
  readonly open: (deadline: OpenDeadline) => void;
  /** A wait begins. */
  readonly await: (deadline: OpenDeadline) => void;
}

class OpenDeadline implements Deadline {
  readonly #milliseconds: number;
  readonly #owner: Owner;
  #due = Infinity;
  /** Of the waits under way, and of no other: a series of waits adds nothing. */
  readonly #rejects = new Set<(error: ExpiredError) => void>();
  #error: ExpiredError | undefined;

  /** @param milliseconds undefined: no bound by time. */
  constructor(milliseconds: number | undefined, owner: Owner) {
    this.#milliseconds = milliseconds ?? Infinity;
    this.#owner = owner;
    this.renew();
  }

  get due(): number {
    return this.#due;
  }

  renew(): void {
    if (this.#milliseconds === Infinity) return;
    this.#due = performance.now() + this.#milliseconds;
    if (this.#error?.expiry !== "timeout") return;
    this.#error = undefined;
    this.#owner.open(this);
  }

  expire(expiry: Expiry): void {
    this.#owner.lift(this);
    this.#error ??= new ExpiredError(expiry);
    for (const reject of this.#rejects) reject(this.#error);
    this.#rejects.clear();
  }

  race<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#rejects.add(reject);
      work.then((value) => {
        this.#rejects.delete(reject);
        resolve(value);
      }, (error) => {
        this.#rejects.delete(reject);
        reject(error);
      });
      if (this.#error !== undefined) reject(this.#error);
      else this.#owner.await(this);
    });
  }

  [Symbol.dispose](): void {
    this.#owner.lift(this);
  }
}

/**
 * Seconds, as options give them, in milliseconds, as timers take them; 0 and
 * less is no bound.
 */
export function milliseconds(seconds: number | undefined): number | undefined {
  return seconds === undefined || seconds <= 0 ? undefined : seconds * 1000;
}
