import assert from "node:assert/strict";
import { unifiedDiff } from "./diff.ts";

Deno.test("equal texts have no difference", () => {
  assert.equal(unifiedDiff("a\nb\n", "a\nb\n"), "");
});

Deno.test("a changed, a missing and an added line are marked", () => {
  assert.equal(
    unifiedDiff("a\nb\nc\nd", "a\nx\nc\nd\ne", "left", "right"),
    "--- left\n+++ right\n a\n-b\n+x\n c\n d\n+e",
  );
});

Deno.test("lines far from any difference are left out", () => {
  const same = Array.from({ length: 20 }, (_, index) => `${index}`).join("\n");
  assert.equal(
    unifiedDiff(`${same}\nx`, `${same}\ny`, "left", "right"),
    "--- left\n+++ right\n@@\n 17\n 18\n 19\n-x\n+y",
  );
});
