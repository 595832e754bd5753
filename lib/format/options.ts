/** What every format gets beside the results, and what it gives. */

import type { Thresholds } from "../result/settings.ts";
import type { PeerResult } from "../result/types.ts";

export interface ReportOptions {
  readonly thresholds: Thresholds;
  /** How many results there will be. */
  readonly count: number;
  /** Undefined: the peers are not those of a file. */
  readonly leftOut?: readonly LeftOut[];
}

/** The same for results that are all there. */
export interface FormatOptions extends Omit<ReportOptions, "count"> {
  /** Certificates are judged as of now. */
  readonly now: Date;
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

/** Results in a format, told one after another: there may be many of them. */
export interface Report {
  /** What can be written before there is any; may be empty. */
  readonly begin: string;
  /**
   * Takes out of a result what the format shows, so that nothing else of it
   * need be kept. For each as soon as it is there, in any order.
   *
   * @param now certificates are judged as of now.
   */
  readonly take: (result: PeerResult, now: Date) => Taken;
  /** When all are told: what is left to be written. */
  readonly end: () => Ending;
}

/**
 * To be called once, in the order of the peers.
 *
 * @returns what can be written by now; may be empty.
 */
export type Taken = () => string;

/** The last part of a report. */
export interface Ending {
  readonly rest: Iterable<string>;
  /** The exit code, of a format that has its own. */
  readonly exit?: number | undefined;
}
