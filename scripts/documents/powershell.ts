/** Completion for PowerShell, version 5.1 and later. Pure. */

import { DESCRIPTIONS } from "../../lib/cli/descriptions.ts";
import { OPTIONS } from "../../lib/cli/options.ts";
import { byKind, namesOf, type ValueKind } from "./option-values.ts";
import { GENERATED } from "./generated.ts";

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function list(texts: readonly string[]): string {
  return `@(${texts.map(quote).join(", ")})`;
}

/** Where there are no words, PowerShell goes on to offer files. */
function offered(kind: ValueKind): string {
  return list(kind.kind === "words" ? kind.words : []);
}

function rules(position: number): string {
  return byKind(position).map(({ kind, names }) =>
    `    if (${list(names)} -ccontains $before[${position}]) {\n` +
    `      return Show-Words (${offered(kind)})\n    }\n`
  ).join("");
}

/** @param command what the program is called. */
export function powershellCompletion(command: string): string {
  const options = OPTIONS.flatMap((option) =>
    namesOf(option).map((name) =>
      `      @(${quote(name)}, ${quote(DESCRIPTIONS[option.long])})`
    )
  );
  return `# PowerShell completion for ${command}; ${GENERATED}
Register-ArgumentCompleter -Native -CommandName ${
    list([command, `${command}.exe`])
  } -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    function Show-Words($words) {
      foreach ($word in $words) {
        if ($word.StartsWith($wordToComplete)) {
          [System.Management.Automation.CompletionResult]::new(
            $word, $word, 'ParameterValue', $word)
        }
      }
    }

    # The words ahead of the one that is completed, the nearest first.
    $before = @($commandAst.CommandElements |
      Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
      ForEach-Object { $_.Extent.Text })
    [array]::Reverse($before)
    $before += @('', '')

${rules(0)}${rules(1)}
    $options = @(
${options.join(",\n")}
    )
    foreach ($option in $options) {
      if ($wordToComplete -and $option[0].StartsWith($wordToComplete)) {
        [System.Management.Automation.CompletionResult]::new(
          $option[0], $option[0], 'ParameterName', $option[1])
      }
    }
}
`;
}
