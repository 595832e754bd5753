/** What every format gets beside the results, and what it gives. */

import type { Thresholds } from "../result/settings.ts";

export interface FormatOptions {
  readonly thresholds: Thresholds;
  /** Certificates are judged as of now. */
  readonly now: Date;
}

/** A formatted result. */
export interface Formatted {
  /** Ends with a line break; empty: there is nothing to say. */
  readonly text: string;
  /** The exit code, of a format that has its own. */
  readonly exit?: number;
}
