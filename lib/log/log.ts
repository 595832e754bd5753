/**
 * The log as it is without a configuration file: levels, messages, and lines
 * on standard error.
 */

/** From the most detailed one. */
export const LOG_LEVELS = [
  "trace",
  "debug",
  "info",
  "warn",
  "error",
  "fatal",
] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** The level of that name in any case; "all" is the most detailed one. */
export function readLevel(name: string): LogLevel | "off" | undefined {
  const lower = name.toLowerCase();
  if (lower === "off") return "off";
  if (lower === "all") return "trace";
  return LOG_LEVELS.find((level) => level === lower);
}

/** Whether a line of `level` is shown from `threshold` on. */
export function isShown(
  level: LogLevel,
  threshold: LogLevel | "off",
): boolean {
  return threshold !== "off" &&
    LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(threshold);
}

/** Loggers by the reference's names. */
export const LOGGER_NAMES = [
  "dcmtk.apps.echoscu",
  "dcmtk.dcmnet",
  "dcmtk.dcmdata",
  "dcmtk.dcmtls",
] as const;

export type LoggerName = (typeof LOGGER_NAMES)[number];

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

/** A message of the TLS layer. */
export function tls(level: LogLevel, text: string): LogMessage {
  return { logger: "dcmtk.dcmtls", level, text };
}

/** Takes messages, and drops those below its level. */
export interface Log {
  /** Whether a message of this level would be shown. */
  readonly shows: (level: LogLevel) => boolean;
  readonly write: (message: LogMessage) => void;
}

/** The log of a program from its beginning to its end. */
export interface ProgramLog extends Log {
  /** Writes a message of the root logger, whatever its level is. */
  readonly force: (level: LogLevel, text: string) => void;
  /** Not even errors are shown: nor are those of the command line then. */
  readonly silent: boolean;
  /** Characters that wait for their turn. */
  readonly backlog: () => number;
  /** Settles when all of them are written or given up. */
  readonly written: () => Promise<void> | undefined;
  /** Writes what is left and lets go of files and sockets. Idempotent. */
  readonly close: () => Promise<void> | undefined;
}

/** What a message looks like: every line of it has the level's letter. */
export function formatMessage(message: LogMessage): string {
  const prefix = `${message.level.charAt(0).toUpperCase()}: `;
  return message.text.split("\n").map((line) => `${prefix}${line}\n`).join("");
}

/** A log that writes each message whole and at once. */
export function consoleLog(
  threshold: LogLevel | "off",
  writeText: (text: string) => void,
): Log {
  const shows = (level: LogLevel): boolean => isShown(level, threshold);
  return {
    shows,
    write: (message) => {
      if (shows(message.level)) writeText(formatMessage(message));
    },
  };
}
