import assert from "node:assert/strict";
import {
  suiteByName,
  suiteByOpensslName,
  SUITES,
} from "../../../lib/tls/policy/suites.ts";

/** What `echoscu +cc` of DCMTK 3.6.7 lists, but for what is in all lists. */
const OF_THE_REFERENCE = `
  RSA_WITH_NULL_SHA RSA_WITH_AES_128_CBC_SHA RSA_WITH_CAMELLIA_128_CBC_SHA
  RSA_WITH_AES_128_CBC_SHA256 RSA_WITH_AES_128_GCM_SHA256
  RSA_WITH_CAMELLIA_256_CBC_SHA RSA_WITH_AES_256_CBC_SHA
  RSA_WITH_AES_256_CBC_SHA256 RSA_WITH_AES_256_GCM_SHA384
  ECDHE_ECDSA_WITH_AES_128_CBC_SHA ECDHE_RSA_WITH_AES_128_CBC_SHA
  ECDHE_ECDSA_WITH_AES_128_CBC_SHA256 ECDHE_RSA_WITH_AES_128_CBC_SHA256
  ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 ECDHE_RSA_WITH_AES_128_GCM_SHA256
  DHE_DSS_WITH_AES_128_CBC_SHA DHE_DSS_WITH_CAMELLIA_128_CBC_SHA
  DHE_RSA_WITH_AES_128_CBC_SHA DHE_RSA_WITH_CAMELLIA_128_CBC_SHA
  DHE_DSS_WITH_AES_128_CBC_SHA256 DHE_RSA_WITH_AES_128_CBC_SHA256
  DHE_DSS_WITH_AES_128_GCM_SHA256 DHE_RSA_WITH_AES_128_GCM_SHA256
  ECDHE_ECDSA_WITH_AES_256_CBC_SHA ECDHE_RSA_WITH_AES_256_CBC_SHA
  ECDHE_ECDSA_WITH_AES_256_CBC_SHA384 ECDHE_RSA_WITH_AES_256_CBC_SHA384
  ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
  ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256
  ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 ECDHE_RSA_WITH_AES_256_GCM_SHA384
  DHE_DSS_WITH_AES_256_CBC_SHA DHE_RSA_WITH_AES_256_CBC_SHA
  DHE_DSS_WITH_CAMELLIA_256_CBC_SHA DHE_RSA_WITH_CAMELLIA_256_CBC_SHA
  DHE_DSS_WITH_AES_256_CBC_SHA256 DHE_RSA_WITH_AES_256_CBC_SHA256
  DHE_RSA_WITH_CHACHA20_POLY1305_SHA256
  DHE_DSS_WITH_AES_256_GCM_SHA384 DHE_RSA_WITH_AES_256_GCM_SHA384
  RSA_WITH_3DES_EDE_CBC_SHA
`.trim().split(/\s+/).map((name) => `TLS_${name}`);

Deno.test("every suite of the reference is known", () => {
  for (const name of OF_THE_REFERENCE) assert.ok(suiteByName(name), name);
});

Deno.test("no two suites share a name", () => {
  assert.equal(new Set(SUITES.map(({ name }) => name)).size, SUITES.length);
  assert.equal(
    new Set(SUITES.map(({ openssl }) => openssl)).size,
    SUITES.length,
  );
  for (const suite of SUITES) {
    assert.equal(suiteByOpensslName(suite.openssl), suite);
  }
});

Deno.test("a suite is what its name says", () => {
  const facts = (
    [
      ["TLS_RSA_WITH_NULL_SHA", "RSA", "RSA", 3, "sha1"],
      ["TLS_RSA_WITH_3DES_EDE_CBC_SHA", "RSA", "RSA", 3, "enc cbc sha1"],
      ["TLS_DHE_DSS_WITH_AES_128_CBC_SHA256", "DHE", "DSS", 1, "enc cbc"],
      ["TLS_ECDH_RSA_WITH_AES_128_GCM_SHA256", "ECDH", "RSA", 1, "enc"],
      ["TLS_ECDHE_ECDSA_WITH_AES_256_CCM", "ECDHE", "ECDSA", 1, "enc"],
      [
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "ECDHE",
        "RSA",
        1,
        "enc built-in",
      ],
      ["TLS_AES_128_GCM_SHA256", "any", "any", 1, "enc built-in"],
      ["TLS_AES_128_CCM_8_SHA256", "any", "any", 1, "enc"],
    ] as const
  ).map((fact) => [...fact]);
  for (const fact of facts) {
    const suite = suiteByName(String(fact[0]));
    assert.ok(suite !== undefined);
    const marks = [
      ...(suite.encrypts ? ["enc"] : []),
      ...(suite.cbc ? ["cbc"] : []),
      ...(suite.sha1 ? ["sha1"] : []),
      ...(suite.builtIn ? ["built-in"] : []),
    ].join(" ");
    assert.deepEqual([
      suite.name,
      suite.keyExchange,
      suite.authentication,
      suite.versions.length,
      marks,
    ], fact);
  }
});

Deno.test("the runtime has nine suites, all with ECDHE or of TLS 1.3", () => {
  const builtIn = SUITES.filter(({ builtIn }) => builtIn);
  assert.equal(builtIn.length, 9);
  for (const { name } of builtIn) {
    assert.match(
      name,
      /^TLS_(ECDHE_.*_(GCM|POLY1305)|AES_.*_GCM|CHACHA20_POLY1305)_/,
    );
  }
});
