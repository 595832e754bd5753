import assert from "node:assert/strict";
import { parseCertificate } from "../../lib/x509/certificate.ts";
import { isForHost } from "../../lib/x509/hostname.ts";
import { readName } from "../../lib/x509/name.ts";
import { X509Error } from "../../lib/x509/types.ts";
import {
  authority,
  type CertificateOptions,
  issue,
  selfSigned,
} from "../support/certificates.ts";
import { DAMAGED_CONSTRAINTS } from "./constraint-chains.ts";
import { oid, sequence, set, utf8 } from "../support/der.ts";

const root = authority({ name: "root" });

Deno.test("a certificate as plain data", async () => {
  const issued = issue(root, {
    name: [["C", "DE"], ["O", "Clinic"], ["CN", "pacs"]],
    key: "rsa",
    dns: ["pacs.test"],
    ip: ["127.0.0.1", "2001:db8:0:0:0:0:0:1"],
    notBefore: new Date("1999-12-31T23:59:58Z"),
    notAfter: new Date("2050-01-01T00:00:00Z"),
    serialNumber: "00ff01",
    extendedKeyUsage: ["serverAuth"],
  });
  const { fingerprint, generalNames, ...certificate } = await parseCertificate(
    issued.der,
  );
  assert.deepEqual(generalNames?.map(({ tag }) => tag), [0x82, 0x87, 0x87]);
  assert.match(fingerprint, /^[0-9A-F]{2}(:[0-9A-F]{2}){31}$/);
  assert.deepEqual({
    ...certificate,
    der: undefined,
    subject: certificate.subject.text,
    issuer: certificate.issuer.text,
  }, {
    der: undefined,
    version: 3,
    serialNumber: "FF01",
    subject: "/C=DE/O=Clinic/CN=pacs",
    issuer: "/CN=root",
    notBefore: new Date("1999-12-31T23:59:58Z"),
    notAfter: new Date("2050-01-01T00:00:00Z"),
    publicKey: { algorithm: "RSA", bits: 2048 },
    signatureHash: "SHA256",
    unknownCritical: [],
    basicConstraints: { ca: false, pathLength: undefined },
    keyUsage: {
      digitalSignature: true,
      keyEncipherment: true,
      keyAgreement: false,
      keyCertSign: false,
      crlSign: false,
    },
    extendedKeyUsage: ["1.3.6.1.5.5.7.3.1"],
    alternativeNames: {
      dns: ["pacs.test"],
      ip: ["127.0.0.1", "2001:db8::1"],
    },
    nameConstraints: undefined,
    netscapeType: undefined,
    authorityCertificate: undefined,
    subjectKeyId: issued.subjectKeyId?.toHex().toUpperCase(),
    authorityKeyId: root.subjectKeyId?.toHex().toUpperCase(),
    commonName: "pacs",
  });
});

Deno.test("keys are named with their length", async () => {
  const kinds = ["ec", "ec384", "ec521", "ed25519", "rsa1024"] as const;
  const keys = kinds.map(async (key) => {
    const { der } = selfSigned({ name: "x", key });
    const { publicKey, signatureHash } = await parseCertificate(der);
    return `${publicKey.algorithm} ${publicKey.bits} ${signatureHash}`;
  });
  assert.deepEqual(await Promise.all(keys), [
    "EC 256 SHA256",
    "EC 384 SHA384",
    "EC 521 SHA512",
    "Ed25519 256 undefined",
    "RSA 1024 SHA256",
  ]);
});

Deno.test("a version 1 certificate has no extensions", async () => {
  const { der } = selfSigned({ name: "old", version: 1 });
  const certificate = await parseCertificate(der);
  assert.equal(certificate.version, 1);
  assert.equal(certificate.keyUsage, undefined);
  assert.equal(certificate.basicConstraints, undefined);
});

Deno.test("a name is harmless on one line, as OpenSSL writes it", async () => {
  const { der } = selfSigned({
    name: [["CN", "M\u00fcller\n\x1b[31m"], ["1.2.3.4", "x/CN=y+"], [
      "CN",
      "last",
    ]],
  });
  const { subject, commonName } = await parseCertificate(der);
  assert.equal(
    subject.text,
    "/CN=M\\xC3\\xBCller\\x0A\\x1B[31m/1.2.3.4=x\\/CN=y\\+/CN=last",
  );
  assert.equal(commonName, "last");
});

