/** Tables of wrong command lines. */

import assert from "node:assert/strict";
import type { FileAccess } from "../../lib/base/files.ts";
import { parseCommandLine } from "../../lib/cli/parse.ts";

/** Arguments between blanks; `_` is a blank in one, `%empty` an empty one. */
export function split(text: string): string[] {
  return text.split(" ").map((one) =>
    one === "%empty" ? "" : one.replaceAll("_", " ")
  );
}

/** By the behaviour they show: arguments, and the message they earn. */
export type Errors = Readonly<
  Record<string, readonly (readonly [string, string])[]>
>;

/** A test for each behaviour; none of the errors is a silent one. */
export function testErrors(errors: Errors, files: FileAccess): void {
  for (const [behaviour, cases] of Object.entries(errors)) {
    Deno.test(`usage error: ${behaviour}`, async () => {
      for (const [text, message] of cases) {
        const command = await parseCommandLine(split(text), files);
        if (command.kind !== "error") assert.fail(text);
        assert.equal(command.message, message, text);
        assert.equal(command.silent, false, text);
      }
    });
  }
}
