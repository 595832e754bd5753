/** What an appender is: where the events of a logger go. */

import type { LogLevel } from "./log.ts";

/** One message on its way to appenders. */
export interface LogEvent {
  /** "dcmtk.apps.echoscu". */
  readonly logger: string;
  readonly level: LogLevel;
  /** May have several lines. */
  readonly text: string;
  readonly time: Date;
}

/** Takes events that have passed threshold and filters, already laid out. */
export interface Appender {
  /**
   * @param output what the layout made of the event, its line end included.
   */
  append(event: LogEvent, output: string): void;
  /** Writes what is left and lets go of files and sockets. Idempotent. */
  close(): Promise<void>;
  /** Characters that are not written yet; missing: there are never any. */
  backlog?(): number;
  /** Settles when all of them are written or given up. */
  written?(): Promise<void>;
}

/** Settings of one appender by their names, without the appender's prefix. */
export type AppenderSettings = ReadonlyMap<string, string>;

/**
 * Tells the user what the logging itself could not do; it is the appender that
 * sees to it that nothing is told twice.
 *
 * @param text what stands after "log4cplus:ERROR ", without an end of line.
 * @param severity with "warn" it stands after "log4cplus:WARN ".
 */
export type ReportProblem = (text: string, severity?: "warn") => void;
