import assert from "node:assert/strict";
import {
  BUILT_IN,
  offersMore,
  partOf,
  type PolicyFault,
  type TlsPolicy,
  tlsPolicy,
} from "../../../lib/tls/policy/policy.ts";
import type { TlsProfile } from "../../../lib/tls/settings.ts";

function policy(profile: TlsProfile, ...cipherSuites: string[]): TlsPolicy {
  const result = tlsPolicy({ profile, cipherSuites });
  if ("policy" in result) return result.policy;
  return assert.fail(result.fault.condition.text);
}

function fault(profile: TlsProfile, ...cipherSuites: string[]): PolicyFault {
  const result = tlsPolicy({ profile, cipherSuites });
  return "fault" in result ? result.fault : assert.fail("there is a policy");
}

const NEW = ["TLSv1.3", "TLSv1.2"];
const OLD = ["TLSv1.2", "TLSv1.1", "TLSv1"];
const TLS13 = [
  "TLS_AES_128_GCM_SHA256",
  "TLS_AES_256_GCM_SHA384",
  "TLS_CHACHA20_POLY1305_SHA256",
];
const RSA_128 = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
const RSA_256 = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384";
const DHE_128 = "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256";
const DHE_256 = "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384";
const ECDSA_128 = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
const ECDSA_256 = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
const AES_CBC = "TLS_RSA_WITH_AES_128_CBC_SHA";
const DES = "TLS_RSA_WITH_3DES_EDE_CBC_SHA";
const NULL = "TLS_RSA_WITH_NULL_SHA";

const FACTS: readonly (readonly [
  TlsProfile,
  readonly string[],
  readonly string[],
])[] = [
  ["8996", NEW, [...TLS13, RSA_128, RSA_256, ECDSA_128, ECDSA_256]],
  ["8996-mod", NEW, [
    ...TLS13,
    "TLS_AES_128_CCM_SHA256",
    "TLS_AES_128_CCM_8_SHA256",
    RSA_128,
    RSA_256,
    ECDSA_128,
    ECDSA_256,
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_128_CCM",
    "TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8",
    "TLS_ECDHE_ECDSA_WITH_AES_256_CCM",
    "TLS_ECDHE_ECDSA_WITH_AES_256_CCM_8",
  ]],
  ["bcp195-nd", NEW, [...TLS13, RSA_128, RSA_256, DHE_128, DHE_256]],
  ["bcp195", ["TLSv1.3", ...OLD], [
    ...TLS13,
    RSA_128,
    RSA_256,
    DHE_128,
    DHE_256,
    AES_CBC,
    DES,
  ]],
  ["bcp195-ex", ["TLSv1.2"], [
    RSA_128,
    RSA_256,
    DHE_128,
    DHE_256,
    ECDSA_128,
    ECDSA_256,
  ]],
  ["basic", OLD, [DES]],
  ["aes", OLD, [AES_CBC, DES]],
  ["null", OLD, [NULL]],
];

for (const [profile, versions, suites] of FACTS) {
  Deno.test(`profile ${profile} offers its versions and suites`, () => {
    const { offer } = policy(profile);
    assert.deepEqual(offer.versions, versions);
    assert.deepEqual(offer.suites.toSorted(), suites.toSorted());
  });
}

Deno.test("what was agreed on must be offered, both together", () => {
  const { isAllowed } = policy("bcp195");
  assert.ok(isAllowed("TLSv1.3", "TLS_AES_128_GCM_SHA256"));
  assert.ok(isAllowed("TLSv1", AES_CBC));
  assert.ok(!isAllowed("TLSv1", RSA_128), "not of this version");
  assert.ok(!isAllowed("TLSv1.2", "TLS_AES_128_GCM_SHA256"));
  assert.ok(!isAllowed("TLSv1.2", NULL));
  assert.ok(!isAllowed("SSLv3", AES_CBC));
  assert.ok(!policy("bcp195-nd").isAllowed("TLSv1.1", AES_CBC));
});

Deno.test("suites that are added are offered once, after the others", () => {
  const added = "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256";
  const { offer, warnings } = policy("8996", added, RSA_128, added);
  assert.equal(offer.suites.at(-1), added);
  assert.equal(new Set(offer.suites).size, offer.suites.length);
  assert.match(warnings[0] ?? "", /ephemeral finite-field Diffie-Hellman/);
});

Deno.test("a suite without a version of the profile is not offered", () => {
  assert.ok(
    !policy("aes", "TLS_AES_128_GCM_SHA256").offer.suites
      .includes("TLS_AES_128_GCM_SHA256"),
  );
});

Deno.test("suites that nobody should use come with the reference's warning", () => {
  assert.deepEqual(policy("bcp195-nd", AES_CBC).warnings, [
    `Ciphersuite '${AES_CBC}' uses RSA key transport. RFC 7525 recommends ` +
    "that such cipher suites should not be used.",
  ]);
  assert.equal(
    policy("8996", "TLS_RSA_WITH_AES_128_CBC_SHA256").warnings.length,
    2,
  );
  assert.deepEqual(policy("null", AES_CBC).warnings, []);
});

Deno.test("a suite without encryption is refused but by the profile for it", () => {
  const { condition, line } = fault("aes", NULL);
  assert.equal(condition.code, "000b:000a");
  assert.equal(
    line,
    `Unencrypted ciphersuite '${NULL}' not permitted with security profile ` +
      "'AES TLS Secure Transport Connection Profile'",
  );
  assert.ok(policy("null", NULL));
});

Deno.test("SHA-1 is refused by the profile of RFC 8996", () => {
  assert.match(fault("8996", AES_CBC).line ?? "", /using SHA-1 MAC not permit/);
});

Deno.test("a profile that takes no more suites refuses all of them", () => {
  assert.match(
    fault("8996-mod", RSA_128).line ?? "",
    /^Additional ciphersuites not permitted/,
  );
});

Deno.test("a suite that nobody knows is named, and where to look", () => {
  const { condition } = fault("8996", "TLS_FOO\x1b");
  assert.equal(condition.code, "0001:0007");
  assert.equal(condition.text, "Illegal call, perhaps wrong parameters");
  assert.match(condition.cause?.text ?? "", /: TLS_FOO\\x1b; .*\+cc/);
});

Deno.test("the name that OpenSSL has for a suite leads to the right one", () => {
  const { condition } = fault("8996", "ECDHE-RSA-AES128-GCM-SHA256");
  assert.match(condition.cause?.text ?? "", new RegExp(`; .*${RSA_128}$`));
});

Deno.test("the runtime's part of an offer has its versions and suites only", () => {
  assert.equal(partOf(policy("aes").offer, BUILT_IN), undefined);
  assert.equal(partOf(policy("null").offer, BUILT_IN), undefined);
  const part = partOf(policy("bcp195").offer, BUILT_IN);
  assert.deepEqual(part?.versions, NEW);
  assert.deepEqual(
    part?.suites.toSorted(),
    [...TLS13, RSA_128, RSA_256].toSorted(),
  );
});

Deno.test("another engine is worth trying if it has more", () => {
  const { offer } = policy("bcp195");
  const part = partOf(offer, BUILT_IN);
  assert.ok(offersMore(offer, part));
  assert.ok(offersMore(offer, undefined));
  assert.ok(!offersMore(policy("8996").offer, policy("8996").offer));
  assert.ok(part !== undefined && !offersMore(part, offer));
});
