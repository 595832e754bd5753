/** Whole numbers in the settings of appenders. Pure. */

import type { AppenderSettings } from "../appender.ts";
import { readInteger } from "../setting-values.ts";

/**
 * @returns `otherwise` for what is missing, is no number or has more than 32
 * bits.
 */
export function int32(
  settings: AppenderSettings,
  name: string,
  otherwise: number,
): number {
  const value = readInteger(settings.get(name));
  return value === undefined || BigInt.asIntN(32, value) !== value
    ? otherwise
    : Number(value);
}
