/** What a shell may offer for the values of options. Pure. */

import { OPTIONS, type OptionSpec } from "../../lib/cli/options.ts";
import { LOG_LEVELS } from "../../lib/log/log.ts";
import { SUITES } from "../../lib/tls/policy/suites.ts";

export type ValueKind =
  | { readonly kind: "file" | "folder" | "host" | "free" }
  | { readonly kind: "words"; readonly words: readonly string[] };

/** What stands for one value in the help text, and what that is. */
export interface OptionValue {
  readonly name: string;
  readonly kind: ValueKind;
}

function kindOf(option: OptionSpec, name: string): ValueKind {
  switch (name) {
    case "FILE":
    case "KEY":
    case "CERT":
      return { kind: "file" };
    case "DIR":
      return { kind: "folder" };
    case "LEVEL":
      return { kind: "words", words: LOG_LEVELS };
    case "NAME":
      return option.long === "--cipher"
        ? { kind: "words", words: SUITES.map((suite) => suite.name) }
        : { kind: "host" };
    default:
      return { kind: "free" };
  }
}

/** In their order; empty for a switch. */
export function valuesOf(option: OptionSpec): readonly OptionValue[] {
  return (option.values ?? []).map((name) => ({
    name,
    kind: kindOf(option, name),
  }));
}

/** Short name first, as the help text has them. */
export function namesOf({ short, long }: OptionSpec): readonly string[] {
  return short === undefined ? [long] : [short, long];
}

/** Options of which only the rightmost counts, by all their names. */
export function replacedBy(option: OptionSpec): readonly string[] {
  const family = OPTIONS.filter((other) =>
    option.family !== undefined && other.family === option.family &&
    option.beside !== other.long && other.beside !== option.long
  );
  const own = option.repeatable ? [] : [option];
  return [...new Set([...own, ...family])].flatMap(namesOf);
}

/** All names whose value at `position` (0 first) is of this kind, grouped. */
export function byKind(
  position: number,
): readonly { readonly kind: ValueKind; readonly names: readonly string[] }[] {
  const groups = new Map<string, { kind: ValueKind; names: string[] }>();
  for (const option of OPTIONS) {
    const value = valuesOf(option)[position];
    if (value === undefined) continue;
    const key = JSON.stringify(value.kind);
    const group = groups.get(key) ?? { kind: value.kind, names: [] };
    group.names.push(...namesOf(option));
    groups.set(key, group);
  }
  return [...groups.values()];
}
