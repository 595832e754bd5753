/**
 * Certificates, keys and revocation lists for tests, made without any program.
 *
 *     const root = authority({ name: "Root" });
 *     const pacs = issue(root, { name: "pacs", dns: ["pacs.test"] });
 *     await Deno.writeTextFile(keyFile, pacs.keyPem);      // PKCS#8
 *     await Deno.writeTextFile(certificateFile, pacs.pem); // or pacs.der
 *     const list = crl(root, [pacs]);                      // list.pem, list.der
 *
 * `issue(root, { ca: true, … })` is an intermediate, which issues in turn;
 * `selfSigned` signs itself. All are valid from yesterday for a year, with a
 * random serial number and an EC key, unless told otherwise. Making an RSA key
 * takes long: there are three of them in a process, given in turn.
 *
 * Whatever is needed to make a certificate that is wrong can be asked for as
 * well: other key identifiers, hashes, extensions, a spoilt signature.
 */

import { concatenate } from "../../lib/base/writer.ts";
import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from "node:crypto";
import {
  algorithmOf,
  type CertificateOptions,
  type CrlOptions,
  defaultHash,
  encodeName,
  extension,
  extensionsOf,
  type Hash,
  type Issued,
  type KeyKind,
  type Revocation,
} from "./certificate-parts.ts";
import {
  bitString,
  explicit,
  integer,
  pem,
  sequence,
  time,
  tlv,
} from "./der.ts";

export type {
  CertificateOptions,
  CrlOptions,
  ExtraExtension,
  Issued,
  KeyKind,
  Revocation,
} from "./certificate-parts.ts";
export const DAY = 86_400_000;

/** Something to put into an extension that nobody knows. */
export const bitStringExtension = bitString(Uint8Array.of(1));

const rsaKeys: KeyObject[] = [];
let rsaGiven = 0;

function rsaKey(not: KeyObject | undefined): KeyObject {
  const at = rsaGiven++ % 3;
  const key = rsaKeys[at] ??=
    generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  return key === not ? rsaKey(not) : key;
}

function newKey(kind: KeyKind, not: KeyObject | undefined): KeyObject {
  switch (kind) {
    case "rsa":
      return rsaKey(not);
    case "rsa1024":
      return generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey;
    case "ed25519":
      return generateKeyPairSync("ed25519").privateKey;
    case "ec":
      return generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
    case "ec384":
      return generateKeyPairSync("ec", { namedCurve: "P-384" }).privateKey;
    case "ec521":
      return generateKeyPairSync("ec", { namedCurve: "P-521" }).privateKey;
  }
}

interface Signing {
  readonly privateKey: KeyObject;
  readonly kind: KeyKind;
  readonly hash: Hash | undefined;
  readonly pss: boolean;
  readonly spoilt: boolean;
}

/** Certificate and CRL alike: what is signed, with what, the signature. */
function signed(
  how: Signing,
  body: (algorithm: Uint8Array) => Uint8Array,
): Uint8Array {
  const hash = how.hash ?? defaultHash(how.kind);
  const algorithm = algorithmOf(how.kind, hash, how.pss);
  const content = body(algorithm);
  const signature = new Uint8Array(
    sign(
      how.kind === "ed25519" ? null : hash.toLowerCase(),
      content,
      how.pss
        ? { key: how.privateKey, padding: 6, saltLength: 32 }
        : how.privateKey,
    ),
  );
  if (how.spoilt) {
    const last = signature.length - 1;
    signature[last] = (signature[last] ?? 0) ^ 1;
  }
  return sequence(content, algorithm, bitString(signature));
}

