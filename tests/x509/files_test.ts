import { concatenate } from "../../lib/base/writer.ts";
import assert from "node:assert/strict";
import fc from "fast-check";
import { parseCertificate } from "../../lib/x509/certificate.ts";
import { parseCrl } from "../../lib/x509/crl.ts";
import {
  readCertificates,
  readCrls,
  readTrustFile,
} from "../../lib/x509/files.ts";
import { findRevoked } from "../../lib/x509/revoked.ts";
import { X509Error } from "../../lib/x509/types.ts";
import { authority, crl, issue } from "../support/certificates.ts";
import { explicit, oid, pem, sequence, utf8 } from "../support/der.ts";
import { refused } from "./refused.ts";

const root = authority({ name: "root" });
const leaf = issue(root, { name: "leaf" });
const list = crl(root, [{ certificate: leaf, reason: 1 }]);

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

async function namesIn(text: string): Promise<(string | undefined)[]> {
  return (await readCertificates(bytes(text), "pem"))
    .map(({ commonName }) => commonName);
}

Deno.test("a bundle has several certificates, with text around them", async () => {
  const text = `subject=root\n${root.pem}\n\n# leaf\n${leaf.pem}the end`;
  assert.deepEqual(await namesIn(text), ["root", "leaf"]);
});

Deno.test("lines may end with CR LF, or with blanks", async () => {
  assert.deepEqual(await namesIn(root.pem.replaceAll("\n", "\r\n")), ["root"]);
  assert.deepEqual(await namesIn(root.pem.replaceAll("\n", "  \n")), ["root"]);
});

Deno.test("a private key beside the certificate is left alone", async () => {
  assert.deepEqual(await namesIn(leaf.keyPem + leaf.pem), ["leaf"]);
});

Deno.test("DER is read as well, but is one certificate", async () => {
  const [certificate] = await readCertificates(leaf.der, "der");
  assert.equal(certificate?.commonName, "leaf");
  await refused(
    () => readCertificates(concatenate([leaf.der, root.der]), "der"),
    /more than there should be/,
  );
});

Deno.test("a file without a certificate is refused", async () => {
  await refused(() => namesIn(""), /there is no certificate/);
  await refused(() => namesIn(leaf.keyPem), /there is no certificate/);
  await refused(() => readCertificates(bytes(leaf.pem), "der"), /tag 0x2d/);
  await refused(() => readCertificates(leaf.der, "pem"), /no certificate/);
  await refused(
    () => readCrls(bytes(leaf.pem), "pem"),
    /there is no revocation list/,
  );
});

Deno.test("one block that cannot be read spoils the file, and is named", async () => {
  const broken = pem("CERTIFICATE", leaf.der.subarray(0, 100));
  await refused(
    () => namesIn(`text\n${root.pem}${broken}`),
    new RegExp(`^CERTIFICATE at line ${root.pem.split("\n").length + 1}: `),
  );
  await refused(
    () => namesIn(leaf.pem.replace("MII", "M*I")),
    /CERTIFICATE at line 1: not base64/,
  );
  await refused(
    () => namesIn(root.pem.split("-----END")[0] + leaf.pem),
    /CERTIFICATE at line 1: its END line is missing/,
  );
  await refused(
    () => namesIn(root.pem.split("-----END")[0] ?? ""),
    /its END line is missing/,
  );
});

Deno.test("OpenSSL's trust settings are taken off, unless against servers", async () => {
  const trusted = (...settings: Uint8Array[]): string =>
    pem("TRUSTED CERTIFICATE", concatenate([root.der, ...settings]));
  const server = oid("1.3.6.1.5.5.7.3.1");
  const client = oid("1.3.6.1.5.5.7.3.2");
  assert.deepEqual(await namesIn(trusted()), ["root"]);
  assert.deepEqual(
    await namesIn(trusted(sequence(sequence(client, server), utf8("alias")))),
    ["root"],
  );
  assert.deepEqual(
    await namesIn(trusted(sequence(explicit(0, client)))),
    ["root"],
  );
  const against = /trust settings are against TLS servers/;
  await refused(() => namesIn(trusted(sequence(sequence(client)))), against);
  await refused(
    () => namesIn(trusted(sequence(explicit(0, server)))),
    against,
  );
});

