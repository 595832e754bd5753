/** AE titles that are wrong or risky, told in the log. */

import { lintTitle, type WhichTitle } from "../diagnosis/title-lint.ts";
import { app, type Log } from "../log/log.ts";

/** A warning for each thing that is odd about the titles that are given. */
export function warnOfTitles(
  titles: Readonly<Partial<Record<WhichTitle, string>>>,
  log: Log,
): void {
  const { calling, called } = titles;
  const warnings = [
    ...(calling === undefined ? [] : lintTitle(calling, "calling")),
    ...(called === undefined ? [] : lintTitle(called, "called")),
  ];
  for (const text of warnings) log.write(app("warn", text));
}
