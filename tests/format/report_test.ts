/** Reports whose results come one after another. */

import assert from "node:assert/strict";
import { exposition, expositionParts } from "../../lib/format/exposition.ts";
import { formatResult, openReport } from "../../lib/format/format.ts";
import { FORMATS } from "../../lib/result/settings.ts";
import {
  FAILURES,
  NOW,
  OPTIONS,
  REFUSED,
  VERIFIED,
  VERIFIED_TLS,
} from "./results.ts";

const RESULTS = [VERIFIED, VERIFIED_TLS, REFUSED, ...FAILURES];

Deno.test("results may be taken in any order, and are told in theirs", async () => {
  for (const format of FORMATS) {
    const leftOut = [{ line: 3, reason: "port is missing" }];
    const options = { ...OPTIONS, leftOut };
    const report = await openReport(format, {
      ...options,
      count: RESULTS.length,
    });
    const taken = RESULTS.toReversed().map((one) => report.take(one, NOW));
    const told = taken.reverse().map((tell) => tell());
    const { rest, exit } = report.end();
    const wanted = await formatResult(RESULTS, format, options);
    assert.equal([report.begin, ...told, ...rest].join(""), wanted.text);
    assert.equal(exit, wanted.exit);
  }
});

Deno.test("what can be written at once is not kept until the end", async () => {
  for (const format of ["json", "jsonl", "csv"] as const) {
    const report = await openReport(format, {
      ...OPTIONS,
      count: RESULTS.length,
    });
    for (const result of RESULTS) {
      const text = report.take(result, NOW)();
      assert.ok(text.includes(result.target.host), format);
    }
    const rest = [...report.end().rest].join("");
    for (const { target } of RESULTS) assert.ok(!rest.includes(target.host));
  }
});

Deno.test("metrics of many peers come in parts of whole lines, under one head", () => {
  const family = {
    name: "many",
    type: "gauge",
    help: "Many.",
    samples: Array.from({ length: 10_000 }, (_, value) => ({
      labels: { name: `peer ${value}` },
      value,
    })),
  } as const;
  const parts = [...expositionParts([family])];
  assert.ok(parts.length > 2);
  for (const part of parts) assert.ok(part.endsWith("\n"));
  const text = parts.join("");
  assert.equal(text, exposition([family]));
  assert.equal(text.split("# HELP").length, 2);
  assert.equal(text.split("\n").length, 10_000 + 3);
});
