/** The last words of a series of echoes, as those of `ping`. Pure. */

import { escapeControls } from "../base/text.ts";
import type { PeerResult } from "../result/types.ts";
import { histogram, histogramText } from "./histogram.ts";
import { loss, summarise } from "./statistics.ts";

/** Most lines of the histogram. */
const MOST_BINS = 10;

/** Fewer latencies are told completely by the percentiles. */
const LEAST_FOR_HISTOGRAM = 10;

/** Where and how the summary is shown. */
export interface SummaryStyle {
  /** With the histogram, if there is enough for one. */
  readonly histogram: boolean;
  /** Block elements may be shown; see {@linkcode histogramText}. */
  readonly unicode: boolean;
}

/**
 * Counts and loss, then minimum to standard deviation and percentiles, and
 * perhaps a histogram; lines with their ends.
 *
 * @param peer what the user calls the peer.
 */
export function latencyText(
  peer: string,
  { outcome, latencies }: Pick<PeerResult, "outcome" | "latencies">,
  style: SummaryStyle,
): string {
  const { sent, succeeded } = outcome.echoes;
  // Of a very long series not all latencies are kept.
  const answered = Math.max(latencies.length, succeeded);
  const lost = percent(loss({ sent, answered }));
  const bad = answered - succeeded;
  const failures = bad === 0 ? "" : `, ${bad} with a failure status`;
  const counts = `--- ${escapeControls(peer)} echo statistics ---\n` +
    `${sent} ${
      sent === 1 ? "echo" : "echoes"
    } sent, ${answered} answered${failures}, ${lost} lost\n`;
  const summary = summarise(latencies);
  if (summary === undefined) return counts;
  const { minimum, mean, maximum, standardDeviation, quantile } = summary;
  const line = (names: string, values: readonly number[]): string =>
    `${names} = ${values.map((value) => value.toFixed(3)).join("/")} ms\n`;
  const text = counts +
    line("min/mean/max/sd", [minimum, mean, maximum, standardDeviation]) +
    line("p50/p90/p95/p99", [0.5, 0.9, 0.95, 0.99].map(quantile));
  return style.histogram && latencies.length >= LEAST_FOR_HISTOGRAM
    ? text + histogramText(histogram(latencies, MOST_BINS), style.unicode)
    : text;
}

/** "0 %", "0.1 %", "33.3 %": some loss never looks like none, nor all. */
function percent(share: number): string {
  if (share === 0 || share === 1) return `${share * 100} %`;
  const shown = Math.min(99.9, Math.max(0.1, share * 100));
  return `${shown.toFixed(1).replace(/\.0$/, "")} %`;
}
