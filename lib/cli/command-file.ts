/** Command files: `@FILE` stands for the arguments that FILE contains. */

import { type FileAccess, SETTINGS_LIMIT } from "../base/files.ts";
import { OPERATOR_TABLE } from "./operator-options.ts";
import type { OptionSpec } from "./options.ts";

/** UTF-8 as in the arguments themselves; a byte order mark is kept as text. */
export function decodeFile(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

/**
 * The arguments in the text of a command file, separated by blanks, tabs and
 * ends of lines. Either quotation mark quotes; the closing one ends the
 * argument, and an open one takes the rest. There are no escapes.
 */
export function splitCommandFile(text: string): string[] {
  const found: string[] = [];
  let argument = "";
  let quote = "";
  for (const c of text) {
    if (c === quote) {
      found.push(argument);
      argument = "";
      quote = "";
    } else if (quote !== "") {
      argument += c;
    } else if (c === '"' || c === "'") {
      quote = c;
    } else if (c === " " || c === "\t" || c === "\n" || c === "\r") {
      if (argument !== "") found.push(argument);
      argument = "";
    } else {
      argument += c;
    }
  }
  if (argument !== "") found.push(argument);
  return found;
}

export type Expansion =
  | { readonly ok: true; readonly arguments: readonly string[] }
  | { readonly ok: false; readonly message: string };

/** The value of these may begin with `@` (Nagios plugin guidelines). */
const TAKES_RANGE: ReadonlySet<string> = new Set(
  OPERATOR_TABLE.filter(({ values }: OptionSpec) => values?.includes("RANGE"))
    .map(({ long }) => long),
);

/**
 * Puts the content of command files in their places. A file cannot name
 * another one; a folder counts as empty; `@` alone is an argument as any other.
 */
export function expandCommandFiles(
  argv: readonly string[],
  files: FileAccess,
): Expansion {
  if (!argv.some((argument) => argument.startsWith("@"))) {
    return { ok: true, arguments: argv };
  }
  const expanded: string[] = [];
  for (const [index, argument] of argv.entries()) {
    if (
      !argument.startsWith("@") || argument === "@" ||
      TAKES_RANGE.has(argv[index - 1] ?? "")
    ) {
      expanded.push(argument);
      continue;
    }
    const path = argument.slice(1);
    const content = files.read(path, SETTINGS_LIMIT);
    if (content.kind === "content") {
      // Not spread into push(): a file may hold more than fits on the stack.
      for (const one of splitCommandFile(decodeFile(content.bytes))) {
        expanded.push(one);
      }
    } else if (content.kind !== "folder") {
      return { ok: false, message: `Cannot open command file '${path}'` };
    }
  }
  return { ok: true, arguments: expanded };
}
