import assert from "node:assert/strict";
import fc from "fast-check";
import { exposition } from "../../lib/format/exposition.ts";
import { prometheusText } from "../../lib/format/prometheus.ts";
import { DANGEROUS, HOSTILE_RESULT } from "./hostile.ts";
import { FAILURES, REFUSED, VERIFIED, VERIFIED_TLS } from "./results.ts";

interface Series {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const LABEL = /([a-z_][a-z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|$)/y;

function parseLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  LABEL.lastIndex = 0;
  while (LABEL.lastIndex < text.length) {
    const match = LABEL.exec(text);
    assert.ok(match, text);
    labels[match[1] ?? ""] = (match[2] ?? "").replace(/\\(.)/g, "$1");
  }
  return labels;
}

/** Fails on what is not in the text format; families must not come twice. */
function parse(text: string): readonly Series[] {
  const series: Series[] = [];
  const seen = new Set<string>();
  let family = "";
  for (const line of text.trimEnd().split("\n")) {
    const [, kind, name] = /^# (HELP|TYPE) ([a-z_]+) ./.exec(line) ?? [];
    if (kind !== undefined && name !== undefined) {
      const key = `${kind} ${name}`;
      assert.ok(!seen.has(key), key);
      seen.add(key);
      if (kind === "TYPE") assert.equal(name, family);
      family = name;
      continue;
    }
    const match = /^([a-z_]+?)(?:\{(.*)\})? (\S+)$/.exec(line);
    assert.ok(match, line);
    assert.ok((match[1] ?? "").startsWith(family), line);
    assert.match(match[3] ?? "", /^-?\d+(\.\d+)?(e[+-]?\d+)?$/);
    series.push({
      name: match[1] ?? "",
      labels: parseLabels(match[2] ?? ""),
      value: Number(match[3]),
    });
  }
  return series;
}

function valuesOf(series: readonly Series[], name: string): number[] {
  return series.filter((one) => one.name === name).map(({ value }) => value);
}

Deno.test("a verified peer tells success, phases, address and TLS", () => {
  const series = parse(prometheusText([VERIFIED_TLS]));
  assert.deepEqual(valuesOf(series, "probe_success"), [1]);
  assert.deepEqual(valuesOf(series, "probe_ip_protocol"), [6]);
  assert.deepEqual(valuesOf(series, "dicom_probe_total_seconds"), [0.0485]);
  assert.deepEqual(valuesOf(series, "probe_dns_lookup_time_seconds"), [0.0012]);
  // 2026-12-14T12:00:00Z
  assert.deepEqual(
    valuesOf(series, "probe_ssl_earliest_cert_expiry"),
    [1797249600],
  );
  assert.deepEqual(
    series.filter(({ name }) => name === "probe_duration_seconds")
      .map(({ labels, value }) => [labels["phase"], value]),
    [
      ["lookup", 0.0012],
      ["connect", 0.0008],
      ["tls", 0.021],
      ["association", 0.0065],
      ["echo", 0.002345],
      ["release", 0.0015],
    ],
  );
  const labelOf = (name: string, label: string): string | undefined =>
    series.find((one) => one.name === name)?.labels[label];
  assert.equal(labelOf("probe_tls_version_info", "version"), "TLS 1.3");
  assert.equal(
    labelOf("probe_tls_cipher_info", "cipher"),
    "TLS_AES_128_GCM_SHA256",
  );
  assert.equal(labelOf("probe_success", "target"), "archive.example:2762");
});

Deno.test("round trips are a summary in seconds", () => {
  const series = parse(prometheusText([VERIFIED_TLS]));
  assert.deepEqual(
    series.filter(({ name }) => name === "dicom_echo_latency_seconds")
      .map(({ labels, value }) => [labels["quantile"], value]),
    [["0", 0.001], ["0.5", 0.005], ["0.95", 0.01], ["0.99", 0.01], [
      "1",
      0.01,
    ]],
  );
  assert.deepEqual(valuesOf(series, "dicom_echo_latency_seconds_sum"), [0.055]);
  assert.deepEqual(valuesOf(series, "dicom_echo_latency_seconds_count"), [10]);
});

Deno.test("a failure tells stage and cause, and nothing that is not known", () => {
  const series = parse(prometheusText([REFUSED]));
  assert.deepEqual(valuesOf(series, "probe_success"), [0]);
  const failure = series.find(({ name }) =>
    name === "dicom_probe_failure_info"
  );
  assert.equal(failure?.labels["stage"], "connect");
  assert.equal(failure?.labels["cause"], "refused");
  for (
    const name of [
      "probe_ip_protocol",
      "probe_ssl_earliest_cert_expiry",
      "dicom_peer_implementation_info",
      "dicom_echo_latency_seconds_count",
    ]
  ) assert.deepEqual(valuesOf(series, name), [], name);
});

Deno.test("many peers share one HELP and TYPE a family, no series comes twice", () => {
  const text = prometheusText([VERIFIED, VERIFIED, VERIFIED_TLS, ...FAILURES]);
  const series = parse(text);
  assert.equal(valuesOf(series, "probe_success").length, FAILURES.length + 3);
  const keys = series.map(({ name, labels }) => name + JSON.stringify(labels));
  assert.equal(new Set(keys).size, keys.length);
});

Deno.test("hostile text stays inside of its label", () => {
  fc.assert(fc.property(
    fc.array(HOSTILE_RESULT, { maxLength: 3 }),
    (results) => {
      const text = prometheusText(results);
      assert.doesNotMatch(text, DANGEROUS);
      assert.equal(
        valuesOf(parse(text), "probe_success").length,
        results.length,
      );
    },
  ));
});

Deno.test("a family without samples is left out, odd values are spelt", () => {
  const family = { name: "x", type: "gauge", help: "a\\b\nc" } as const;
  assert.equal(exposition([{ ...family, samples: [] }]), "");
  assert.equal(
    exposition([{
      ...family,
      samples: [NaN, Infinity, -Infinity, 1e21].map((value) => ({
        labels: {},
        value,
      })),
    }]),
    "# HELP x a\\\\b\\nc\n# TYPE x gauge\nx NaN\nx +Inf\nx -Inf\nx 1e+21\n",
  );
});
