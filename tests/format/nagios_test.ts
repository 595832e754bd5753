import assert from "node:assert/strict";
import fc from "fast-check";
import { formatResult } from "../../lib/format/format.ts";
import { nagiosReport } from "../../lib/format/nagios.ts";
import { nagiosUnknown } from "../../lib/format/nagios-line.ts";
import { displayWidth } from "../../lib/format/width.ts";
import { readRange } from "../../lib/format/range.ts";
import type { Thresholds } from "../../lib/result/settings.ts";
import type { PeerResult } from "../../lib/result/types.ts";
import { DANGEROUS, HOSTILE_RESULT } from "./hostile.ts";
import { type Output, parseOutput } from "./nagios-grammar.ts";
import {
  certificate,
  failed,
  FAILURES,
  NO_THRESHOLDS,
  NOW,
  REFUSED,
  reported,
  SESSION,
  VERIFIED,
  VERIFIED_TLS,
} from "./results.ts";

function output(
  results: readonly PeerResult[],
  thresholds: Partial<Thresholds> = {},
): Output & { readonly exit: number | undefined } {
  const { text, exit } = reported(nagiosReport, results, {
    thresholds: { ...NO_THRESHOLDS, ...thresholds },
    now: NOW,
  });
  return { ...parseOutput(text), exit };
}

Deno.test("a peer that is well is one line with the time of each stage", () => {
  const { state, text, lines, performance, exit } = output([VERIFIED], {
    warning: readRange("0.5"),
    critical: readRange("~:2"),
  });
  assert.equal(state, "OK");
  assert.equal(exit, 0);
  assert.equal(text, "PACS: verified in 0.012345 s");
  assert.deepEqual(lines, ["ECHOSCU calls PACS at pacs.example:104"]);
  assert.deepEqual(performance[0], {
    label: "time",
    value: 0.012345,
    unit: "s",
    warning: "0.5",
    critical: "~:2",
    minimum: "0",
    maximum: "",
  });
  assert.deepEqual(
    performance.slice(1).map(({ label, value }) => [label, value]),
    [
      ["lookup", 0.0012],
      ["connect", 0.0008],
      ["association", 0.0065],
      ["echo", 0.002345],
      ["release", 0.0015],
    ],
  );
});

Deno.test("a failure is critical, its next steps are on further lines", () => {
  const { state, text, lines, exit } = output([REFUSED]);
  assert.equal(state, "CRITICAL");
  assert.equal(exit, 2);
  assert.equal(text, "CT 1: nothing listens on port 11112 of ct1.example");
  assert.deepEqual(lines, [
    "ECHOSCU calls CT1 at ct1.example:11112",
    "- start the DICOM service of the peer, or correct the port",
    "- let the firewall of the peer pass the port",
  ]);
});

Deno.test("only faults of our own are unknown", () => {
  const unknown = FAILURES.filter((result) => output([result]).exit === 3)
    .map(({ diagnosis }) => diagnosis?.code);
  assert.deepEqual(unknown, [
    "illegal-peer",
    "illegal-title",
    "tls-not-set-up",
    "tls-unavailable",
    "no-dictionary",
    "interrupted",
  ]);
  const critical = FAILURES.filter((result) => output([result]).exit === 2);
  assert.equal(critical.length, FAILURES.length - unknown.length);
});

Deno.test("a time out of bounds is a warning, or critical", () => {
  const states = ["0.1", "0.01", "@0:0.01", "@0.01:0.02", "0.02:"].map(
    (text) => [
      output([VERIFIED], { warning: readRange(text) }).exit,
      output([VERIFIED], { critical: readRange(text) }).exit,
    ],
  );
  assert.deepEqual(states, [[0, 0], [1, 2], [0, 0], [1, 2], [1, 2]]);
  const range = readRange("0.01");
  const both = output([VERIFIED], { warning: range, critical: range });
  assert.equal(both.state, "CRITICAL");
  assert.match(both.text, /0\.012345 s is out of bounds/);
});

Deno.test("a certificate with too few days is a warning, or critical", () => {
  // It has 20 days left.
  const bounds = { certificateWarning: 20, certificateCritical: 10 };
  assert.equal(output([VERIFIED_TLS], bounds).exit, 0);
  const warned = output([VERIFIED_TLS], { ...bounds, certificateWarning: 21 });
  assert.equal(warned.exit, 1);
  assert.match(
    warned.text,
    /certificate expires on 2026-12-14, 20 days from now: \/…$/,
  );
  assert.deepEqual(
    warned.performance.find(({ label }) => label === "certificate days"),
    {
      label: "certificate days",
      value: 20,
      unit: "",
      warning: "21:",
      critical: "10:",
      minimum: "",
      maximum: "",
    },
  );
  assert.equal(
    output([VERIFIED_TLS], { ...bounds, certificateCritical: 21 }).exit,
    2,
  );
  assert.equal(output([VERIFIED], bounds).exit, 0);
});

Deno.test("days are whole ones, and below zero it has expired", () => {
  const bounds = { certificateWarning: 20 };
  for (
    const [days, exit, words] of [
      [20.5, 0, /verified in/],
      [19.5, 1, /expires on 2026-12-14, 19 days from now/],
      [1.5, 1, /, 1 day from now/],
      [-0.5, 1, /has expired on 2026-11-24: /],
    ] as const
  ) {
    const chain = [certificate("a", "b", days), certificate("b", "b", 900)];
    const session = { ...SESSION, chain };
    const result = output([{ ...VERIFIED_TLS, session }], bounds);
    assert.equal(result.exit, exit);
    assert.match(result.text, words);
  }
});

