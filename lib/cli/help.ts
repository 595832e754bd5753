/** Texts about the program: help, version, and how a usage error is told. */

import { BANNER, commit, NAME, PURPOSE } from "../base/product.ts";
import {
  DESCRIPTIONS,
  GROUPS,
  PARAMETERS,
  type SectionText,
} from "./descriptions.ts";
import { OPTIONS, type OptionSpec } from "./options.ts";

/** What an example calls: it shows the form of a command line. */
export const EXAMPLE = "-v -aec PACS pacs.example.org 11112";

/** Exit codes and when the program ends with them. */
export const EXIT_CODES: readonly (readonly [string, string])[] = [
  ["0", "verified"],
  [
    "1",
    "command line, connection, rejection, no presentation context, release",
  ],
  [
    "70",
    "aborted or closed by the peer, no answer, or one that is not Success",
  ],
  ["22", "+vc and +rc: the certificate is not verified, or is no root"],
  ["3", "--format nagios: UNKNOWN; 0 is OK, 1 is WARNING, 2 is CRITICAL"],
  ["130", "interrupted; 143 after SIGTERM, 129 after SIGHUP"],
];

/** Variables of the environment that count. */
export const ENVIRONMENT: readonly (readonly [string, string])[] = [
  ["DCMDICTPATH", "data dictionaries to use in place of the built-in one"],
];

const SHORT_WIDTH = 4;
/** Long name and values. */
const LONG_WIDTH = 25;
const LINE_WIDTH = 80;

/** What every text begins with: banner, empty line, name and purpose. */
export function headerText(): string {
  return `${BANNER}\n\n${NAME}: ${PURPOSE}\n`;
}

/** For standard error. @param message without "error: " and end of line. */
export function usageErrorText(message: string): string {
  return `${headerText()}error: ${message}\n`;
}

/** What a program runs on, as `Deno.version` and `Deno.build` tell it. */
export interface Runtime {
  readonly deno: string;
  readonly v8: string;
  readonly target: string;
}

export function versionText(
  runtime: Runtime = {
    deno: Deno.version.deno,
    v8: Deno.version.v8,
    target: Deno.build.target,
  },
): string {
  return `${headerText()}
Host type: ${runtime.target}
Runtime: Deno ${runtime.deno}, V8 ${runtime.v8}
Commit: ${commit()}
`;
}

/** Breaks at blanks, so that lines stay within the width where words allow. */
function wrap(text: string, indent: number): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && indent + line.length + 1 + word.length > LINE_WIDTH) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].join(`\n${" ".repeat(indent)}`);
}

function bounds({ range }: OptionSpec): string | undefined {
  return range?.max === undefined ? undefined : `${range.min}..${range.max}`;
}

function fallback(option: OptionSpec): string | undefined {
  if (option.default === undefined) return undefined;
  return option.default === true ? "default" : `default ${option.default}`;
}

/** What the table knows: bounds, default, whether it may stand there twice. */
export function remarks(option: OptionSpec): string {
  const known = [
    bounds(option),
    fallback(option),
    option.repeatable ? "may be repeated" : undefined,
  ].filter((remark) => remark !== undefined);
  return known.length === 0 ? "" : ` (${known.join(", ")})`;
}

function optionText(option: OptionSpec): string {
  const { short = "", long, values = [] } = option;
  const head = [
    "   ",
    short.padEnd(SHORT_WIDTH),
    "",
    [long, ...values].join(" ").padEnd(LONG_WIDTH),
    "",
  ].join(" ");
  const text = `${DESCRIPTIONS[long]}${remarks(option)}`;
  return `${head}${wrap(text, head.length)}\n`;
}

function sectionText({ section, title }: SectionText): string {
  const options = OPTIONS.filter((option) => option.section === section);
  return `  ${title}:\n${options.map(optionText).join("")}`;
}

/** For standard output: also what a call without arguments prints. */
export function helpText(): string {
  const parameters = PARAMETERS.map(([name, text]) => `  ${name}  ${text}\n`);
  const groups = GROUPS.map(([title, sections]) =>
    `\n${title}:\n${sections.map(sectionText).join("")}`
  );
  const codes = EXIT_CODES.map(([code, text]) =>
    `  ${code.padEnd(3)}  ${text}\n`
  );
  const variables = ENVIRONMENT.map(([name, text]) => `  ${name}  ${text}\n`);
  return `${headerText()}usage: ${NAME} [options] peer port

parameters:
${parameters.join("")}  @FILE stands for the arguments in a file.

example:
  ${NAME} ${EXAMPLE}
${groups.join("")}
exit codes:
${codes.join("")}
environment:
${variables.join("")}`;
}
