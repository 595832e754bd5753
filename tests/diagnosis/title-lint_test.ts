import assert from "node:assert/strict";
import { lintTitle } from "../../lib/diagnosis/title-lint.ts";

Deno.test("a title of capitals, digits and signs is good", () => {
  for (const title of ["PACS", "ANY-SCP", "CT 1", "A_B.C-9", "X".repeat(16)]) {
    assert.deepEqual(lintTitle(title, "called"), []);
  }
});

const CASES: readonly (readonly [string, string])[] = [
  ["", "the called AE title is empty, which is not allowed"],
  ["   ", "the called AE title is blank, which is not allowed"],
  [
    "A".repeat(17),
    `the called AE title "${"A".repeat(17)}" is longer than 16 bytes: ` +
    `the peer sees "${"A".repeat(16)}"`,
  ],
  [
    " PACS",
    'the called AE title " PACS" begins or ends with a blank, which does not ' +
    "count",
  ],
  [
    "PACS ",
    'the called AE title "PACS " begins or ends with a blank, which does not ' +
    "count",
  ],
  [
    "PA\tCS",
    'the called AE title "PA\\x09CS" has control characters, which are not ' +
    "allowed",
  ],
  [
    "PA\\CS",
    'the called AE title "PA\\CS" has a backslash, which is not allowed',
  ],
  [
    "RÖNTGEN",
    'the called AE title "RÖNTGEN" has characters other than ASCII, which ' +
    "are not allowed",
  ],
  [
    "Pacs",
    'the called AE title "Pacs" has lower-case letters: case counts, and ' +
    "some peers reject it",
  ],
];

for (const [title, warning] of CASES) {
  Deno.test(`the title ${JSON.stringify(title)} is warned of`, () => {
    assert.deepEqual(lintTitle(title, "called"), [warning]);
  });
}

Deno.test("all that is wrong is told, and which title it is", () => {
  const warnings = lintTitle(" a\\\n" + "ü".repeat(20), "calling");
  assert.equal(warnings.length, 6);
  for (const warning of warnings) {
    assert.match(warning, /^the calling AE title " a\\\\x0a/);
    assert.doesNotMatch(warning, /\p{Cc}/u);
  }
});

Deno.test("length is counted in bytes, as it is sent", () => {
  assert.match(
    lintTitle("Ä".repeat(9), "called")[0] ?? "",
    /longer than 16 bytes/,
  );
});
