/** Results in the format that was asked for; only its code is loaded. */

import type { Format } from "../result/settings.ts";
import type { PeerResult } from "../result/types.ts";
import type { FormatOptions, Formatted } from "./options.ts";

/** Pure but for loading the format. */
export async function formatResult(
  results: readonly PeerResult[],
  format: Format,
  options: FormatOptions,
): Promise<Formatted> {
  switch (format) {
    case "text":
      return {
        text: (await import("./text.ts")).textTable(results, options.leftOut),
      };
    case "json":
      return {
        text: (await import("./json.ts")).jsonReport(
          results,
          options.now,
          options.leftOut,
        ),
      };
    case "jsonl":
      return {
        text: (await import("./json.ts")).jsonLines(
          results,
          options.now,
          options.leftOut,
        ),
      };
    case "nagios":
      return (await import("./nagios.ts")).nagiosOutput(results, options);
    case "prometheus":
      return {
        text: (await import("./prometheus.ts")).prometheusText(
          results,
          options.leftOut,
        ),
      };
    case "csv":
      return {
        text: (await import("./csv.ts")).csvTable(
          results,
          options.now,
          options.leftOut,
        ),
      };
  }
}
