import assert from "node:assert/strict";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import fc from "fast-check";
import { formatResult } from "../../lib/format/format.ts";
import { jsonLine, jsonReport } from "../../lib/format/json.ts";
import type { PeerResult } from "../../lib/result/types.ts";
import { DANGEROUS, HOSTILE_RESULT } from "./hostile.ts";
import {
  failed,
  FAILURES,
  NOW,
  OPTIONS,
  reported,
  SESSION,
  STAGE_OF,
  VERIFIED,
  VERIFIED_TLS,
} from "./results.ts";

const SCHEMA = JSON.parse(
  await Deno.readTextFile(
    new URL("../../docs/schema/result-1.schema.json", import.meta.url),
  ),
);

/** The same schema, in which nothing is allowed that it does not name. */
function closed(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(closed);
  if (typeof part !== "object" || part === null) return part;
  const copy = Object.fromEntries(
    Object.entries(part).map(([key, value]) => [key, closed(value)]),
  );
  return "properties" in copy && copy["type"] === "object"
    ? { ...copy, additionalProperties: false }
    : copy;
}

function validator(schema: unknown): ValidateFunction {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
  ajv.addFormat("date-time", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.ok(typeof schema === "object" && schema !== null);
  return ajv.compile(schema);
}

const valid = validator(closed(SCHEMA));

function assertValid(text: string): void {
  const document: unknown = JSON.parse(text);
  assert.ok(valid(document), JSON.stringify(valid.errors));
}

const ALL: readonly PeerResult[] = [
  VERIFIED,
  VERIFIED_TLS,
  ...FAILURES,
  { ...failed("certificate-expired", "tls"), session: SESSION },
];

Deno.test("success and every failure are as the schema says", () => {
  for (const result of ALL) {
    assertValid(reported(jsonReport, [result]).text);
    assertValid(jsonLine(result, NOW));
  }
  assertValid(reported(jsonReport, ALL).text);
  assertValid(reported(jsonReport, []).text);
});

Deno.test("the schema finds what is missing, wrong or too much", () => {
  for (
    const spoil of [
      { outcome: "perhaps" },
      { started: "yesterday" },
      { attempts: 0 },
      { extra: 1 },
      { failure: {} },
    ]
  ) {
    const document = { ...JSON.parse(jsonLine(VERIFIED, NOW)), ...spoil };
    assert.ok(!valid(document), JSON.stringify(spoil));
  }
  const { echoes: _, ...rest } = JSON.parse(jsonLine(VERIFIED, NOW));
  assert.ok(!valid(rest));
});

Deno.test("the schema knows exactly the causes that there are", () => {
  assert.deepEqual(
    SCHEMA.$defs.causeCode.enum.toSorted(),
    Object.keys(STAGE_OF).toSorted(),
  );
});

Deno.test("hostile text stays what it is and is never seen raw", () => {
  fc.assert(fc.property(HOSTILE_RESULT, (result) => {
    const line = jsonLine(result, NOW);
    assertValid(line);
    assert.equal(line.indexOf("\n"), line.length - 1);
    assert.doesNotMatch(line, DANGEROUS);
    const { target, failure, association } = JSON.parse(line);
    assert.equal(target.host, result.target.host);
    assert.equal(target.name, result.target.name ?? null);
    assert.doesNotMatch(reported(jsonReport, [result]).text, DANGEROUS);
    // What is said by others than the user is harmless even when it is read.
    for (
      const text of [
        failure?.cause ?? "",
        ...failure?.next ?? [],
        association?.peerImplementationVersionName ?? "",
      ]
    ) assert.doesNotMatch(text, /\p{Cc}|\p{Cf}/u);
  }));
});

Deno.test("what a program asks for is where the schema says", () => {
  const tls = JSON.parse(jsonLine(VERIFIED_TLS, NOW));
  assert.equal(tls.outcome, "verified");
  assert.equal(tls.failure, null);
  assert.equal(tls.durationMs, 48.5);
  assert.deepEqual(tls.stages[2], { stage: "tls", durationMs: 21, ok: true });
  assert.equal(tls.tls.certificate.daysLeft, 20);
  assert.deepEqual(
    tls.tls.chain.map(({ subject }: { subject: string }) => subject),
    ["/CN=archive.example", "/CN=Hospital CA"],
  );
  assert.deepEqual(tls.latency, {
    count: 10,
    minMs: 1,
    meanMs: 5.5,
    p50Ms: 5,
    p95Ms: 10,
    p99Ms: 10,
    maxMs: 10,
  });
  const refused = JSON.parse(
    jsonLine(
      failed("refused", "connect", {
        condition: {
          code: "0006:0317",
          text: "outer",
          cause: { code: "0006:0318", text: "inner" },
        },
      }),
      NOW,
    ),
  );
  assert.equal(refused.outcome, "failed");
  assert.equal(refused.failure.code, "refused");
  assert.deepEqual(refused.failure.conditions, [
    { code: "0006:0317", text: "outer" },
    { code: "0006:0318", text: "inner" },
  ]);
  assert.equal(refused.association, null);
});

Deno.test("a report counts its peers, and lines come one a peer", async () => {
  const results = [VERIFIED, VERIFIED_TLS, failed("refused", "connect")];
  const report = await formatResult(results, "json", OPTIONS);
  assert.deepEqual(JSON.parse(report.text).summary, {
    peers: 3,
    verified: 2,
    failed: 1,
    leftOut: 0,
  });
  assert.equal(report.exit, undefined);
  const lines = await formatResult(results, "jsonl", OPTIONS);
  assert.deepEqual(
    lines.text.trimEnd().split("\n").map((line) => JSON.parse(line).outcome),
    ["verified", "verified", "failed"],
  );
});

Deno.test("what was left out is as the schema says, and harmless", async () => {
  const leftOut = [
    { line: 3, reason: "port is \x1b" },
    { line: undefined, reason: "no peers" },
  ];
  for (const format of ["json", "jsonl"] as const) {
    const options = { ...OPTIONS, leftOut };
    const { text } = await formatResult([VERIFIED], format, options);
    assert.ok(!text.includes("\x1b"));
    if (format === "json") assertValid(text);
    else text.trim().split("\n").forEach(assertValid);
  }
});
