/** One message for the log, before a layout makes a line of it. */

import type { LogLevel } from "./level.ts";

/** Loggers by the reference's names. */
export type LoggerName =
  | "dcmtk.apps.echoscu"
  | "dcmtk.dcmnet"
  | "dcmtk.dcmdata";

export interface LogMessage {
  readonly logger: LoggerName;
  readonly level: LogLevel;
  /** May have several lines; each becomes one with its own prefix. */
  readonly text: string;
}

/** A message of the program itself. */
export function app(level: LogLevel, text: string): LogMessage {
  return { logger: "dcmtk.apps.echoscu", level, text };
}

/** A message of the network layers. */
export function net(level: LogLevel, text: string): LogMessage {
  return { logger: "dcmtk.dcmnet", level, text };
}

/** A message of the data layers. */
export function data(level: LogLevel, text: string): LogMessage {
  return { logger: "dcmtk.dcmdata", level, text };
}
