/** Problems that are told no second time. */

import type { ReportProblem } from "../appender.ts";

export class ReportOnce {
  readonly report: ReportProblem;
  readonly #told = new Set<string>();

  constructor(report: ReportProblem) {
    this.report = report;
  }

  tell(text: string, severity?: "warn"): void {
    if (this.#told.has(text)) return;
    this.#told.add(text);
    this.report(text, severity);
  }
}
