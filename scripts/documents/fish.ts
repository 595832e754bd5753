/** Completion for fish, version 3.0 and later. Pure. */

import { DESCRIPTIONS } from "../../lib/cli/descriptions.ts";
import { OPTIONS, type OptionSpec } from "../../lib/cli/options.ts";
import { byKind, namesOf, type ValueKind, valuesOf } from "./option-values.ts";
import { GENERATED } from "./generated.ts";

function quote(text: string): string {
  return `'${text.replaceAll(/[\\']/g, "\\$&")}'`;
}

/** How fish calls a name; undefined for "+x", of which it knows nothing. */
function flag(name: string): string | undefined {
  if (name.startsWith("--")) return `-l ${name.slice(2)}`;
  if (!name.startsWith("-")) return undefined;
  return name.length === 2 ? `-s ${name.slice(1)}` : `-o ${name.slice(1)}`;
}

function argument(kind: ValueKind): string {
  switch (kind.kind) {
    case "file":
      return "-r -F";
    case "folder":
      return "-x -a '(__fish_complete_directories)'";
    case "host":
      return "-x -a '(__fish_print_hostnames)'";
    case "words":
      return `-x -a ${quote(kind.words.join(" "))}`;
    case "free":
      return "-x";
  }
}

/** The lines of one option. */
function option(complete: string, spec: OptionSpec): readonly string[] {
  const [first] = valuesOf(spec);
  const text = `-d ${quote(DESCRIPTIONS[spec.long])}`;
  return namesOf(spec).map((name) => {
    const known = flag(name);
    return known === undefined
      ? `${complete} -n '__echoscu_begins +' -a ${quote(name)} ${text}`
      : [complete, known, ...first ? [argument(first.kind)] : [], text]
        .join(" ");
  });
}

/** Values of "+x", and second values, which fish has to be told about. */
function values(complete: string, position: number): readonly string[] {
  return byKind(position).flatMap(({ kind, names }) => {
    const told = names.filter((name) =>
      position > 0 || flag(name) === undefined
    );
    if (told.length === 0) return [];
    const condition = `__echoscu_after ${position + 1} ${told.join(" ")}`;
    return [`${complete} -n ${quote(condition)} ${argument(kind)}`];
  });
}

/** @param command what the program is called. */
export function fishCompletion(command: string): string {
  const complete = `complete -c ${command}`;
  return `# fish completion for ${command}; ${GENERATED}

# Whether the word that is completed begins so.
function __echoscu_begins
    string match -q -- "$argv[1]*" (commandline -ct)
end

# Whether that many words before it is one of these.
function __echoscu_after
    set -l words (commandline -opc)
    test (count $words) -gt $argv[1]
    and contains -- $words[(math 0 - $argv[1])] $argv[2..-1]
end

# Files, after the @ of a command file.
function __echoscu_command_files
    set -l word (commandline -ct)
    __fish_complete_path (string sub -s 2 -- $word) | string replace -r '^' '@'
end

${complete} -f
${complete} -n '__echoscu_begins @' -a '(__echoscu_command_files)'
${complete} -n 'not __echoscu_begins @' -a '(__fish_print_hostnames)'
${
    [
      ...OPTIONS.flatMap((spec) => option(complete, spec)),
      ...values(complete, 0),
      ...values(complete, 1),
    ].join("\n")
  }
`;
}
