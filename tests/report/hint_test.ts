import assert from "node:assert/strict";
import { hintLines } from "../../lib/report/hint.ts";
import type { Diagnosis } from "../../lib/result/types.ts";

function hint(
  cause: string,
  next: readonly string[],
  code: Diagnosis["code"] = "refused",
): readonly string[] {
  const diagnosis: Diagnosis = {
    stage: "connect",
    code,
    cause,
    next,
    condition: undefined,
    transient: true,
  };
  return hintLines(diagnosis);
}

Deno.test("a hint is the cause and the next steps, each line marked", () => {
  assert.deepEqual(hint("it is refused", ["Check this", "Check that"]), [
    "hint: it is refused",
    "hint: - Check this",
    "hint: - Check that",
  ]);
});

Deno.test("a hint has four lines at most, and no half of a step", () => {
  const long = "word ".repeat(20).trim();
  assert.deepEqual(hint("why", ["a", "b", "c", "d"]).length, 4);
  assert.deepEqual(hint(long, ["a", long]), [
    `hint: ${"word ".repeat(15).trim()}`,
    "hint: word word word word word",
    "hint: - a",
  ]);
  assert.deepEqual(hint("word ".repeat(200), ["a"]).length, 4);
});

Deno.test("no line of a hint is wider than 80 columns", () => {
  for (const line of hint("x".repeat(200), ["AB:".repeat(40)])) {
    assert.ok(line.length <= 80, line);
  }
});

Deno.test("whoever has ended the run needs no hint", () => {
  assert.deepEqual(hint("interrupted", ["Run it again"], "interrupted"), []);
});
