/** Completion for bash, version 3.2 and later. Pure. */

import { OPTIONS } from "../../lib/cli/options.ts";
import { byKind, namesOf, type ValueKind } from "./option-values.ts";
import { GENERATED } from "./generated.ts";

function action(kind: ValueKind): string {
  switch (kind.kind) {
    case "file":
      return 'compopt -o filenames 2>/dev/null; reply=$(compgen -f -- "$cur")';
    case "folder":
      return 'compopt -o filenames 2>/dev/null; reply=$(compgen -d -- "$cur")';
    case "host":
      return 'reply=$(compgen -A hostname -- "$cur")';
    case "words":
      return `reply=$(compgen -W "${kind.words.join(" ")}" -- "$cur")`;
    case "free":
      return "reply=";
  }
}

/** A case of what stands before the word that is completed. */
function cases(position: number): string {
  return byKind(position).map(({ kind, names }) =>
    `    ${names.join("|")})\n      ${action(kind)} ;;\n`
  ).join("");
}

/** @param command what the program is called. */
export function bashCompletion(command: string): string {
  const name = `_${command.replaceAll("-", "_")}`;
  const options = OPTIONS.flatMap(namesOf).join(" ");
  return `# bash completion for ${command}; ${GENERATED}
${name}() {
  local cur=\${COMP_WORDS[COMP_CWORD]} last= before= prefix= reply=none
  ((COMP_CWORD > 0)) && last=\${COMP_WORDS[COMP_CWORD - 1]}
  ((COMP_CWORD > 1)) && before=\${COMP_WORDS[COMP_CWORD - 2]}
  case $last in
${cases(0)}  esac
  [ "$reply" != none ] || case $before in
${cases(1)}  esac
  if [ "$reply" = none ]; then
    # Most settings of bash make @ a word of its own.
    if [[ $last == @ || $cur == @* ]]; then
      compopt -o filenames 2>/dev/null
      [[ $last == @ || $cur == @ ]] || prefix=@
      reply=$(compgen -P "$prefix" -f -- "\${cur#@}")
    elif [[ $cur == [-+]* ]]; then
      reply=$(compgen -W "${options}" -- "$cur")
    else
      reply=$(compgen -A hostname -- "$cur")
    fi
  fi
  local IFS=$'\\n'
  COMPREPLY=($reply)
}
complete -F ${name} ${command}
`;
}
