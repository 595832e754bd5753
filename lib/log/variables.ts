/** `${…}` in the file of `--log-config`. */

import type { ReportProblem } from "./appender.ts";
import { ReportOnce } from "./appenders/report-once.ts";
import type { Properties } from "./properties.ts";

/** A value that grows longer than this refers to itself. */
const LONGEST_VALUE = 64 * 1024;

/** So is one with more replacements than this. */
const MOST_REPLACEMENTS = 1000;

/** Characters that are looked at or made for all variables of a file. */
const MOST_WORK = 16 * 1024 * 1024;

/** Each round may give the next one new variables; none needs as many. */
const MOST_ROUNDS = 100;

/** Looks a variable up; undefined or empty: it stays as it stands. */
type LookUp = (name: string) => string | undefined;

/** Replaces variables in the texts of one file. */
class Expander {
  readonly #lookUp: LookUp;
  readonly #problems: ReportOnce;
  #work = 0;

  constructor(lookUp: LookUp, problems: ReportOnce) {
    this.#lookUp = lookUp;
    this.#problems = problems;
  }

  /** Nothing more is replaced: the file asks for too much. */
  get isSpent(): boolean {
    return this.#work > MOST_WORK;
  }

  /**
   * Replaces each variable, and then those in what has come instead.
   *
   * @returns undefined if nothing is to be replaced, or not all can be.
   */
  expand(text: string): string | undefined {
    let expanded = text;
    let from = 0;
    let replacements = 0;
    this.#work += text.length;
    while (!this.isSpent) {
      const start = expanded.indexOf("${", from);
      if (start < 0) return replacements > 0 ? expanded : undefined;
      const end = expanded.indexOf("}", start);
      if (end < 0) {
        this.#problems.tell(
          `"${expanded}" has no closing brace. ` +
            `Opening brace at position ${start}.`,
        );
        return undefined;
      }
      const value = this.#lookUp(expanded.slice(start + 2, end)) ?? "";
      if (value === "") {
        from = end + 1;
        continue;
      }
      expanded = expanded.slice(0, start) + value + expanded.slice(end + 1);
      replacements++;
      this.#work += expanded.length;
      if (replacements > MOST_REPLACEMENTS || expanded.length > LONGEST_VALUE) {
        this.#problems.tell(`"${text}" has variables that contain themselves.`);
        return undefined;
      }
    }
    this.#problems.tell("There is too much to replace in variables.");
    return undefined;
  }
}

/** Where variables come from besides the file itself. */
export interface VariableSources {
  /** Those that are there anyway; the file cannot set them. */
  readonly predefined: ReadonlyMap<string, () => string>;
  readonly environment: LookUp;
}

/**
 * The properties with their variables replaced, in keys and in values: from
 * the properties themselves, else from the environment. One that has no value
 * there stays as it stands.
 */
export function expandVariables(
  properties: Properties,
  { predefined, environment }: VariableSources,
  report: ReportProblem,
): Properties {
  const expanded = new Map(properties);
  for (const name of predefined.keys()) expanded.delete(name);
  const lookUp = (name: string): string | undefined =>
    predefined.get(name)?.() || expanded.get(name) ||
    (/^[^=\0]+$/.test(name) ? environment(name) : undefined);
  const expander = new Expander(lookUp, new ReportOnce(report));
  for (let round = 0, changed = true; changed && round < MOST_ROUNDS; round++) {
    changed = false;
    for (const key of [...expanded.keys()].toSorted()) {
      const value = expanded.get(key) ?? "";
      const newKey = expander.expand(key);
      if (newKey !== undefined) {
        expanded.delete(key);
        expanded.set(newKey, value);
        changed = true;
      }
      const newValue = expander.expand(value);
      if (newValue !== undefined) {
        expanded.set(newKey ?? key, newValue);
        changed = true;
      }
      if (expander.isSpent) return expanded;
    }
  }
  return expanded;
}
