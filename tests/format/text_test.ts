import assert from "node:assert/strict";
import fc from "fast-check";
import { table } from "../../lib/format/table.ts";
import { textReport } from "../../lib/format/text.ts";
import { displayWidth, fitted, padded } from "../../lib/format/width.ts";
import { DANGEROUS, HOSTILE_RESULT } from "./hostile.ts";
import { REFUSED, reported, VERIFIED, VERIFIED_TLS } from "./results.ts";

Deno.test("what failed stands first, and the totals last", () => {
  assert.equal(
    reported(textReport, [VERIFIED, REFUSED, VERIFIED_TLS]).text,
    `\
NAME     PEER                  RESULT    TIME     STAGE    CAUSE
CT 1     ct1.example:11112     FAILED    0.003 s  connect  nothing listens on port 11112 of ct1.example
PACS     pacs.example:104      verified  0.012 s
Archive  archive.example:2762  verified  0.049 s
3 peers: 2 verified, 1 failed
`,
  );
});

Deno.test("without names there is no column for them", () => {
  const target = { ...VERIFIED.target, name: undefined, host: "2001:db8::1" };
  assert.equal(
    reported(textReport, [{ ...VERIFIED, target }]).text,
    `\
PEER               RESULT    TIME     STAGE  CAUSE
[2001:db8::1]:104  verified  0.012 s
1 peer: 1 verified, 0 failed
`,
  );
});

Deno.test("wide characters take two columns, combining ones none", () => {
  assert.equal(displayWidth("pacs"), 4);
  assert.equal(displayWidth("東京病院"), 8);
  assert.equal(displayWidth("e\u0301"), 1);
  assert.equal(displayWidth("ﾊﾟ"), 2);
  assert.equal(displayWidth("한"), 2);
  assert.equal(displayWidth("🏥"), 2);
  assert.equal(padded("東", 4), "東  ");
  assert.equal(
    table([["東京", "x"], ["Rome", "x"], ["Zu\u0308rich", "x"]]),
    "東京    x\nRome    x\nZu\u0308rich  x\n",
  );
});

Deno.test("long cells are cut, never within a character's columns", () => {
  assert.equal(fitted("abcdef", 6), "abcdef");
  assert.equal(fitted("abcdefg", 6), "abcde…");
  assert.equal(fitted("東京病院", 6), "東京…");
  const long = reported(textReport, [{
    ...VERIFIED,
    target: { ...VERIFIED.target, name: "x".repeat(500) },
  }]).text;
  assert.ok(long.split("\n").every((line) => line.length < 120));
});

Deno.test("hostile text adds no line and moves no cursor", () => {
  fc.assert(fc.property(
    fc.array(HOSTILE_RESULT, { minLength: 1, maxLength: 3 }),
    (results) => {
      const text = reported(textReport, results).text;
      assert.doesNotMatch(text, DANGEROUS);
      assert.equal(text.split("\n").length, results.length + 3);
    },
  ));
});
