/** The six levels of the log, as the reference names and orders them. */

export const LOG_LEVELS = [
  "trace",
  "debug",
  "info",
  "warn",
  "error",
  "fatal",
] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** Whether a line of `level` is shown from `threshold` on. */
export function isShown(
  level: LogLevel,
  threshold: LogLevel | "off",
): boolean {
  return threshold !== "off" &&
    LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(threshold);
}
