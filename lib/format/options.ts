/** What every format gets beside the results, and what it gives. */

import type { Thresholds } from "../result/settings.ts";

export interface FormatOptions {
  readonly thresholds: Thresholds;
  /** Certificates are judged as of now. */
  readonly now: Date;
  /** Undefined: the peers are not those of a file. */
  readonly leftOut?: readonly LeftOut[];
}

/** An entry of a peers file that cannot be checked, which is no success. */
export interface LeftOut {
  /** Where it begins, from 1; undefined: it is about the file as a whole. */
  readonly line: number | undefined;
  /** Why, without the line. */
  readonly reason: string;
}

/** "line 7: port is missing" */
export function leftOutText({ line, reason }: LeftOut): string {
  return line === undefined ? reason : `line ${line}: ${reason}`;
}

/** A formatted result. */
export interface Formatted {
  /** Ends with a line break; empty: there is nothing to say. */
  readonly text: string;
  /** The exit code, of a format that has its own. */
  readonly exit?: number;
}
