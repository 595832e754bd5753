/** Each cause is brought about, found, and printed as the runbook has it. */

import assert from "node:assert/strict";
import { CAUSES } from "../../lib/diagnosis/diagnose.ts";
import { hintLines } from "../../lib/report/hint.ts";
import type { CauseCode } from "../../lib/result/types.ts";
import { masked } from "./masks.ts";
import { PROVOCATIONS } from "./provocations.ts";

const RUNBOOK = await Deno.readTextFile(
  new URL("../../docs/runbook.md", import.meta.url),
);

interface Entry {
  readonly code: string;
  readonly symptom: readonly string[];
  readonly cause: string;
  readonly steps: readonly string[];
}

function entryOf(section: string): Entry {
  const [code = ""] = section.split("\n");
  const [, symptom] = /Symptom:\n\n```text\n(.*?)\n```\n/s.exec(section) ?? [];
  const [, cause] = /\nCause: (.*?)\n\nAction:\n/s.exec(section) ?? [];
  const [, action] = /\nAction:\n\n(.*)$/s.exec(section) ?? [];
  assert.ok(symptom && cause && action, `${code} is not whole`);
  const steps = action.split("\n").filter((line) => /^\d\. /.test(line));
  return { code, symptom: symptom.split("\n"), cause, steps };
}

const ENTRIES: readonly Entry[] = RUNBOOK.split(/^### /m).slice(1)
  .map(entryOf);

Deno.test("the runbook has one entry for each cause", () => {
  assert.deepEqual(
    ENTRIES.map(({ code }) => code).toSorted(),
    Object.keys(CAUSES).toSorted(),
  );
});

Deno.test("an entry of the runbook is marked as passing if its cause is", () => {
  for (const { code, cause } of ENTRIES) {
    const entry = Object.entries(CAUSES).find(([one]) => one === code)?.[1];
    // What these are depends on what the peer says.
    if (code === "rejected-other" || code === "echo-status") continue;
    assert.equal(/_passing_/i.test(cause), entry?.transient, code);
  }
});

Deno.test("what the runbook refers to is in it", () => {
  const codes = ENTRIES.map(({ code }) => code);
  const links = [...RUNBOOK.matchAll(/\]\(([^)]*)\)/g)];
  assert.ok(links.length > 0);
  for (const [, link = ""] of links) {
    assert.ok(codes.includes(link.replace(/^#/, "")), link);
  }
});

function isCause(code: string): code is CauseCode {
  return Object.hasOwn(PROVOCATIONS, code);
}

for (const { code, symptom } of ENTRIES) {
  Deno.test(`${code} is found, and printed as the runbook says`, async () => {
    assert.ok(isCause(code));
    const checked = await PROVOCATIONS[code]();
    const { result, lines } = checked;
    assert.equal(result.diagnosis?.code, code);
    const diagnosis = checked.hinted ?? result.diagnosis;
    assert.equal(diagnosis.code, code);
    assert.ok(diagnosis.next.length >= 1 && diagnosis.next.length <= 4);
    const hint = hintLines(diagnosis);
    assert.deepEqual(
      [
        ...lines.filter((line) => line !== ""),
        ...(hint.length === 0 ? [] : [`hint: ${diagnosis.cause}`]),
      ].map((line) => masked(line, result)),
      symptom,
    );
    const words = hint.map((line) => line.replace(/^hint: /, "")).join(" ");
    assert.ok(hint.length === 0 || words.startsWith(diagnosis.cause), words);
  });
}
