/** What the operator's own options ask for, beyond one drop-in call. */

/** Of `--format`. */
export const FORMATS = [
  "text",
  "json",
  "jsonl",
  "nagios",
  "prometheus",
  "csv",
] as const;

export type Format = (typeof FORMATS)[number];

/** A threshold of the Nagios plugin guidelines: `[@]start:end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
  /** `@`: a value inside is the bad one. */
  readonly inside: boolean;
}

/** Bounds whose violation is a warning, or critical. */
export interface Thresholds {
  /** On the whole time of one check, in seconds. */
  readonly warning: Range | undefined;
  readonly critical: Range | undefined;
  /** On what the peer's certificate has left, in days. */
  readonly certificateWarning: number | undefined;
  readonly certificateCritical: number | undefined;
}

export interface OperatorSettings {
  readonly explain: boolean;
  /** Of the whole run, in seconds; undefined: none. */
  readonly deadline: number | undefined;
  /** Further attempts after the first. */
  readonly retries: number;
  /** In seconds. */
  readonly retryDelay: number;
  readonly format: Format | undefined;
  /** Undefined: standard output. */
  readonly output: string | undefined;
  readonly thresholds: Thresholds;
  /** Seconds between echoes; undefined: one after another. */
  readonly interval: number | undefined;
  /** A new association for each echo. */
  readonly reconnect: boolean;
}
