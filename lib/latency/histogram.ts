/** A small histogram for a terminal. Pure. */

import { summarise } from "./statistics.ts";

/** Values from `start` up to, but without, `end`. */
export interface Bin {
  readonly start: number;
  /** Infinity: everything above `start`. */
  readonly end: number;
  readonly count: number;
}

/** The share of values that the bins of equal width are laid out for. */
const LAID_OUT = 0.95;

/**
 * Counts values in bins of one round width (1, 2 or 5 times a power of ten). A
 * few values far above the rest share a last bin without end, so that they do
 * not squeeze all others into one.
 *
 * @param most how many bins there may be, at least 2; the last one included.
 */
export function histogram(
  values: readonly number[],
  most: number,
): readonly Bin[] {
  const summary = summarise(values);
  if (summary === undefined) return [];
  const { minimum, maximum, quantile } = summary;
  const width = binWidth(minimum, quantile(LAID_OUT), most - 1);
  const first = Math.floor(minimum / width);
  const last = Math.min(Math.floor(maximum / width), first + most - 1);
  const counts = new Array<number>(last - first + 1).fill(0);
  for (const value of values) {
    const at = Math.min(Math.floor(value / width), last) - first;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  const endless = maximum >= (last + 1) * width;
  return counts.map((count, index) => ({
    start: (first + index) * width,
    end: endless && index === counts.length - 1
      ? Infinity
      : (first + index + 1) * width,
    count,
  }));
}

/** The smallest round width of which `most` bins reach from low to high. */
function binWidth(low: number, high: number, most: number): number {
  const least = Math.max((high - low) / most, Math.abs(high) * 1e-9, 1e-9);
  let power = 10 ** Math.floor(Math.log10(least));
  for (;; power *= 10) {
    for (const factor of [1, 2, 5]) {
      const width = factor * power;
      if (Math.floor(high / width) - Math.floor(low / width) < most) {
        return width;
      }
    }
  }
}

/** Most columns of a bar. */
const BAR_WIDTH = 40;

/** From one eighth to seven eighths of a column. */
const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/**
 * A line for each bin: bounds in milliseconds, bar, count.
 *
 * @param unicode bars of block elements, which not every terminal can show;
 * else of number signs.
 */
export function histogramText(
  bins: readonly Bin[],
  unicode: boolean,
): string {
  const width = Math.min(...bins.map(({ start, end }) => end - start));
  const digits = Math.min(9, Math.max(0, -Math.floor(Math.log10(width))));
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const number = (value: number): string => value.toFixed(digits);
  const widest = Math.max(
    0,
    ...bins.flatMap(({ start, end }) => [start, end]).filter(Number.isFinite)
      .map((bound) => number(bound).length),
  );
  const dash = unicode ? "–" : "-";
  const bounds = bins.map(({ start, end }) => {
    const from = number(start).padStart(widest);
    return end === Infinity
      ? `${from} ms and more`
      : `${from} ${dash} ${number(end).padStart(widest)} ms`;
  });
  const column = Math.max(0, ...bounds.map(({ length }) => length));
  return bins.map(({ count }, index) => {
    const range = (bounds[index] ?? "").padEnd(column);
    return `  ${range}  ${bar(count / most, unicode)} ${count}\n`;
  }).join("");
}

/** @param share 0 to 1; what is not nothing shows. */
function bar(share: number, unicode: boolean): string {
  if (!unicode) return "#".repeat(Math.ceil(share * BAR_WIDTH));
  const eighths = Math.ceil(share * BAR_WIDTH * 8);
  return "█".repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? "");
}
