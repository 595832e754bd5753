/** A line on a terminal that tells how far a long series of echoes is. */

import { TerminalLine } from "../base/terminal-line.ts";
import { STATUS_SUCCESS } from "../dimse/command-set.ts";
import type { VerificationEvent } from "../verify/event.ts";

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
  const line = new TerminalLine(now, write);
  let count = 0;
  return (event) => {
    if (event.kind === "echo-response" && event.status === STATUS_SUCCESS) {
      count++;
      if (count === total) return;
      line.renew(() => {
        const percent = Math.floor((100 * count) / total);
        return `${count} of ${total} echoes (${percent} %)`;
      });
    } else if (ENDS_SERIES.has(event.kind)) line.erase();
  };
}

/** Events that may be followed by a message, or by the end. */
const ENDS_SERIES: ReadonlySet<VerificationEvent["kind"]> = new Set([
  "echo-response",
  "echo-failed",
  "ending",
  "interrupted",
]);
