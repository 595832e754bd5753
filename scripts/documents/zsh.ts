/** Completion for zsh. Pure. */

import { DESCRIPTIONS, PARAMETERS } from "../../lib/cli/descriptions.ts";
import { OPTIONS, type OptionSpec } from "../../lib/cli/options.ts";
import {
  namesOf,
  type OptionValue,
  replacedBy,
  valuesOf,
} from "./option-values.ts";
import { GENERATED } from "./generated.ts";

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** What may stand in the brackets or between the colons of a specification. */
function escape(text: string): string {
  return text.replaceAll(/[\\[\]:]/g, "\\$&");
}

function value({ name, kind }: OptionValue): string {
  switch (kind.kind) {
    case "file":
      return `:${name}:_files`;
    case "folder":
      return `:${name}:_files -/`;
    case "host":
      return `:${name}:_hosts`;
    case "words":
      return `:${name}:(${kind.words.join(" ")})`;
    case "free":
      return `:${name}: `;
  }
}

function specifications(option: OptionSpec): readonly string[] {
  const replaced = replacedBy(option);
  const before = option.repeatable ? "*" : `(${replaced.join(" ")})`;
  const values = valuesOf(option).map(value).join("");
  return namesOf(option).map((name) =>
    quote(`${before}${name}[${escape(DESCRIPTIONS[option.long])}]${values}`)
  );
}

/** @param command what the program is called. */
export function zshCompletion(command: string): string {
  const name = `_${command.replaceAll("-", "_")}`;
  const [[, peer] = ["", ""], [, port] = ["", ""]] = PARAMETERS;
  const lines = [
    ...OPTIONS.flatMap(specifications),
    quote(`1:${escape(peer)}:${name}_word`),
    quote(`2:${escape(port)}:${name}_word`),
    quote(`*:argument:${name}_word`),
  ];
  return `#compdef ${command}
# ${GENERATED}

${name}_word() {
  if compset -P @; then _files; else _hosts; fi
}

${name}() {
  _arguments \\
    ${lines.join(" \\\n    ")}
}

if [ "$funcstack[1]" = "${name}" ]; then
  ${name} "$@"
else
  compdef ${name} ${command}
fi
`;
}
