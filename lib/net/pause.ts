/** Waiting for nothing but time. */

import { Deadlines, ExpiredError } from "./deadline.ts";

/**
 * Settles after `milliseconds`, or at once when the signal is raised.
 *
 * @param milliseconds undefined: only the signal ends it.
 */
export async function pause(
  milliseconds: number | undefined,
  signal: AbortSignal | undefined,
): Promise<void> {
  using deadlines = new Deadlines(signal);
  using deadline = deadlines.start(milliseconds);
  try {
    await deadline.race(new Promise<never>(() => {}));
  } catch (error) {
    if (!(error instanceof ExpiredError)) throw error;
  }
}
