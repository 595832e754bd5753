/** The record of stages, and the failure that ends a verification. */

import type { Condition } from "../base/condition.ts";
import type {
  Failure,
  FailureCause,
  Stage,
  StageFault,
  StageRecord,
} from "./outcome.ts";

/** Ends the stage that it is thrown in, and with it the verification. */
export class StageFailure extends Error {
  override readonly name = "StageFailure";
  constructor(
    readonly reason: FailureCause,
    readonly condition: Condition | undefined,
  ) {
    super(reason.kind);
  }
}

/** Measures stages one after another, and keeps what went wrong in each. */
export class StageLog {
  readonly #now: () => number;
  readonly #begin: number;
  readonly #records: StageRecord[] = [];
  #current: Stage = "connect";
  #fault: StageFault | undefined;
  #failure: Failure | undefined;

  /** @param now a monotonic clock in milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
    this.#begin = now();
  }

  get records(): readonly StageRecord[] {
    return this.#records;
  }

  /** See {@linkcode Outcome.failure}. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** Notes a failure of the present stage, which need not end it. */
  note({ reason: cause, condition }: StageFailure): void {
    const fault = { cause, condition };
    this.#fault ??= fault;
    if (this.#failure === undefined || cause.kind === "interrupted") {
      this.#failure = { stage: this.#current, ...fault };
    }
  }

  /** Runs one stage; a {@linkcode StageFailure} out of it is noted. */
  async run<T>(stage: Stage, work: () => Promise<T>): Promise<T> {
    this.#current = stage;
    this.#fault = undefined;
    const start = this.#now();
    try {
      return await work();
    } catch (error) {
      if (error instanceof StageFailure) this.note(error);
      throw error;
    } finally {
      this.#records.push({
        stage,
        start: start - this.#begin,
        duration: this.#now() - start,
        fault: this.#fault,
      });
    }
  }
}
