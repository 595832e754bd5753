/** A line on a terminal that tells how far a long series of echoes is. */

import { STATUS_SUCCESS } from "../dimse/command-set.ts";
import type { VerificationEvent } from "../verify/event.ts";

/** The line appears, and is renewed, after this many milliseconds. */
const INTERVAL = 500;

const ERASE_LINE = "\r\x1b[K";

/**
 * An observer that keeps one line up to date and takes it away before anything
 * else is written, so that nothing of it remains.
 *
 * @param now a monotonic clock in milliseconds.
 */
export function progressLine(
  total: number,
  now: () => number,
  write: (text: string) => void,
): (event: VerificationEvent) => void {
  let count = 0;
  let shownAt = now();
  let shown = false;
  return (event) => {
    if (event.kind === "echo-response" && event.status === STATUS_SUCCESS) {
      count++;
      if (now() - shownAt < INTERVAL || count === total) return;
      shownAt = now();
      shown = true;
      const percent = Math.floor((100 * count) / total);
      write(`${ERASE_LINE}${count} of ${total} echoes (${percent} %)`);
    } else if (shown && ENDS_SERIES.has(event.kind)) {
      shown = false;
      write(ERASE_LINE);
    }
  };
}

/** Events that may be followed by a message, or by the end. */
const ENDS_SERIES: ReadonlySet<VerificationEvent["kind"]> = new Set([
  "echo-response",
  "echo-failed",
  "ending",
  "interrupted",
]);
