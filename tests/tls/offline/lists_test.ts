import assert from "node:assert/strict";
import {
  cipherSuiteList,
  type Installation,
  profileList,
} from "../../../lib/tls/offline/lists.ts";
import { SUITES, VERSIONS } from "../../../lib/tls/policy/suites.ts";

const ALONE: Installation = {
  runtime: "Deno 2.9.6",
  openssl: { kind: "missing", reason: "none is installed" },
};
/** Without 3DES and the static ECDH suites, as they come. */
const BOTH: Installation = {
  runtime: "Deno 2.9.6",
  openssl: {
    kind: "found",
    program: {
      path: "/usr/bin/openssl",
      title: "OpenSSL 3.0.19 27 Jan 2026",
      version: { major: 3, minor: 0 },
      ability: {
        versions: VERSIONS,
        suites: SUITES.map(({ name }) => name)
          .filter((name) => !/3DES|_ECDH_/.test(name)),
      },
    },
  },
};

function suites(installation: Installation): string[] {
  const lines = cipherSuiteList(installation);
  const start = lines.indexOf("Supported TLS ciphersuites are:");
  assert.ok(start > 0);
  return lines.slice(start + 1);
}

Deno.test("each suite is on a line that begins with its name, then by whom", () => {
  const lines = suites(BOTH).map((line) => line.replaceAll(/ +/g, " "));
  assert.equal(lines.length, SUITES.length - 1 - 12);
  assert.ok(lines.includes(" TLS_RSA_WITH_NULL_SHA openssl"));
  assert.ok(
    lines.includes(" TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 built-in, openssl"),
  );
  for (const line of suites(BOTH)) assert.match(line, /^ {2}TLS_\w+ +\S/);
});

Deno.test("without a program only what the runtime has is listed, and why", () => {
  assert.equal(suites(ALONE).length, 9);
  assert.match(
    cipherSuiteList(ALONE)[0] ?? "",
    /Deno 2\.9\.6 \(built-in\), no openssl program: none is installed$/,
  );
});

Deno.test("profiles are listed with their titles and what there is of them", () => {
  assert.deepEqual(profileList(BOTH).slice(2), [
    "Supported TLS Secure Transport Connection Profiles are:",
    "- BCP 195 RFC 8996 TLS Profile (default): built-in, openssl",
    "- Modified BCP 195 RFC 8996 TLS Profile: built-in (9 of 15 suites), " +
    "openssl",
    "- Non-downgrading BCP 195 TLS Profile (retired): " +
    "built-in (5 of 7 suites), openssl",
    "- BCP 195 TLS Profile (retired): built-in (5 of 9 suites), " +
    "openssl (8 of 9 suites)",
    "- Extended BCP 195 TLS Profile (retired): built-in (4 of 6 suites), " +
    "openssl",
    "- AES TLS Secure Transport Connection Profile (retired): " +
    "openssl (1 of 2 suites)",
    "- Authenticated unencrypted communication (retired): openssl",
  ]);
});

Deno.test("profiles of which there is nothing are left out", () => {
  const text = profileList(ALONE).join("\n");
  assert.doesNotMatch(text, /AES TLS|Basic|unencrypted/);
  assert.match(text, /RFC 8996/);
});
