/** Results in the format that was asked for; only its code is loaded. */

import type { Format } from "../result/settings.ts";
import type { PeerResult } from "../result/types.ts";
import type {
  FormatOptions,
  Formatted,
  Report,
  ReportOptions,
} from "./options.ts";

/** For results that come one after another. Pure but for loading the format. */
export async function openReport(
  format: Format,
  options: ReportOptions,
): Promise<Report> {
  switch (format) {
    case "text":
      return (await import("./text.ts")).textReport(options);
    case "json":
      return (await import("./json.ts")).jsonReport(options);
    case "jsonl":
      return (await import("./json.ts")).jsonLinesReport(options);
    case "nagios":
      return (await import("./nagios.ts")).nagiosReport(options);
    case "prometheus":
      return (await import("./prometheus.ts")).prometheusReport(options);
    case "csv":
      return (await import("./csv.ts")).csvReport(options);
  }
}

/** For results that are all there. Pure but for loading the format. */
export async function formatResult(
  results: readonly PeerResult[],
  format: Format,
  { now, ...options }: FormatOptions,
): Promise<Formatted> {
  const report = await openReport(format, {
    ...options,
    count: results.length,
  });
  return whole(report, results, now);
}

/** All that a report says. */
export function whole(
  { begin, take, end }: Report,
  results: readonly PeerResult[],
  now: Date,
): Formatted {
  const told = results.map((result) => take(result, now)());
  const { rest, exit } = end();
  const text = [begin, ...told, ...rest].join("");
  return exit === undefined ? { text } : { text, exit };
}
