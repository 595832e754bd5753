/** Joins events to the log: what is shown of a verification as it happens. */

import type { Dictionary } from "../dictionary/entry.ts";
import type { Log } from "../log/log.ts";
import type { VerificationEvent } from "../verify/event.ts";
import { isRoutine, messages, type Titles } from "./messages.ts";

/**
 * An observer that writes the reference's messages to a log. What only debug
 * and trace need is loaded only for a log that shows them.
 *
 * @param dictionary called only where an element is to be named.
 */
export async function logReporter(
  log: Log,
  titles: Titles,
  dictionary: () => Dictionary,
): Promise<(event: VerificationEvent) => void> {
  const detail: typeof import("./detail.ts") | undefined = log.shows("debug")
    ? await import(import.meta.resolve("./detail.ts"))
    : undefined;
  const trace = log.shows("trace");
  const info = log.shows("info");
  return (event) => {
    if (!info && isRoutine(event)) return;
    for (const message of messages(event, titles)) log.write(message);
    if (detail === undefined) return;
    for (const message of detail.details(event, dictionary, trace)) {
      log.write(message);
    }
  };
}
