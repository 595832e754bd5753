import assert from "node:assert/strict";
import { formatCondition } from "../../lib/base/condition.ts";
import type { Dictionary } from "../../lib/dictionary/entry.ts";
import { loadDictionary } from "../../lib/dictionary/load.ts";
import { dictionaryFault } from "../../lib/dimse/dictionary-fault.ts";

/** A dictionary of these lines alone. */
function dictionaryOf(...lines: readonly string[]): Dictionary {
  const bytes = new TextEncoder().encode(
    lines.map((line) => `${line}\n`).join(""),
  );
  return loadDictionary(
    { paths: "file", separator: ":" },
    { readFile: () => bytes },
    () => undefined,
  ).dictionary;
}

const FIELD = "(0000,0100)\tUS\tCommandField\t1\tDICOM";
const MESSAGE_ID = "(0000,0110)\tUS\tMessageID\t1\tDICOM";
const DATA_SET = "(0000,0800)\tUS\tCommandDataSetType\t1\tDICOM";

/** Lines of a dictionary, and the element that is at fault. */
const CASES: Readonly<Record<string, readonly [string[], string]>> = {
  "no element at all": [[], "(0000,0100) Unknown Tag & Data"],
  "no message ID": [[FIELD, DATA_SET], "(0000,0110) Unknown Tag & Data"],
  "no data set type": [[FIELD, MESSAGE_ID], "(0000,0800) Unknown Tag & Data"],
  "a command field of another VR": [
    ["(0000,0100)\tUL\tCommandField\t1\tDICOM", MESSAGE_ID, DATA_SET],
    "(0000,0100) CommandField",
  ],
};

for (const [what, [lines, element]] of Object.entries(CASES)) {
  Deno.test(`no request can be built with ${what} in the dictionary`, () => {
    const fault = dictionaryFault(dictionaryOf(...lines));
    assert.ok(fault);
    assert.equal(
      formatCondition(fault),
      "0006:0204 DIMSE: Command Build Failed: " +
        `dimcmd:addUS: Cannot add Uint16: Element: ${element}`,
    );
  });
}

Deno.test("the three numbers of a request are all that is needed", () => {
  const dictionary = dictionaryOf(FIELD, MESSAGE_ID, DATA_SET);
  assert.equal(dictionaryFault(dictionary), undefined);
});
