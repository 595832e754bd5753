/** Thresholds of the Nagios plugin guidelines: `[@]start:end`. Pure. */

import type { Range } from "../result/settings.ts";

const NUMBER = String.raw`-?(?:\d+(?:\.\d*)?|\.\d+)`;
const RANGE = new RegExp(`^(@?)(?:(~|${NUMBER})?:)?(${NUMBER})?$`);

/**
 * `10` is from 0 to 10, `10:` from 10 on, `~:10` up to 10, and with `@` in
 * front the values inside are the bad ones.
 *
 * @returns undefined: it is no range, or one that ends before it starts.
 */
export function readRange(text: string): Range | undefined {
  const match = RANGE.exec(text);
  if (match === null) return undefined;
  const [, at, first, last] = match;
  if (first === undefined && last === undefined) return undefined;
  const start = first === "~" ? -Infinity : Number(first ?? 0);
  const end = last === undefined ? Infinity : Number(last);
  // What is too large for a number counts as infinite, and is a mistake.
  const finite = [first, last].every((part) =>
    part === undefined || part === "~" || Number.isFinite(Number(part))
  );
  if (!finite || start > end) return undefined;
  return { start, end, inside: at === "@" };
}

/** The shortest text that {@linkcode readRange} reads as this range. */
export function rangeText({ start, end, inside }: Range): string {
  const last = end === Infinity ? "" : plain(end);
  const first = start === -Infinity
    ? "~:"
    : start === 0 && last !== ""
    ? ""
    : `${plain(start)}:`;
  return `${inside ? "@" : ""}${first}${last}`;
}

/** Whether `value` is one to warn of. */
export function violates(
  { start, end, inside }: Range,
  value: number,
): boolean {
  return (start <= value && value <= end) === inside;
}

/** Decimal, never with an exponent: the guidelines have none. */
function plain(value: number): string {
  const text = String(value);
  return text.includes("e") ? value.toFixed(9).replace(/\.?0+$/, "") : text;
}
