/** Problems that are told no second time. */

import type { ReportProblem } from "../appender.ts";

export class ReportOnce {
  readonly report: ReportProblem;
  readonly #told = new Set<string>();

  constructor(report: ReportProblem) {
    this.report = report;
  }

  /** @param kind problems of the same kind are the same. */
  tell(text: string, severity?: "warn", kind = text): void {
    if (this.#told.has(kind)) return;
    this.#told.add(kind);
    this.report(text, severity);
  }
}
