/** What may go wrong with an AE title, told before anything is sent. Pure. */

import { escapeControls, toByteText } from "../base/text.ts";
import { AE_TITLE_LENGTH } from "../pdu/pdu-type.ts";
import { sentTitle } from "./names.ts";

export type WhichTitle = "calling" | "called";

/** A rule, and what is said of a title that breaks it. */
interface Rule {
  readonly broken: (title: string) => boolean;
  readonly says: (title: string) => string;
}

/** PS3.5 Table 6.2-1 (AE), PS3.8 Table 9-11; the last is experience. */
const RULES: readonly Rule[] = [
  {
    broken: (title) => toByteText(title).length > AE_TITLE_LENGTH,
    says: (title) =>
      `is longer than ${AE_TITLE_LENGTH} bytes: the peer sees ${
        sentTitle(title)
      }`,
  },
  {
    broken: (title) => /^ | $/.test(title),
    says: () => "begins or ends with a blank, which does not count",
  },
  {
    // deno-lint-ignore no-control-regex
    broken: (title) => /[\0-\x1f\x7f-\x9f]/.test(title),
    says: () => "has control characters, which are not allowed",
  },
  {
    broken: (title) => title.includes("\\"),
    says: () => "has a backslash, which is not allowed",
  },
  {
    broken: (title) => /[^\0-\x9f]/.test(title),
    says: () => "has characters other than ASCII, which are not allowed",
  },
  {
    broken: (title) => /[a-z]/.test(title),
    says: () => "has lower-case letters: case counts, and some peers reject it",
  },
];

/** A line for each thing that is wrong or risky; none: the title is good. */
export function lintTitle(title: string, which: WhichTitle): readonly string[] {
  if (title.trim() === "") {
    return [
      `the ${which} AE title is ${title === "" ? "empty" : "blank"}, which ` +
      "is not allowed",
    ];
  }
  return RULES.filter(({ broken }) => broken(title))
    .map(({ says }) => `the ${which} AE title ${quoted(title)} ${says(title)}`);
}

/** Whole, as far as a line can take it. */
function quoted(title: string): string {
  return `"${escapeControls(title.slice(0, 4 * AE_TITLE_LENGTH))}"`;
}
