/** What the table demands of an option beyond being known. */

import { readOptionNumber } from "./numbers.ts";
import { type OptionName, OPTIONS, type OptionSpec } from "./options.ts";
import { inEffect, isGiven, lastValue, type Line } from "./scan.ts";

/** "a", "a or b", "a, b or c". */
function either(names: readonly string[]): string {
  const head = names.slice(0, -1).join(", ");
  const tail = names.at(-1) ?? "";
  return head === "" ? tail : `${head} or ${tail}`;
}

function rangeError(option: OptionSpec, text: string): string | undefined {
  if (option.range === undefined) return undefined;
  const result = readOptionNumber(option.range, text);
  if (result.ok) return undefined;
  const head = `Invalid value for option ${option.long}`;
  if (text === "") return head;
  return result.problem === "invalid"
    ? `${head} (${text})`
    : `${head} (${result.problem}: ${text})`;
}

/** The rows of the table whose options are there, in its order. */
function given(line: Line): readonly OptionSpec[] {
  return line.occurrences.length === 0
    ? []
    : OPTIONS.filter(({ long }) => isGiven(line, long));
}

/** The exclusive option that is to be obeyed. */
export function exclusiveOption(line: Line): OptionName | undefined {
  return given(line).find(({ exclusive }) => exclusive)?.long;
}

/**
 * Checks the rows that `select` takes, in the order of the table.
 *
 * @param offline a certificate is to be looked at, and no peer.
 * @returns the message for the first that is not in order.
 */
export function checkOptions(
  line: Line,
  select: (option: OptionSpec) => boolean,
  offline = false,
): string | undefined {
  for (const option of given(line)) {
    const { long, needs = [], conflicts = [] } = option;
    if (!select(option)) continue;
    for (const names of option.offline && offline ? [] : needs) {
      if (names.some((name) => inEffect(line, name))) continue;
      return `${long} only allowed with ${either(names)}`;
    }
    for (const names of conflicts) {
      if (!names.some((name) => inEffect(line, name))) continue;
      return `${long} not allowed with ${either(names)}`;
    }
    const message = rangeError(option, lastValue(line, long) ?? "");
    if (message !== undefined) return message;
  }
  return undefined;
}
