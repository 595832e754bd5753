import assert from "node:assert/strict";
import type { LoadedTls } from "../../../lib/tls/files/load.ts";
import { loadTls } from "../../../lib/tls/files/load.ts";
import {
  isRootCertificate,
  type OfflineVerdict,
  verifyCertificate,
} from "../../../lib/tls/offline/offline.ts";
import type { TlsSettings } from "../../../lib/tls/settings.ts";
import { fakeFiles } from "../../cli/fake-files.ts";
import {
  authority,
  crl,
  DAY,
  issue,
  selfSigned,
} from "../../support/certificates.ts";
import { NO_TERMINAL, tlsSettings } from "../setup.ts";

const ROOT = authority({ name: "Root" });
const BETWEEN = issue(ROOT, { name: "Between", ca: true });
const LEAF = issue(BETWEEN, { name: "leaf" });
const DEVICE = selfSigned({ name: "device" });
const OLD = authority({
  name: "Old",
  notAfter: new Date(Date.now() - DAY / 2),
});

const FILES = fakeFiles({
  root: ROOT.pem,
  "root.der": ROOT.der,
  between: BETWEEN.pem,
  leaf: LEAF.pem,
  chain: LEAF.pem + BETWEEN.pem,
  device: DEVICE.pem,
  old: OLD.pem,
  revoked: crl(BETWEEN, [LEAF]).pem,
  text: "text",
  folder: null,
});

async function verified(
  file: string,
  changes: Partial<TlsSettings> = {},
): Promise<OfflineVerdict> {
  const settings = tlsSettings(changes);
  const now = new Date();
  const loaded: LoadedTls = await loadTls(
    settings,
    FILES,
    NO_TERMINAL,
    now,
    "offline",
  );
  return await verifyCertificate(file, settings, loaded, FILES, now);
}

async function root(
  file: string,
  fileFormat: "pem" | "der" = "pem",
): Promise<OfflineVerdict> {
  return await isRootCertificate(file, { fileFormat }, FILES, new Date());
}

Deno.test("a certificate passes that leads to an anchor", async () => {
  const certificateFiles = ["root"];
  for (
    const verdict of [
      await verified("chain", { certificateFiles }),
      await verified("leaf", { certificateFiles: ["root", "between"] }),
      await verified("root", { certificateFiles }),
      await verified("device", { certificateFiles: ["device"] }),
    ]
  ) {
    assert.ok(verdict.good);
    assert.match(
      verdict.output,
      /^Verification of certificate '\w+' passed\.$/,
    );
    assert.deepEqual(verdict.errors, []);
  }
});

Deno.test("a certificate that fails does so with the reference's line and its cause", async () => {
  const cases = [
    [
      "leaf",
      { certificateFiles: ["root"] },
      "unable to get local issuer certificate",
      /\/CN=Between/,
    ],
    ["device", {}, "self-signed certificate", /signed by itself/],
    ["chain", {}, "unable to get local issuer certificate", /\/CN=Root/],
    [
      "old",
      { certificateFiles: ["old"] },
      "certificate has expired",
      /has expired on/,
    ],
    [
      "chain",
      { certificateFiles: ["root"], crlFiles: ["revoked"], revocation: "leaf" },
      "certificate revoked",
      /was revoked on/,
    ],
    [
      "chain",
      { certificateFiles: ["root"], revocation: "leaf" },
      "unable to get certificate CRL",
      /\+crl/,
    ],
  ] as const;
  for (const [file, changes, words, cause] of cases) {
    const { good, output, errors } = await verified(file, changes);
    assert.ok(!good);
    assert.equal(output, `Verification of certificate '${file}' failed.`);
    assert.equal(errors[0], `certificate verification failed: ${words}`);
    assert.match(errors[1] ?? "", cause);
    assert.equal(errors.length, 2);
  }
});

Deno.test("a file that cannot be verified is told apart as by the reference", async () => {
  const cases = [
    ["none", "pem", "Cannot open certificate file 'none'"],
    ["folder", "pem", "Not a PEM certificate file: 'folder'"],
    ["text", "pem", "Not a PEM certificate file: 'text'"],
    ["root.der", "pem", "Not a PEM certificate file: 'root.der'"],
    ["root", "der", "Not a DER certificate file: 'root'"],
  ] as const;
  for (const [file, fileFormat, error] of cases) {
    const { good, output, errors } = await verified(file, { fileFormat });
    assert.ok(!good);
    assert.equal(output, `Verification of certificate '${file}' failed.`);
    assert.equal(errors[0], error);
    assert.equal(errors.length, 2);
  }
});

Deno.test("what signs itself is a root, as the reference has it", async () => {
  for (const file of ["root", "device"]) {
    assert.deepEqual(await root(file), {
      good: true,
      output: `Certificate '${file}' is a valid, self-signed root CA.`,
      errors: [],
    });
  }
  assert.ok((await root("root.der", "der")).good);
});

Deno.test("what is no root, or no certificate, says so and why", async () => {
  const cases = [
    ["leaf", [/000b:0414 .*\/CN=Between/]],
    ["old", [/000b:040a .*has expired on/]],
    ["none", [/^Cannot read certificate file 'none'$/, /no such file/]],
    ["text", [/^Cannot read certificate file 'text'$/, /no certificate in/]],
    ["root.der", [/^Cannot read certificate file 'root.der'$/, /try -der/]],
  ] as const;
  for (const [file, expected] of cases) {
    const { good, output, errors } = await root(file);
    assert.ok(!good);
    assert.equal(
      output,
      `Certificate '${file}' is not a valid, self-signed root CA.`,
    );
    assert.equal(errors.length, expected.length);
    for (const [at, pattern] of expected.entries()) {
      assert.match(errors[at] ?? "", pattern);
    }
  }
});