function make(issuer: Issued | undefined, options: CertificateOptions): Issued {
  const { key = "ec", version = 3 } = options;
  const kind = typeof key === "string" ? key : key.kind;
  const privateKey = typeof key === "string"
    ? newKey(key, issuer?.privateKey)
    : key.privateKey;
  const spki = new Uint8Array(
    createPublicKey(privateKey).export({ type: "spki", format: "der" }),
  );
  const name = encodeName(options.name);
  const serialNumber = options.serialNumber === undefined
    ? concatenate([Uint8Array.of(0x4a), new Uint8Array(randomBytes(15))])
    : Uint8Array.fromHex(options.serialNumber);
  const subjectKeyId = version === 1
    ? undefined
    : "subjectKeyId" in options
    ? options.subjectKeyId
    : new Uint8Array(createHash("sha1").update(spki).digest());
  const authorityKeyId = "authorityKeyId" in options
    ? options.authorityKeyId
    : issuer?.subjectKeyId;
  const now = Date.now();
  const der = signed({
    privateKey: issuer?.privateKey ?? privateKey,
    kind: issuer?.kind ?? kind,
    hash: options.hash,
    pss: options.pss ?? false,
    spoilt: options.spoilt ?? false,
  }, (algorithm) =>
    sequence(
      ...(version === 1 ? [] : [explicit(0, integer(version - 1))]),
      integer(serialNumber),
      algorithm,
      issuer?.name ?? name,
      sequence(
        time(options.notBefore ?? new Date(now - DAY)),
        time(options.notAfter ?? new Date(now + 365 * DAY)),
      ),
      name,
      spki,
      ...(version === 1 ? [] : [explicit(
        3,
        sequence(
          ...extensionsOf(options, kind, subjectKeyId, authorityKeyId),
        ),
      )]),
    ));
  const keyDer = new Uint8Array(
    privateKey.export({ type: "pkcs8", format: "der" }),
  );
  return {
    der,
    pem: pem("CERTIFICATE", der),
    keyPem: pem("PRIVATE KEY", keyDer),
    keyDer,
    privateKey,
    kind,
    name,
    serialNumber,
    subjectKeyId,
  };
}

/** A root: signed by itself, and made to issue others. */
export function authority(options: CertificateOptions): Issued {
  return make(undefined, { ca: true, ...options });
}

/** A certificate, or with `ca` an intermediate, signed by `issuer`. */
export function issue(issuer: Issued, options: CertificateOptions): Issued {
  return make(issuer, options);
}

/** A device's own certificate that nobody else has signed. */
export function selfSigned(options: CertificateOptions): Issued {
  return make(undefined, options);
}

/** A revocation list of `issuer`, valid from yesterday for thirty days. */
export function crl(
  issuer: Issued,
  revoked: readonly (Issued | Revocation)[] = [],
  options: CrlOptions = {},
): { readonly der: Uint8Array; readonly pem: string } {
  const now = Date.now();
  const nextUpdate = "nextUpdate" in options
    ? options.nextUpdate
    : new Date(now + 30 * DAY);
  const authorityKeyId = "authorityKeyId" in options
    ? options.authorityKeyId
    : issuer.subjectKeyId;
  const entries = revoked.map((item) => {
    const entry: Revocation = "certificate" in item
      ? item
      : { certificate: item };
    const extensions = [
      ...(entry.reason === undefined ? [] : [extension(
        "2.5.29.21",
        false,
        tlv(0x0a, Uint8Array.of(entry.reason)),
      )]),
      ...(entry.extensions ?? []).map(({ oid: id, critical, value }) =>
        extension(id, critical ?? false, value)
      ),
    ];
    return sequence(
      integer(entry.certificate.serialNumber),
      time(entry.date ?? new Date(now - DAY)),
      ...(extensions.length === 0 ? [] : [sequence(...extensions)]),
    );
  });
  const der = signed({
    privateKey: issuer.privateKey,
    kind: issuer.kind,
    hash: options.hash,
    pss: false,
    spoilt: options.spoilt ?? false,
  }, (algorithm) =>
    sequence(
      integer(1),
      algorithm,
      issuer.name,
      time(options.thisUpdate ?? new Date(now - DAY)),
      ...(nextUpdate === undefined ? [] : [time(nextUpdate)]),
      ...(entries.length === 0 ? [] : [sequence(...entries)]),
      explicit(
        0,
        sequence(
          ...(authorityKeyId === undefined ? [] : [extension(
            "2.5.29.35",
            false,
            sequence(tlv(0x80, authorityKeyId)),
          )]),
          extension("2.5.29.20", false, integer(1)),
          ...(options.extensions ?? []).map(({ oid: id, critical, value }) =>
            extension(id, critical ?? false, value)
          ),
        ),
      ),
    ));
  return { der, pem: pem("X509 CRL", der) };
}
