/**
 * Numbers on the command line, read as the reference reads them: as C's scanf
 * does on a machine with 64-bit longs. What follows the number is not looked
 * at, and what does not fit saturates.
 */

import type { NumberRange } from "./option-row.ts";

const LONG_MAX = 0x7fff_ffff_ffff_ffffn;
const ULONG_MAX = 0xffff_ffff_ffff_ffffn;

/** No 64-bit number has more digits; keeps the conversion of others short. */
const MOST_DIGITS = 22;

/** Leading digits `text`, without a prefix, as a number of at most `limit`. */
function magnitude(prefix: string, text: string, limit: bigint): bigint {
  const digits = text.replace(/^0+/, "");
  if (digits.length > MOST_DIGITS) return limit;
  const value = BigInt(`${prefix}${digits === "" ? "0" : digits}`);
  return value > limit ? limit : value;
}

/**
 * `%li`: blanks, a sign, then hexadecimal after `0x`, octal after `0`, decimal
 * otherwise.
 *
 * @returns undefined if there is no number.
 */
export function readSigned(text: string): bigint | undefined {
  const match =
    /^[ \t\n\v\f\r]*([+-]?)(?:0[xX]([0-9a-fA-F]*)|0([0-7]*)|([1-9][0-9]*))/
      .exec(text);
  if (match === null) return undefined;
  const [, sign, hexadecimal, octal, decimal] = match;
  const limit = sign === "-" ? LONG_MAX + 1n : LONG_MAX;
  const value = hexadecimal !== undefined
    ? magnitude("0x", hexadecimal, limit)
    : octal !== undefined
    ? magnitude("0o", octal, limit)
    : magnitude("", decimal ?? "", limit);
  return sign === "-" ? -value : value;
}

/**
 * `%lu`: blanks, a sign, decimal digits. A negative number wraps around.
 *
 * @returns undefined if there is no number.
 */
export function readUnsigned(text: string): bigint | undefined {
  const match = /^[ \t\n\v\f\r]*([+-]?)([0-9]+)/.exec(text);
  if (match === null) return undefined;
  const [, sign, digits = ""] = match;
  // One more than fits says "too large", which does not wrap.
  const value = magnitude("", digits, ULONG_MAX + 1n);
  if (value > ULONG_MAX) return ULONG_MAX;
  return sign === "-" ? BigInt.asUintN(64, -value) : value;
}

export type NumberResult =
  | { readonly ok: true; readonly value: number }
  | {
    readonly ok: false;
    readonly problem: "invalid" | "underflow" | "overflow";
  };

/** `value` within the bounds of `range`; at most 2^53-1 if it has no upper. */
function within(range: NumberRange, value: bigint): NumberResult {
  if (value < BigInt(range.min)) return { ok: false, problem: "underflow" };
  if (range.max !== undefined && value > BigInt(range.max)) {
    return { ok: false, problem: "overflow" };
  }
  return { ok: true, value: Math.min(Number(value), Number.MAX_SAFE_INTEGER) };
}

/** A parameter, for which a minus sign only makes a number wrap around. */
export function readNumber(range: NumberRange, text: string): NumberResult {
  const value = range.reading === "signed"
    ? readSigned(text)
    : readUnsigned(text);
  return value === undefined
    ? { ok: false, problem: "invalid" }
    : within(range, value);
}

/** The value of an option: unsigned ones may not begin with a minus sign. */
export function readOptionNumber(
  range: NumberRange,
  text: string,
): NumberResult {
  return range.reading === "unsigned" && /^ *-/.test(text)
    ? { ok: false, problem: "invalid" }
    : readNumber(range, text);
}
