/** The log as it is without a configuration file: lines on standard error. */

import { isShown, type LogLevel } from "./level.ts";
import type { LogMessage } from "./message.ts";

/** Takes messages, and drops those below its level. */
export interface Log {
  /** Whether a message of this level would be shown. */
  readonly shows: (level: LogLevel) => boolean;
  readonly write: (message: LogMessage) => void;
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
