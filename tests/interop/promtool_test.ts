/** What Prometheus says of it: needs promtool of Debian's `prometheus`. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { prometheusText } from "../../lib/format/prometheus.ts";
import { HOSTILE_RESULT } from "../format/hostile.ts";
import { FAILURES, VERIFIED, VERIFIED_TLS } from "../format/results.ts";
import { type Program, run } from "../support/run.ts";

const PROMTOOL: Program = {
  name: "promtool",
  command: "promtool",
  leadingArguments: [],
};

const EXAMPLES = `${import.meta.dirname}/../../docs/examples`;

async function assertPasses(
  args: readonly string[],
  stdin?: string,
): Promise<string> {
  const result = await run(PROMTOOL, args, {
    cwd: EXAMPLES,
    ...(stdin === undefined ? {} : { stdin }),
  });
  assert.equal(result.exit, 0, result.stdout + result.stderr);
  return result.stdout + result.stderr;
}

Deno.test("promtool finds nothing wrong with the metrics", async () => {
  const text = prometheusText([VERIFIED, VERIFIED_TLS, ...FAILURES]);
  assert.equal(await assertPasses(["check", "metrics"], text), "");
});

Deno.test("promtool reads the metrics of hostile peers", async () => {
  for (const seed of [1, 2, 3]) {
    const results = fc.sample(HOSTILE_RESULT, { numRuns: 300, seed });
    const text = prometheusText(results);
    assert.equal(await assertPasses(["check", "metrics"], text), "");
  }
});

Deno.test("promtool notices what is wrong with metrics", async () => {
  const result = await run(PROMTOOL, ["check", "metrics"], {
    stdin: 'probe_success{name="a"b"} 1\n',
  });
  assert.notEqual(result.exit, 0);
});

Deno.test("promtool takes the rules, and they alert as they should", async () => {
  await assertPasses(["check", "rules", "prometheus-rules.yml"]);
  const text = await assertPasses([
    "test",
    "rules",
    "prometheus-rules-test.yml",
  ]);
  assert.match(text, /SUCCESS/);
});

Deno.test("promtool takes the scrape configuration", async () => {
  await assertPasses(["check", "config", "prometheus-scrape.yml"]);
});

Deno.test("promtool takes every expression of the dashboard", async () => {
  const dashboard: {
    readonly panels: readonly {
      readonly targets?: readonly { readonly expr: string }[];
    }[];
  } = JSON.parse(
    await Deno.readTextFile(`${EXAMPLES}/prometheus-dashboard.json`),
  );
  const rules = dashboard.panels.flatMap(({ targets = [] }) => targets)
    .map(({ expr }, index) => ({ record: `panel:${index}`, expr }));
  assert.ok(rules.length >= 5);
  // JSON is YAML.
  const groups = JSON.stringify({ groups: [{ name: "dashboard", rules }] });
  const file = await Deno.makeTempFile({ suffix: ".yml" });
  try {
    await Deno.writeTextFile(file, groups);
    const text = await assertPasses(["check", "rules", file]);
    assert.match(text, new RegExp(`${rules.length} rules found`));
  } finally {
    await Deno.remove(file);
  }
});
