/**
 * Examples in the documents are what the program makes. After a change that is
 * meant, `deno test --allow-all tests/format/documents_test.ts -- --update`
 * writes them anew.
 */

import assert from "node:assert/strict";
import { diagnose } from "../../lib/diagnosis/diagnose.ts";
import { formatResult } from "../../lib/format/format.ts";
import { probeFacts } from "../../lib/format/probe-facts.ts";
import { families } from "../../lib/format/prometheus.ts";
import { OPTIONS as OPTION_TABLE } from "../../lib/cli/options.ts";
import type { Format } from "../../lib/result/settings.ts";
import type { PeerResult } from "../../lib/result/types.ts";
import { DEFAULTS } from "../verify/verification.ts";
import {
  NO_THRESHOLDS,
  NOW,
  OPTIONS,
  REFUSED,
  VERIFIED,
  VERIFIED_TLS,
} from "./results.ts";

const DOCS = new URL("../../docs/", import.meta.url);
const FORMATS = new URL("formats.md", DOCS);
const CT = refused();
const PEERS = [VERIFIED, VERIFIED_TLS, CT];

/** With the words of the program, and the look-up that comes before. */
function refused(): PeerResult {
  const { stages } = VERIFIED;
  const result = {
    ...REFUSED,
    stages: [
      ...stages.filter(({ stage }) => stage === "lookup"),
      { stage: "connect", duration: 1.9, ok: false } as const,
    ],
    addresses: { ...REFUSED.addresses, resolved: ["192.0.2.31"] },
  };
  const hints = { settings: DEFAULTS, deadline: undefined };
  return { ...result, diagnosis: diagnose(result, hints) };
}

async function formatted(
  format: Format,
  results: readonly PeerResult[] = PEERS,
  options = OPTIONS,
): Promise<string> {
  return (await formatResult(results, format, options)).text
    .replaceAll("\r\n", "\n");
}

const THRESHOLDS = {
  ...NO_THRESHOLDS,
  warning: { start: 0, end: 0.04, inside: false },
  certificateWarning: 30,
};

/** Each example with the language of its block. */
const EXAMPLES: Readonly<Record<string, readonly [string, string]>> = {
  "text": ["text", await formatted("text")],
  // One peer of each kind is enough to see it.
  "json": ["json", await formatted("json", [VERIFIED_TLS, CT])],
  "jsonl": ["text", await formatted("jsonl", [CT])],
  "nagios one": ["text", await formatted("nagios", [VERIFIED_TLS])],
  "nagios several": [
    "text",
    await formatted("nagios", PEERS, { thresholds: THRESHOLDS, now: NOW }),
  ],
  "prometheus": [
    "text",
    await formatted("prometheus", [VERIFIED_TLS, CT]),
  ],
  "csv": ["text", await formatted("csv")],
};

/** The document with every example as it is now. */
function renewed(document: string): string {
  return document.replace(
    /<!-- example: ([a-z ]+) -->\n(?:\n```[a-z]+\n.*?\n```\n)?/gs,
    (marker, name: string) => {
      const example = EXAMPLES[name];
      assert.ok(example, name);
      const [language, text] = example;
      const [line] = marker.split("\n");
      return `${line}\n\n\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\n`;
    },
  );
}

async function examples(): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for await (const { name } of Deno.readDir(new URL("examples/", DOCS))) {
    if (!/^(prometheus|icinga|nagios)/.test(name)) continue;
    const file = new URL(`examples/${name}`, DOCS);
    texts.set(name, await Deno.readTextFile(file));
  }
  return texts;
}

Deno.test("the examples of docs/formats.md are what the program makes", async () => {
  const document = await Deno.readTextFile(FORMATS);
  const wanted = renewed(document);
  if (Deno.args.includes("--update")) await Deno.writeTextFile(FORMATS, wanted);
  else assert.equal(document, wanted);
  for (const name of Object.keys(EXAMPLES)) {
    assert.ok(document.includes(`<!-- example: ${name} -->`), name);
  }
});

Deno.test("rules and dashboard ask for metrics that there are", async () => {
  const known = new Set(
    families(PEERS.map(probeFacts)).map(({ name }) => name),
  );
  const texts = await examples();
  for (
    const [file, least] of [
      ["prometheus-rules.yml", 5],
      ["prometheus-rules-test.yml", 5],
      ["prometheus-dashboard.json", 5],
    ] as const
  ) {
    const asked = new Set(
      texts.get(file)?.match(/\b(probe|dicom)_[a-z_]+\b/g) ?? [],
    );
    assert.ok(asked.size >= least, file);
    for (const name of asked) assert.ok(known.has(name), `${file}: ${name}`);
  }
  assert.doesNotThrow(() =>
    JSON.parse(texts.get("prometheus-dashboard.json") ?? "")
  );
});

Deno.test("options in documents and definitions are options that there are", async () => {
  const known = new Set(OPTION_TABLE.map(({ long }): string => long));
  // Of the other programs on the same page.
  known.add("--collector");
  const texts = await examples();
  texts.set("formats.md", await Deno.readTextFile(FORMATS));
  for (const [file, text] of texts) {
    for (const [option] of text.matchAll(/(?<![\w-])--[a-z][a-z-]+/g)) {
      assert.ok(known.has(option), `${file}: ${option}`);
    }
  }
  assert.match(texts.get("icinga-echoscu.conf") ?? "", /"--cert-critical"/);
});
