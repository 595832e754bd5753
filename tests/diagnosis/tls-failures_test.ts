/** Every way in which TLS can fail has its code. */

import assert from "node:assert/strict";
import { PROBLEM_CODES } from "../../lib/diagnosis/certificate-causes.ts";
import type { CauseCode, Diagnosis } from "../../lib/result/types.ts";
import {
  certificateCondition,
  failureCondition,
  runtimeCondition,
} from "../../lib/tls/failure-condition.ts";
import type { EngineFailure } from "../../lib/tls/failure.ts";
import { parseCertificate } from "../../lib/x509/certificate.ts";
import { chainCondition } from "../../lib/x509/problem.ts";
import type { ChainProblem } from "../../lib/x509/types.ts";
import { issue } from "../support/certificates.ts";
import { ROOT } from "../tls/handshakes.ts";
import { diagnosisOf } from "./results.ts";

function tlsDiagnosis(failure: EngineFailure): Diagnosis {
  return diagnosisOf(
    "tls",
    { kind: "transport", fault: "tls" },
    failureCondition(failure),
    { tlsFailure: failure },
  );
}

function alert(description: number, ours = false, first = true): EngineFailure {
  return { kind: "alert", description, ours, after: false, first };
}

const FAILURES: readonly (readonly [EngineFailure, CauseCode])[] = [
  [alert(0), "tls-closed"],
  [alert(10), "tls-protocol"],
  [alert(40), "tls-nothing-in-common"],
  [alert(40, false, false), "tls-client-certificate-required"],
  [alert(40, true, false), "tls-client-certificate-refused"],
  [alert(42), "tls-client-certificate-required"],
  [alert(42, true), "tls-client-certificate-refused"],
  [alert(48, true), "tls-client-certificate-refused"],
  [alert(70), "tls-nothing-in-common"],
  [alert(71), "tls-nothing-in-common"],
  [alert(86), "tls-nothing-in-common"],
  [alert(112), "tls-protocol"],
  [alert(116), "tls-client-certificate-required"],
  [alert(200), "tls-protocol"],
  [{ kind: "not-allowed", version: "TLSv1.2", suite: "X" }, "tls-not-allowed"],
  [
    { kind: "not-tls", protocol: "DICOM", bytes: new Uint8Array(6) },
    "tls-on-plain-port",
  ],
  [
    { kind: "not-tls", protocol: "HTTP", bytes: new Uint8Array(6) },
    "not-tls",
  ],
  [
    { kind: "not-tls", protocol: "unknown", bytes: new Uint8Array(6) },
    "not-tls",
  ],
  [{ kind: "closed", reset: false }, "tls-closed"],
  [{ kind: "closed", reset: true }, "tls-closed"],
  [{ kind: "timeout" }, "tls-timeout"],
  [{ kind: "unavailable", wanted: "X" }, "tls-unavailable"],
  [{ kind: "unavailable", wanted: "X", lacking: true }, "tls-unavailable"],
  [{ kind: "unproven", detail: "X" }, "tls-unproven"],
  [{ kind: "protocol", detail: "X" }, "tls-protocol"],
  [
    { kind: "protocol", detail: "peer is incompatible: X" },
    "tls-nothing-in-common",
  ],
];

for (const [failure, code] of FAILURES) {
  const { kind, ...rest } = failure;
  const name = `${kind} ${Object.values(rest).join(" ")}`.trim();
  Deno.test(`a failure of TLS, ${name}, is ${code}`, () => {
    const diagnosis = tlsDiagnosis(failure);
    assert.equal(diagnosis.code, code);
    assert.equal(diagnosis.stage, "tls");
    assert.equal(diagnosis.transient, code === "tls-timeout");
  });
}

Deno.test("a runtime that does not verify is no TLS at all", () => {
  const { code } = diagnosisOf(
    "tls",
    { kind: "transport", fault: "tls" },
    runtimeCondition("2.0.0"),
  );
  assert.equal(code, "tls-unavailable");
});

Deno.test("an answer that is not TLS is shown where nobody knows it", () => {
  const bytes = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  const { cause } = tlsDiagnosis({
    kind: "not-tls",
    protocol: "unknown",
    bytes,
  });
  assert.match(cause, /something unknown \(01 02 03 04 05 06 07 08\)/);
});

Deno.test("without an openssl program it is to be installed first", () => {
  const failure = alert(70);
  const condition = failureCondition(failure);
  const next = (missing: boolean): string | undefined =>
    diagnosisOf(
      "tls",
      { kind: "transport", fault: "tls" },
      missing
        ? {
          ...condition,
          cause: {
            ...condition.cause ?? condition,
            cause: { code: "000b:0f06", text: "need the openssl program" },
          },
        }
        : condition,
      { tlsFailure: failure },
    ).next[0];
  assert.match(next(true) ?? "", /^Install the openssl program/);
  assert.doesNotMatch(next(false) ?? "", /openssl/);
});

const certificate = await parseCertificate(
  issue(ROOT, { name: "pacs", dns: ["pacs.test", "\x1b[31m.test"] }).der,
);

const PROBLEMS: readonly ChainProblem[] = [
  { kind: "no-certificate" },
  { kind: "unreadable", detail: "ends too soon\x1b[31m" },
  { kind: "expired", certificate },
  { kind: "not-yet-valid", certificate },
  { kind: "unknown-issuer", certificate },
  { kind: "unknown-issuer", certificate, given: true },
  { kind: "self-signed", certificate },
  { kind: "untrusted-root", certificate },
  { kind: "bad-signature", certificate },
  { kind: "not-an-authority", certificate },
  { kind: "path-too-long", certificate },
  { kind: "wrong-usage", certificate, purpose: "server" },
  { kind: "unknown-extension", certificate, oid: "1.2.3" },
  { kind: "revoked", certificate, since: new Date(0), reason: undefined },
  { kind: "no-crl", certificate },
  { kind: "crl-expired", certificate, date: new Date(0) },
  { kind: "crl-not-yet-valid", certificate, date: new Date(0) },
  { kind: "crl-bad-signature", certificate },
  { kind: "wrong-name", certificate, wanted: "pacs" },
  { kind: "too-weak", certificate, detail: "the key is short" },
];

Deno.test("every problem of a certificate is told in one line, with its code", () => {
  assert.deepEqual(
    new Set(PROBLEMS.map(({ kind }) => kind)),
    new Set(Object.keys(PROBLEM_CODES)),
  );
  for (const problem of PROBLEMS) {
    const { code, cause, next } = diagnosisOf(
      "tls",
      { kind: "transport", fault: "tls" },
      certificateCondition(chainCondition(problem, new Date())),
      { tlsFailure: { kind: "certificate", problem } },
    );
    assert.equal(code, PROBLEM_CODES[problem.kind]);
    assert.ok(next.length > 0);
    for (const line of [cause, ...next]) {
      assert.doesNotMatch(line, /[\p{Cc}\p{Cf}]|undefined|: $/u);
    }
  }
});

Deno.test("a revocation list is told from a missing one", () => {
  const cause = (problem: ChainProblem): string =>
    diagnosisOf(
      "tls",
      { kind: "transport", fault: "tls" },
      certificateCondition(chainCondition(problem, new Date())),
      { tlsFailure: { kind: "certificate", problem } },
    ).cause;
  assert.match(cause({ kind: "no-crl", certificate }), /unable to get/);
  assert.match(
    cause({ kind: "crl-expired", certificate, date: new Date(0) }),
    /CRL has expired$/,
  );
});
