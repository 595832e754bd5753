/** Values of settings as the reference reads them. Pure. */

const LONG_MAXIMUM = 2n ** 63n - 1n;

/**
 * "true" and "false" in any case, or a decimal number, 0 being false.
 *
 * @returns undefined for anything else, which leaves the default.
 */
export function readBoolean(value: string | undefined): boolean | undefined {
  if (value === undefined) return undefined;
  const word = value.toLowerCase();
  if (word === "true") return true;
  if (word === "false") return false;
  const number = readInteger(value);
  return number === undefined ? undefined : number !== 0n;
}

/**
 * A decimal number with or without a sign.
 *
 * @returns undefined for anything else, and for what has more than 64 bits.
 */
export function readInteger(value: string | undefined): bigint | undefined {
  if (value === undefined || !/^[+-]?[0-9]+$/.test(value)) return undefined;
  const number = BigInt(value);
  return number > LONG_MAXIMUM || number < -LONG_MAXIMUM - 1n
    ? undefined
    : number;
}

/** As atoi() reads it: what begins with no number is 0. */
export function leadingInteger(text: string): number {
  return Number(/^[ \t\n\v\f\r]*([+-]?[0-9]+)/.exec(text)?.[1] ?? 0) | 0;
}
