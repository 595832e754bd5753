/** Arguments sorted into options with their values, and parameters. */

import { type OptionName, OPTIONS, type OptionSpec } from "./options.ts";

/** An option as it stands on the command line. */
export interface Occurrence {
  readonly option: OptionSpec;
  readonly values: readonly string[];
}

/** A command line whose every argument is known for what it is. */
export interface Line {
  /** From left to right. */
  readonly occurrences: readonly Occurrence[];
  readonly parameters: readonly string[];
  /** All arguments, options by their long names, secrets masked. */
  readonly shown: readonly string[];
}

export type Scan =
  | { readonly ok: true; readonly line: Line }
  | { readonly ok: false; readonly message: string };

/** Stands for a value that is not to be seen, whatever its length. */
const MASK = "***";

/** `-1` and `+5` are parameters, and so are a sign alone and an empty text. */
function isOption(argument: string): boolean {
  const sign = argument.charAt(0);
  const next = argument.charAt(1);
  return (sign === "+" || sign === "-") && next !== "" &&
    !(next >= "0" && next <= "9");
}

export function scan(args: readonly string[]): Scan {
  const occurrences: Occurrence[] = [];
  const parameters: string[] = [];
  const shown: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const argument = args[i] ?? "";
    if (!isOption(argument)) {
      parameters.push(argument);
      shown.push(argument);
      continue;
    }
    const option = OPTIONS.find(({ long, short }) =>
      long === argument || short === argument
    );
    if (option === undefined) {
      return { ok: false, message: `Unknown option ${argument}` };
    }
    const count = option.values?.length ?? 0;
    const values = args.slice(i + 1, i + 1 + count);
    if (values.length < count) {
      return {
        ok: false,
        message: `Missing value for option ${option.long}`,
      };
    }
    i += count;
    occurrences.push({ option, values });
    shown.push(option.long);
    for (const value of values) shown.push(option.secret ? MASK : value);
  }
  return { ok: true, line: { occurrences, parameters, shown } };
}

/** Place among the options of the rightmost `name`; -1: not there. */
function lastIndex(line: Line, name: OptionName): number {
  return line.occurrences.findLastIndex(({ option }) => option.long === name);
}

/** Whether `name` is there at all. */
export function isGiven(line: Line, name: OptionName): boolean {
  return lastIndex(line, name) >= 0;
}

/** The values of the rightmost `name`. */
export function lastValues(
  line: Line,
  name: OptionName,
): readonly string[] | undefined {
  return line.occurrences[lastIndex(line, name)]?.values;
}

/** The first value of the rightmost `name`. */
export function lastValue(line: Line, name: OptionName): string | undefined {
  return lastValues(line, name)?.[0];
}

/** The first value of every `name`, from left to right. */
export function allValues(line: Line, name: OptionName): readonly string[] {
  return line.occurrences.flatMap(({ option, values }) =>
    option.long === name ? values.slice(0, 1) : []
  );
}

/** Whether `name` is given and no option of its family takes its place. */
export function inEffect(line: Line, name: OptionName): boolean {
  const last = lastIndex(line, name);
  const given = line.occurrences[last]?.option;
  if (given === undefined) return false;
  return given.family === undefined ||
    !line.occurrences.slice(last + 1).some(({ option }) =>
      option.family === given.family && option.long !== given.beside
    );
}
