import assert from "node:assert/strict";
import { formatCondition } from "../../lib/base/condition.ts";
import type { EngineFailure } from "../../lib/tls/failure.ts";
import {
  certificateCondition,
  failureCondition,
  runtimeCondition,
} from "../../lib/tls/failure-condition.ts";

function alert(
  description: number,
  more: { ours?: boolean; after?: boolean; first?: boolean } = {},
): EngineFailure {
  return { kind: "alert", description, ours: false, after: false, ...more };
}

const DEMAND = "the peer demands a client certificate: use +tls KEY CERT";
const COMMON = "see +ph and +cs for what can be offered";

const CASES: readonly (readonly [EngineFailure, string, string])[] = [
  [
    alert(116),
    "000b:0c5c TLS error: tlsv13 alert certificate required",
    DEMAND,
  ],
  [
    alert(116, { after: true }),
    "000b:0c5c TLS error: tlsv13 alert certificate required",
    DEMAND,
  ],
  [alert(42), "000b:0c12 TLS error: sslv3 alert bad certificate", DEMAND],
  [
    alert(40, { first: false }),
    "000b:0c10 TLS error: sslv3 alert handshake failure",
    DEMAND,
  ],
  [
    alert(40, { first: true }),
    "000b:0c10 TLS error: sslv3 alert handshake failure",
    `the peer has no suite or version that was offered: ${COMMON}`,
  ],
  [
    alert(40),
    "000b:0c10 TLS error: sslv3 alert handshake failure",
    `the peer has no suite or version that was offered: ${COMMON}; ` +
    "or +tls, if it wants a certificate",
  ],
  [
    alert(70, { first: true }),
    "000b:0c2e TLS error: tlsv1 alert protocol version",
    `the peer has no TLS version that was offered: ${COMMON}`,
  ],
  [
    alert(71),
    "000b:0c2f TLS error: tlsv1 alert insufficient security",
    `no suite that was offered is secure enough for the peer: ${COMMON}`,
  ],
  [
    alert(48, { ours: true }),
    "000b:0c18 TLS error: tlsv1 alert unknown ca",
    "the peer does not accept our certificate, it does not trust its issuer: " +
    "let it trust the one of +tls, or use another",
  ],
  [
    alert(80),
    "000b:0c38 TLS error: tlsv1 alert internal error",
    "the peer gave up TLS with the alert internal_error (80): " +
    "its log may say more",
  ],
  [
    alert(200),
    "000b:0cb0 TLS error: OpenSSL error",
    "the peer gave up TLS with the alert unknown (200): " +
    "its log may say more",
  ],
  [
    {
      kind: "not-allowed",
      version: "TLSv1.2",
      suite: "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    },
    "000b:000a Ciphersuite not allowed in current DICOM security profile",
    "the peer chose TLSv1.2 with TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256: " +
    "use +cs TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, " +
    "or a profile that has it (+ph)",
  ],
  [
    { kind: "not-tls", protocol: "DICOM", bytes: Uint8Array.of(7) },
    "000b:090b TLS error: wrong version number",
    "the peer speaks plain DICOM on this port: leave out +tls and +tla",
  ],
  [
    { kind: "not-tls", protocol: "HTTP", bytes: Uint8Array.of(0x48) },
    "000b:090b TLS error: wrong version number",
    "the peer speaks HTTP on this port, not TLS: check the port",
  ],
  [
    { kind: "not-tls", protocol: "unknown", bytes: Uint8Array.of(0, 0x1b) },
    "000b:090b TLS error: wrong version number",
    "the peer does not speak TLS, it answers 00 1b: check the port",
  ],
  [
    { kind: "closed", reset: false },
    "000b:0926 TLS error: unexpected eof while reading",
    "the peer closed the connection in the TLS handshake, no reason given: " +
    "if it speaks plain DICOM, leave out +tls and +tla",
  ],
  [
    { kind: "closed", reset: true },
    "000b:0017 OpenSSL I/O error (SSL_ERROR_SYSCALL)",
    "the peer closed the connection in the TLS handshake, no reason given: " +
    "if it speaks plain DICOM, leave out +tls and +tla",
  ],
  [
    { kind: "timeout" },
    "000b:000b TLS read operation did not complete (SSL_ERROR_WANT_READ)",
    "the TLS handshake took too long: see -to",
  ],
  [
    { kind: "unavailable", wanted: "TLSv1" },
    "000b:0001 Unable to create TLS transport layer",
    "this installation has no TLS for TLSv1: " +
    "install the openssl program, or see +cc for what there is",
  ],
  [
    { kind: "unavailable", wanted: "TLSv1", lacking: true },
    "000b:0001 Unable to create TLS transport layer",
    "this installation has no TLS for TLSv1: neither the runtime nor the " +
    "openssl program that is installed has it, see +cc for what there is",
  ],
  [
    { kind: "unproven", detail: "it is not X.509 version 3" },
    "000b:0886 TLS error: certificate verify failed",
    "whether the peer has the key of its certificate cannot be checked " +
    "(it is not X.509 version 3): install the openssl program",
  ],
  [
    { kind: "protocol", detail: "bad\x1b[2Jwords" },
    "000b:0014 Other TLS error (unknown SSL_ERROR code)",
    "TLS found a fault: bad\\x1b[2Jwords",
  ],
];

for (const [failure, line, cause] of CASES) {
  const { bytes: _, ...named } = { bytes: undefined, ...failure };
  Deno.test(`the condition of ${JSON.stringify(named)}`, () => {
    const [first, second, ...more] = formatCondition(failureCondition(failure))
      .split("\n");
    assert.equal(first, line);
    assert.match(second ?? "", /^000b:0f[0-9a-f]{2} /);
    assert.equal(second?.slice("000b:0f00 ".length), cause);
    assert.deepEqual(more, []);
  });
}

Deno.test("all alerts there can be are one line and what it means", () => {
  for (let number = 0; number < 256; number++) {
    for (const ours of [false, true]) {
      const text = formatCondition(failureCondition(alert(number, { ours })));
      assert.match(text, /^000b:0[bc][\da-f]{2} TLS error: .+\n000b:0f.+$/);
    }
  }
});

Deno.test("the words of an engine do not fill the screen", () => {
  const detail = "x".repeat(100_000);
  const text = formatCondition(failureCondition({ kind: "protocol", detail }));
  assert.ok(text.length < 400);
});

Deno.test("problems with a certificate stand under the reference's condition", () => {
  assert.equal(
    formatCondition(certificateCondition("expired since then")),
    "000b:0886 TLS error: certificate verify failed\n" +
      "000b:0f01 expired since then",
  );
});

Deno.test("a runtime that does not verify is refused in words", () => {
  const [, cause] = formatCondition(runtimeCondition("2.6.8")).split("\n");
  assert.match(cause ?? "", /Deno 2\.6\.8 does not verify .* 2\.8 or later$/);
});