Deno.test("attributes of one relative name are joined by a plus sign", () => {
  const attribute = (type: string, text: string): Uint8Array =>
    sequence(oid(type), utf8(text));
  const name = sequence(
    set(attribute("2.5.4.10", "o"), attribute("2.5.4.11", "u")),
    set(attribute("2.5.4.3", "n")),
  );
  assert.equal(readName(name).text, "/O=o+OU=u/CN=n");
});

Deno.test("a name without end is cut", async () => {
  const { der } = selfSigned({ name: "x".repeat(5000) });
  const { subject } = await parseCertificate(der);
  assert.equal(subject.text.length, 1023);
});

Deno.test("an extension that is there twice is refused", async () => {
  const value = sequence();
  const twice = { oid: "2.5.29.19", value };
  const { der } = selfSigned({ name: "x", extensions: [twice] });
  await assert.rejects(parseCertificate(der), X509Error);
});

Deno.test("a certificate that names two signature algorithms is refused", async () => {
  const { der } = selfSigned({ name: "x" });
  const ecdsaWithSha256 = "06082a8648ce3d040302";
  const ecdsaWithSha384 = "06082a8648ce3d040303";
  const changed = der.toHex().replace(ecdsaWithSha256, ecdsaWithSha384);
  assert.notEqual(changed, der.toHex());
  await assert.rejects(
    parseCertificate(Uint8Array.fromHex(changed)),
    /two different signature algorithms/,
  );
});

Deno.test("name constraints that cannot be read are never ignored", async () => {
  for (const value of DAMAGED_CONSTRAINTS) {
    const { der } = selfSigned({
      name: "x",
      extensions: [{ oid: "2.5.29.30", value }],
    });
    await assert.rejects(parseCertificate(der), X509Error);
  }
});

async function fits(
  options: Omit<CertificateOptions, "name">,
  host: string,
  name = "cn.test",
): Promise<boolean> {
  const { der } = selfSigned({ name, ...options });
  return isForHost(await parseCertificate(der), host);
}

Deno.test("a host is known by its DNS name, whatever its case", async () => {
  assert.ok(await fits({ dns: ["a.test", "b.test"] }, "B.Test"));
  assert.ok(await fits({ dns: ["a.test"] }, "a.test."));
  assert.ok(!await fits({ dns: ["a.test"] }, "x.a.test"));
  assert.ok(!await fits({ dns: ["x.a.test"] }, "a.test"));
});

Deno.test("a wildcard is the whole left-most label", async () => {
  assert.ok(await fits({ dns: ["*.a.test"] }, "x.a.test"));
  for (
    const [pattern, host] of [
      ["*.a.test", "a.test"],
      ["*.a.test", ".a.test"],
      ["*.a.test", "y.x.a.test"],
      ["x*.a.test", "xy.a.test"],
      ["x.*.test", "x.a.test"],
      ["*.*.test", "x.a.test"],
      ["*.test", "x.test"],
      ["*", "x"],
    ] as const
  ) assert.ok(!await fits({ dns: [pattern] }, host), `${pattern} ${host}`);
});

Deno.test("an address is known by an address only", async () => {
  const ip = ["127.0.0.1", "2001:db8:0:0:0:0:0:1"];
  assert.ok(await fits({ ip }, "127.0.0.1"));
  assert.ok(await fits({ ip }, "2001:DB8::1"));
  assert.ok(await fits({ ip }, "[2001:db8:0::1]"));
  assert.ok(!await fits({ ip }, "127.0.0.2"));
  assert.ok(!await fits({ dns: ["127.0.0.1"] }, "127.0.0.1"));
  assert.ok(!await fits({}, "127.0.0.1", "127.0.0.1"));
});

Deno.test("a sign that is only like a letter is not that letter", async () => {
  assert.ok(!await fits({}, "kelvin.test", "\u212Aelvin.test"));
  assert.ok(!await fits({}, "\u212Aelvin.test", "kelvin.test"));
});

Deno.test("a name of very many attributes is refused", async () => {
  const many = Array.from({ length: 201 }, () => ["CN", "x"] as const);
  await parseCertificate(selfSigned({ name: many.slice(1) }).der);
  await assert.rejects(
    parseCertificate(selfSigned({ name: many }).der),
    /more than 200 attributes/,
  );
});

Deno.test("the common name counts only without alternative names", async () => {
  assert.ok(await fits({}, "cn.test"));
  assert.ok(!await fits({ dns: ["a.test"] }, "cn.test"));
  assert.ok(!await fits({ ip: ["127.0.0.1"] }, "cn.test"));
});
