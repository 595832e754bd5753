/** The manual page, in the man macros of roff. Pure. */

import { NAME, PURPOSE, VERSION } from "../../lib/base/product.ts";
import {
  DESCRIPTIONS,
  GROUPS,
  PARAMETERS,
} from "../../lib/cli/descriptions.ts";
import {
  ENVIRONMENT,
  EXAMPLE,
  EXIT_CODES,
  remarks,
} from "../../lib/cli/help.ts";
import { OPTIONS, type OptionSpec } from "../../lib/cli/options.ts";
import { namesOf } from "./option-values.ts";

/** Text as roff wants it; a hyphen that a user would type stays one. */
export function roff(text: string): string {
  return text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replace(/^[.']/, "\\&$&");
}

function bold(text: string): string {
  return `\\fB${roff(text)}\\fR`;
}

function italic(text: string): string {
  return `\\fI${roff(text)}\\fR`;
}

function tagged(head: string, text: string): string {
  return `.TP\n${head}\n${roff(text)}\n`;
}

function optionEntry(option: OptionSpec): string {
  const names = namesOf(option).map(bold).join(", ");
  const values = (option.values ?? []).map((value) => ` ${italic(value)}`);
  const text = `${DESCRIPTIONS[option.long]}${remarks(option)}`;
  return tagged(`${names}${values.join("")}`, text);
}

function optionSections(): string {
  return GROUPS.flatMap(([group, sections]) =>
    sections.map(({ section, title }) => {
      const options = OPTIONS.filter((option) => option.section === section);
      const heading = `${group.replace(/ options$/, "")}: ${title}`;
      return `.SS "${roff(heading)}"\n${options.map(optionEntry).join("")}`;
    })
  ).join("");
}

function table(rows: readonly (readonly [string, string])[]): string {
  return rows.map(([head, text]) => tagged(bold(head), text)).join("");
}

/**
 * @param command what the program is called.
 * @param date of the last change, YYYY-MM-DD.
 */
export function manPage(command: string, date: string): string {
  const parameters = PARAMETERS.map(([name, text]) =>
    tagged(italic(name), text)
  );
  return `.TH ${roff(command.toUpperCase())} 1 ${date} "${NAME} ${VERSION}"
.SH NAME
${roff(command)} \\- ${roff(PURPOSE)}
.SH SYNOPSIS
.B ${roff(command)}
.RI [ options ]
.I peer port
.SH DESCRIPTION
Tells whether a DICOM peer answers: it connects, requests an association,
sends a C\\-ECHO and releases the association.
The exit code is 0 only if all of that worked.
The options, log lines and exit codes are those of the program of the same
purpose that comes with DCMTK.
.PP
Nothing is printed on success unless it is asked for.
Messages go to standard error.
.SS Parameters
${parameters.join("")}${
    tagged(`@${italic("FILE")}`, "stands for the arguments in a file")
  }.SH OPTIONS
${optionSections()}.SH "EXIT STATUS"
${table(EXIT_CODES)}.SH ENVIRONMENT
${table(ENVIRONMENT)}.SH EXAMPLES
.EX
${roff(`${command} ${EXAMPLE}`)}
.EE
`;
}
