import assert from "node:assert/strict";
import { parseCertificate } from "../../lib/x509/certificate.ts";
import { chainCondition } from "../../lib/x509/problem.ts";
import type { ChainProblem } from "../../lib/x509/types.ts";
import { authority, issue } from "../support/certificates.ts";

const root = authority({ name: "root" });
const now = new Date("2026-11-24T12:00:00Z");
const certificate = await parseCertificate(
  issue(root, {
    name: "pacs",
    dns: ["a.test\u202e"],
    notBefore: new Date("2026-01-01T00:00:00Z"),
    notAfter: new Date("2026-11-20T00:00:00Z"),
  }).der,
);

const PREFIX = "X.509 certificate verification error - ";

/** Each problem with its code and how its text goes on. */
const TEXTS: readonly (readonly [ChainProblem, string, string])[] = [
  [
    { kind: "expired", certificate },
    "000b:040a",
    "certificate has expired: /CN=pacs has expired on 2026-11-20 00:00:00 UTC, " +
    "4 days ago; it must be renewed",
  ],
  [
    { kind: "not-yet-valid", certificate },
    "000b:0409",
    "certificate is not yet valid: /CN=pacs is valid from 2026-01-01",
  ],
  [
    { kind: "unknown-issuer", certificate },
    "000b:0414",
    "unable to get local issuer certificate: the issuer of /CN=pacs is not " +
    "known (it has expired on 2026-11-20 00:00:00 UTC as well); give the " +
    "certificate of /CN=root with +cf",
  ],
  [
    { kind: "unknown-issuer", certificate, given: true },
    "000b:0402",
    "unable to get issuer certificate: /CN=pacs is trusted but no root",
  ],
  [
    { kind: "self-signed", certificate },
    "000b:0412",
    "self signed certificate: /CN=pacs is signed by itself and not trusted; " +
    "if its SHA-256 fingerprint is that of the peer, " +
    `${certificate.fingerprint}, give it with +cf`,
  ],
  [
    { kind: "untrusted-root", certificate },
    "000b:0413",
    "self signed certificate in certificate chain: the root /CN=pacs",
  ],
  [
    { kind: "revoked", certificate, since: now, reason: "keyCompromise" },
    "000b:0417",
    "certificate revoked: /CN=pacs was revoked on 2026-11-24 12:00:00 UTC " +
    "(keyCompromise)",
  ],
  [
    { kind: "no-crl", certificate },
    "000b:0403",
    "unable to get certificate CRL: there is no revocation list of /CN=root " +
    "for /CN=pacs; give it with +crl",
  ],
  [
    { kind: "crl-expired", certificate, date: certificate.notAfter },
    "000b:040c",
    "CRL has expired: the revocation list of /CN=root has expired on " +
    "2026-11-20 00:00:00 UTC, 4 days ago",
  ],
  [
    { kind: "wrong-name", certificate, wanted: "b.test" },
    "000b:043e",
    "Hostname mismatch: /CN=pacs is for a.test",
  ],
  [
    { kind: "wrong-name", certificate, wanted: "10.0.0.1" },
    "000b:0440",
    "IP address mismatch: ",
  ],
  [
    { kind: "not-an-authority", certificate },
    "000b:044f",
    "invalid CA certificate: ",
  ],
  [
    {
      kind: "not-an-authority",
      certificate,
      name: { text: "evil.test\n", is: "not-permitted" },
    },
    "000b:042f",
    "permitted subtree violation: /CN=pacs may not issue for evil.test\\x0a by " +
    "its name constraints; the peer needs",
  ],
  [
    {
      kind: "not-an-authority",
      certificate,
      name: { text: "10.0.0.1", is: "excluded" },
    },
    "000b:0430",
    "excluded subtree violation: /CN=pacs may not issue for 10.0.0.1 by",
  ],
  [{ kind: "no-certificate" }, "000b:0401", "unspecified: the peer has shown"],
  [
    { kind: "unreadable", detail: "not DER" },
    "000b:0401",
    "unspecified: not DER",
  ],
  [
    { kind: "bad-signature", certificate },
    "000b:0407",
    "certificate signature failure: the signature of /CN=pacs is not by the " +
    "key of /CN=root",
  ],
  [
    { kind: "path-too-long", certificate },
    "000b:0416",
    "certificate chain too long: ",
  ],
  [
    { kind: "wrong-usage", certificate, purpose: "server" },
    "000b:041a",
    "unsupported certificate purpose: /CN=pacs is not for TLS servers by its " +
    "key usage or extended key usage; the peer needs one with serverAuth",
  ],
  [
    { kind: "wrong-usage", certificate, purpose: "client" },
    "000b:041a",
    "unsupported certificate purpose: /CN=pacs is not for TLS clients by its " +
    "key usage or extended key usage; the peer needs one with clientAuth",
  ],
  [
    { kind: "unknown-extension", certificate, oid: "1.2.3" },
    "000b:0422",
    "unhandled critical extension: /CN=pacs has the extension 1.2.3",
  ],
  [
    { kind: "crl-not-yet-valid", certificate, date: now },
    "000b:040b",
    "CRL is not yet valid: the revocation list of /CN=root is valid from " +
    "2026-11-24 12:00:00 UTC",
  ],
  [
    { kind: "crl-bad-signature", certificate },
    "000b:0408",
    "CRL signature failure: the revocation list is not signed by the key of " +
    "/CN=root",
  ],
  [
    { kind: "crl-bad-signature", certificate, notForLists: true },
    "000b:0423",
    "key usage does not include CRL signing: /CN=root is not allowed",
  ],
  [
    { kind: "too-weak", certificate, detail: "signature with SHA1" },
    "000b:0444",
    "CA signature digest algorithm too weak: /CN=pacs is too weak: " +
    "signature with SHA1; the peer",
  ],
  [
    {
      kind: "too-weak",
      certificate,
      detail: "Weak certificate hash key: SHA-256 is required, not 'SHA1'",
    },
    "000b:0444",
    "CA signature digest algorithm too weak: /CN=pacs is too weak: " +
    "Weak certificate hash key: SHA-256",
  ],
  [
    { kind: "too-weak", certificate, detail: "RSA key of 1024 bits" },
    "000b:0442",
    "EE certificate key too weak: /CN=pacs is too weak: RSA key of 1024 bits",
  ],
];

for (const [problem, code, text] of TEXTS) {
  const what = "purpose" in problem ? `, ${problem.purpose}` : "";
  Deno.test(`what is said of ${problem.kind}, ${code}${what}`, () => {
    const condition = chainCondition(problem, now);
    assert.equal(condition.code, code);
    assert.equal(
      condition.text.slice(0, PREFIX.length + text.length),
      PREFIX + text,
    );
  });
}

Deno.test("what a certificate says cannot harm a terminal", () => {
  const { text } = chainCondition(
    { kind: "wrong-name", certificate, wanted: "b\n.test" },
    now,
  );
  assert.doesNotMatch(text, /\p{C}/u);
  assert.match(text, /not for b\\x0a\.test$/);
});
