/** Lines of one run, so that they are the same in every run. */

import type { PeerResult } from "../../lib/result/types.ts";

/** What differs from run to run, and the word for it in the runbook. */
const MASKS: readonly (readonly [RegExp, string])[] = [
  [/\bport \d+/g, "port PORT"],
  [/HOST:\d+/g, "HOST:PORT"],
  [/\b(within|deadline of) [\d.]+ s\b/g, "$1 N s"],
  [/\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d UTC)?/g, "DATE"],
  [/\b\d+ days\b/g, "N days"],
  [/([0-9A-F]{2}:){31}[0-9A-F]{2}/g, "FINGERPRINT"],
  [/\bTLS_[A-Z0-9_]+/g, "SUITE"],
];

export function masked(line: string, { target }: PeerResult): string {
  const named = line.replaceAll(target.host, "HOST");
  return MASKS.reduce(
    (text, [pattern, word]) => text.replace(pattern, word),
    named,
  );
}
