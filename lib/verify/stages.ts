/** The record of stages, and the failure that ends a verification. */

import type { Condition } from "../base/condition.ts";
import type { FailureCause, Stage, StageRecord } from "./outcome.ts";

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

/** Measures stages one after another. */
export class StageLog {
  readonly #now: () => number;
  readonly #begin: number;
  readonly #records: StageRecord[] = [];

  /** @param now a monotonic clock in milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
    this.#begin = now();
  }

  get records(): readonly StageRecord[] {
    return this.#records;
  }

  /**
   * Runs one stage. It has succeeded when it does not throw and `succeeded`
   * says so.
   */
  async run<T>(
    stage: Stage,
    work: () => Promise<T>,
    succeeded: () => boolean,
  ): Promise<T> {
    const start = this.#now();
    const end = (succeeded: boolean): void => {
      this.#records.push({
        stage,
        start: start - this.#begin,
        duration: this.#now() - start,
        succeeded,
      });
    };
    try {
      const result = await work();
      end(succeeded());
      return result;
    } catch (error) {
      end(false);
      throw error;
    }
  }
}