Deno.test("echoes without an answer are lost, in percent", () => {
  const lossOf = (latencies: readonly number[]): number | undefined =>
    output([{
      ...VERIFIED_TLS,
      latencies,
      outcome: {
        ...VERIFIED_TLS.outcome,
        echoes: { sent: 4, succeeded: latencies.length },
      },
    }]).performance.find(({ label }) => label === "loss")?.value;
  assert.deepEqual([[1, 1, 1, 1], [1, 1, 1], []].map(lossOf), [
    0,
    25,
    100,
  ]);
});

Deno.test("of several peers the worst wins and stands first", () => {
  const slow = { ...VERIFIED, duration: 900 };
  const { state, exit, text, lines, performance } = output(
    [VERIFIED, slow, REFUSED, failed("no-dictionary", "echo")],
    { warning: readRange("0.5") },
  );
  assert.equal(state, "CRITICAL");
  assert.equal(exit, 2);
  assert.match(text, /^3 of 4 peers not OK: CT 1: nothing listens/);
  assert.deepEqual(lines.map((line) => line.split(":")[0]), [
    "CRITICAL",
    "UNKNOWN",
    "WARNING",
    "OK",
  ]);
  assert.deepEqual(performance.map(({ label, value }) => [label, value]), [
    ["peers", 4],
    ["bad", 3],
    ["CT 1 time", 0.0031],
    ["CT 1 (2) time", 0.0031],
    ["PACS (2) time", 0.9],
    ["PACS time", 0.012345],
  ]);
  assert.equal(output([VERIFIED, slow]).text, "all 2 peers verified");
});

Deno.test("without a peer, and for faults of our own, it is unknown", () => {
  assert.equal(output([]).exit, 3);
  const { text, exit } = nagiosUnknown("option | is\nwrong");
  assert.equal(text, "DICOM UNKNOWN - option \\x7c is\\x0awrong\n");
  assert.equal(exit, 3);
});

Deno.test("a first line has 80 columns at most, the rest is on later ones", () => {
  const cause = "the peer says " + "very ".repeat(20) + "much";
  const options = { thresholds: NO_THRESHOLDS, now: NOW };
  const results = FAILURES.slice(0, 1).map((result) => ({
    ...result,
    diagnosis: result.diagnosis && { ...result.diagnosis, cause },
  }));
  for (const many of [results, [...results, VERIFIED]]) {
    const { text } = reported(nagiosReport, many, options);
    const [first = ""] = text.split("\n");
    assert.equal(first.length, 80);
    assert.ok(first.endsWith("…"));
    assert.equal(text.split(cause).length, 2);
    assert.ok(parseOutput(text).performance.length > 1);
  }
  const unknown = nagiosUnknown(cause).text.split("\n");
  assert.equal(unknown[0]?.length, 80);
  assert.deepEqual(unknown.slice(1), [cause, ""]);
});

Deno.test("the time is on the first line where it has room", () => {
  const text = (name: string): string => {
    const target = { ...VERIFIED.target, name };
    return reported(nagiosReport, [{ ...VERIFIED, target }], {
      thresholds: NO_THRESHOLDS,
      now: NOW,
    }).text;
  };
  assert.match(text("PACS"), /^DICOM OK - PACS: .* \| 'time'=\S+\n/);
  assert.match(text("x".repeat(40)), /^[^|\n]{40,80}\n[^|\n]*\| 'time'=/);
});

Deno.test("a blank name is none", () => {
  const target = { ...VERIFIED.target, name: " \t" };
  assert.match(output([{ ...VERIFIED, target }]).text, /^pacs\.example:104: /);
});

Deno.test("hostile text breaks neither line nor performance data", () => {
  fc.assert(fc.property(
    fc.array(HOSTILE_RESULT, { minLength: 1, maxLength: 4 }),
    (results) => {
      const options = { thresholds: NO_THRESHOLDS, now: NOW };
      const { text } = reported(nagiosReport, results, options);
      assert.doesNotMatch(text, DANGEROUS);
      const { lines, performance } = parseOutput(text);
      const [first = ""] = text.split("\n");
      assert.ok(displayWidth(first) <= 80, first);
      const labels = performance.map(({ label }) => label);
      assert.equal(new Set(labels).size, labels.length);
      const [only] = results;
      const cut = results.length === 1 && first.includes("…") ? 1 : 0;
      assert.equal(
        lines.length - cut,
        results.length > 1
          ? results.length
          : 1 + (only?.diagnosis?.next.length ?? 0),
      );
    },
  ));
});

Deno.test("only this format has an exit code of its own", async () => {
  const options = { thresholds: NO_THRESHOLDS, now: NOW };
  for (
    const format of ["text", "json", "jsonl", "prometheus", "csv"] as const
  ) {
    assert.equal(
      (await formatResult([REFUSED], format, options)).exit,
      undefined,
    );
  }
  assert.equal((await formatResult([REFUSED], "nagios", options)).exit, 2);
});
