/** Files with a number at the end of their name: 1 is the newest one. */

import type { LogFiles } from "../machine.ts";
import type { ReportOnce } from "./report-once.ts";

const NO_SUCH_FILE = 2;

/**
 * Renames a file that need not be there.
 *
 * @param kind of a problem; by default, each is of its own.
 * @returns whether it is not, or no longer, there under its old name.
 */
export function move(
  files: LogFiles,
  from: string,
  to: string,
  problems: ReportOnce,
  kind?: string,
): boolean {
  const error = files.rename(from, to);
  if (error === 0 || error === NO_SUCH_FILE) return true;
  problems.tell(
    `Failed to rename file from ${from} to ${to}; error ${error}`,
    undefined,
    kind,
  );
  return false;
}

/** More backups than these are not kept: each rotation looks for all. */
const MOST_BACKUPS = 10_000;

/**
 * Drops the oldest backup of `name` and makes room for a new first one.
 *
 * @param most how many there may be; with less than 1 nothing is renamed.
 */
export function shiftBackups(
  files: LogFiles,
  name: string,
  most: number,
  problems: ReportOnce,
): void {
  const last = Math.min(most, MOST_BACKUPS);
  files.remove(`${name}.${last}`);
  for (let number = last - 1; number >= 1; number--) {
    move(
      files,
      `${name}.${number}`,
      `${name}.${number + 1}`,
      problems,
      "backups",
    );
  }
}