Deno.test("a file of trust gives its revocation lists too", async () => {
  const { certificates, crls } = await readTrustFile(
    bytes(root.pem + list.pem),
    "pem",
  );
  assert.equal(certificates.length, 1);
  assert.equal(crls.length, 1);
});

Deno.test("a revocation list tells who is revoked since when and why", async () => {
  for (
    const read of [readCrls(bytes(list.pem), "pem"), readCrls(list.der, "der")]
  ) {
    const { crls: [found], skipped } = await read;
    assert.ok(found !== undefined);
    assert.equal(found.issuer.text, "/CN=root");
    const serial = leaf.serialNumber.toHex().toUpperCase();
    assert.equal(findRevoked(found, serial)?.reason, "keyCompromise");
    assert.equal(findRevoked(found, "4A"), undefined);
    assert.deepEqual(skipped, []);
  }
});

Deno.test("revocation lists that are not the whole truth are refused", async () => {
  const value = sequence();
  for (
    const [id, message] of [
      ["2.5.29.27", /a delta revocation list/],
      ["2.5.29.28", /for one distribution point/],
      ["1.2.3", /extension 1\.2\.3 is critical/],
    ] as const
  ) {
    const { der } = crl(root, [], {
      extensions: [{ oid: id, critical: true, value }],
    });
    await refused(() => parseCrl(der), message);
  }
  const indirect = crl(root, [{
    certificate: leaf,
    extensions: [{ oid: "2.5.29.29", critical: true, value }],
  }]);
  await refused(() => parseCrl(indirect.der), /2\.5\.29\.29 of an entry/);
});

Deno.test("whatever the bytes, there is a certificate or an X509Error", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(leaf.der.byteLength - 1),
      fc.nat(255),
      fc.boolean(),
      async (at, byte, cut) => {
        const bytes = leaf.der.slice(0, cut ? at : undefined);
        bytes[at] = byte;
        try {
          await parseCertificate(bytes);
        } catch (error) {
          assert.ok(error instanceof X509Error, String(error));
        }
      },
    ),
    { numRuns: 500 },
  );
});

Deno.test("whatever the bytes, there is a revocation list or an X509Error", () => {
  fc.assert(
    fc.property(
      fc.nat(list.der.byteLength - 1),
      fc.nat(255),
      (at, byte) => {
        const bytes = list.der.slice();
        bytes[at] = byte;
        try {
          parseCrl(bytes);
        } catch (error) {
          assert.ok(error instanceof X509Error, String(error));
        }
      },
    ),
    { numRuns: 500 },
  );
});

Deno.test("a file with a byte order mark is read", async () => {
  assert.deepEqual(await namesIn(`\ufeff${root.pem}${leaf.pem}`), [
    "root",
    "leaf",
  ]);
  const lists = await readCrls(bytes(`\ufeff${list.pem}`), "pem");
  assert.equal(lists.crls.length, 1);
});

const part = crl(root, [], {
  extensions: [{ oid: "2.5.29.28", value: sequence() }],
});

Deno.test("a revocation list that is not supported is left out, and told", async () => {
  const text = bytes(part.pem + root.pem + list.pem);
  for (
    const found of [
      await readTrustFile(text, "pem"),
      await readCrls(text, "pem"),
    ]
  ) {
    assert.equal(found.crls.length, 1);
    assert.deepEqual(found.skipped, [
      "X509 CRL at line 1: a revocation list for one distribution point is " +
      "not supported",
    ]);
  }
  const alone = await readCrls(part.der, "der");
  assert.deepEqual(alone.crls, []);
  assert.match(alone.skipped[0] ?? "", /^a revocation list for one/);
});

Deno.test("a revocation list that is damaged still spoils its file", async () => {
  const broken = pem("X509 CRL", list.der.subarray(0, 100));
  await refused(() => readCrls(bytes(list.pem + broken), "pem"), /X509 CRL at/);
  await refused(() => readTrustFile(bytes(root.pem + broken), "pem"), /CRL at/);
});
