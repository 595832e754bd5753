/** The licences of what is inside of the binary, in one text. */

import { NAME } from "../../lib/base/product.ts";

export interface Licence {
  /** Name and version. */
  readonly what: string;
  /** SPDX. */
  readonly id: string | undefined;
  /** Undefined: it was not to be had. */
  readonly text: string | undefined;
}

const RULE = "=".repeat(78);

/** Pure. */
export function licencesText(licences: readonly Licence[]): string {
  const sections = licences.map(({ what, id, text }) =>
    `${RULE}\n${what}: ${id ?? "see below"}\n${RULE}\n\n${
      text?.trim() ?? "(its package has no file with the text)"
    }\n`
  );
  return `What ${NAME} contains of others, and their licences.

${licences.map(({ what, id }) => `- ${what}: ${id ?? "?"}\n`).join("")}
Missing here: the texts of the libraries that are part of the base runtime
beside V8 (ICU, BoringSSL or aws-lc, SQLite, and Rust packages). Deno's
repository lists them in Cargo.lock for each release.

${sections.join("\n")}`;
}
