/** The licences of what is inside of the binary, in one text. Pure. */

import { NAME } from "../../lib/base/product.ts";
import {
  nameOf,
  type RuntimeComponent,
  type RuntimeComponents,
  sameLine,
} from "./components.ts";

export interface Licence {
  /** Name and version. */
  readonly what: string;
  /** SPDX. */
  readonly id: string | undefined;
  /** Undefined: it was not to be had. */
  readonly text: string | undefined;
}

/** What the base runtime has inside. */
export interface RuntimeLicences {
  /** The version of Deno that is compiled in. */
  readonly deno: string;
  readonly parts: RuntimeComponents;
  /** Name of a text, as the parts name it → the text. */
  readonly texts: ReadonlyMap<string, string>;
}

const RULE = "=".repeat(78);

function section(head: readonly string[], text: string): string {
  return `${RULE}\n${head.join("\n")}\n${RULE}\n\n${text}\n`;
}

function listed(components: readonly RuntimeComponent[]): string {
  return components
    .map((one) => `- ${nameOf(one)}: ${one.licence ?? "?"}\n`).join("");
}

/** Those whose licence is named at best, but not to be read. */
export function withoutText(
  { parts, texts }: RuntimeLicences,
): readonly RuntimeComponent[] {
  return parts.components.filter((one) =>
    one.texts.length === 0 || one.texts.some((name) => !texts.has(name))
  );
}

/** Who has a text, each with the copyright that belongs to it. */
function holders(
  name: string,
  components: readonly RuntimeComponent[],
): readonly string[] {
  return components.filter(({ texts }) => texts.includes(name))
    .flatMap((one) => [
      nameOf(one),
      ...one.notices.map((notice) => `    ${notice}`),
    ]);
}

function difference({ deno, parts }: RuntimeLicences): string {
  return sameLine(deno, parts.deno)
    ? ""
    : `The base runtime here is that of Deno ${deno}: it may have others.\n`;
}

export function licencesText(
  licences: readonly Licence[],
  runtime: RuntimeLicences,
): string {
  const { parts, texts } = runtime;
  const without = withoutText(runtime);
  const sections = [
    ...licences.map(({ what, id, text }) =>
      section(
        [`${what}: ${id ?? "see below"}`],
        text?.trim() ?? "(its package has no file with the text)",
      )
    ),
    ...[...texts].map(([name, text]) =>
      section(
        [`Licence: ${name}`, "", ...holders(name, parts.components)],
        text.trimEnd(),
      )
    ),
  ];
  return `What ${NAME} contains of others, and their licences.

${licences.map(({ what, id }) => `- ${what}: ${id ?? "?"}\n`).join("")}
Libraries in the base runtime, by the sources of Deno ${parts.deno}. Some are
for one system only, and some may be used only while others are compiled. The
text of each licence stands below, with who has it and their copyright.
${difference(runtime)}
${listed(parts.components)}
No text is here of:

${listed(without)}
${sections.join("\n")}`;
}
