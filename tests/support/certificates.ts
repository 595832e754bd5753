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

import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from "node:crypto";
import {
  bitString,
  boolean,
  concat,
  explicit,
  integer,
  octets,
  oid,
  pem,
  sequence,
  set,
  time,
  tlv,
  utf8,
} from "./der.ts";

export type KeyKind =
  | "ec"
  | "ec384"
  | "ec521"
  | "ed25519"
  | "rsa"
  | "rsa1024";

export type Hash = "MD5" | "SHA1" | "SHA224" | "SHA256" | "SHA384" | "SHA512";

export type Usage =
  | "digitalSignature"
  | "nonRepudiation"
  | "keyEncipherment"
  | "dataEncipherment"
  | "keyAgreement"
  | "keyCertSign"
  | "cRLSign";

/** `value` is the DER inside of the octet string. */
export interface ExtraExtension {
  readonly oid: string;
  readonly critical?: boolean;
  readonly value: Uint8Array;
}

/** A common name; or all attributes in order: [["C", "DE"], ["CN", "pacs"]]. */
export type NameText = string | readonly (readonly [string, string])[];

export interface CertificateOptions {
  readonly name: NameText;
  readonly dns?: readonly string[];
  /** Text; IPv6 without "::". */
  readonly ip?: readonly string[];
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly ca?: boolean;
  readonly pathLength?: number;
  /** `undefined` leaves the extension out; not given, it is as is usual. */
  readonly keyUsage?: readonly Usage[] | undefined;
  /** Names ("serverAuth", "clientAuth", …) or OIDs. */
  readonly extendedKeyUsage?: readonly string[];
  /** The key of another certificate, for one that is cross-signed. */
  readonly key?: KeyKind | Issued;
  /** Version 1 has no extensions. */
  readonly version?: 1 | 3;
  readonly hash?: Hash;
  /** RSASSA-PSS in place of PKCS#1 v1.5. */
  readonly pss?: boolean;
  /** Hexadecimal. */
  readonly serialNumber?: string;
  readonly basicConstraints?: boolean;
  readonly subjectKeyId?: Uint8Array | undefined;
  readonly authorityKeyId?: Uint8Array | undefined;
  readonly extensions?: readonly ExtraExtension[];
  /** One bit of the signature is turned. */
  readonly spoilt?: boolean;
}

/** A certificate with its private key; it can issue others. */
export interface Issued {
  readonly der: Uint8Array;
  readonly pem: string;
  /** PKCS#8. */
  readonly keyPem: string;
  readonly keyDer: Uint8Array;
  readonly privateKey: KeyObject;
  readonly kind: KeyKind;
  /** As encoded. */
  readonly name: Uint8Array;
  readonly serialNumber: Uint8Array;
  readonly subjectKeyId: Uint8Array | undefined;
}

export interface Revocation {
  readonly certificate: Issued;
  readonly date?: Date;
  /** CRLReason, RFC 5280 section 5.3.1: 1 is keyCompromise. */
  readonly reason?: number;
  readonly extensions?: readonly ExtraExtension[];
}

export interface CrlOptions {
  readonly thisUpdate?: Date;
  /** `undefined`: the list does not say. */
  readonly nextUpdate?: Date | undefined;
  readonly hash?: Hash;
  readonly authorityKeyId?: Uint8Array | undefined;
  readonly extensions?: readonly ExtraExtension[];
  readonly spoilt?: boolean;
}

export const DAY = 86_400_000;

/** Something to put into an extension that nobody knows. */
export const bitStringExtension = bitString(Uint8Array.of(1));

const USAGES: readonly Usage[] = [
  "digitalSignature",
  "nonRepudiation",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
];

const ATTRIBUTES: Readonly<Record<string, string>> = {
  CN: "2.5.4.3",
  C: "2.5.4.6",
  L: "2.5.4.7",
  ST: "2.5.4.8",
  O: "2.5.4.10",
  OU: "2.5.4.11",
  emailAddress: "1.2.840.113549.1.9.1",
};

const PURPOSES: Readonly<Record<string, string>> = {
  serverAuth: "1.3.6.1.5.5.7.3.1",
  clientAuth: "1.3.6.1.5.5.7.3.2",
  codeSigning: "1.3.6.1.5.5.7.3.3",
  any: "2.5.29.37.0",
};

const HASH_OIDS: Readonly<Record<Hash, string>> = {
  MD5: "1.2.840.113549.2.5",
  SHA1: "1.3.14.3.2.26",
  SHA224: "2.16.840.1.101.3.4.2.4",
  SHA256: "2.16.840.1.101.3.4.2.1",
  SHA384: "2.16.840.1.101.3.4.2.2",
  SHA512: "2.16.840.1.101.3.4.2.3",
};

/** Signature algorithms by hash: last arc under the key's own. */
const RSA_ARCS: Readonly<Record<Hash, number>> = {
  MD5: 4,
  SHA1: 5,
  SHA256: 11,
  SHA384: 12,
  SHA512: 13,
  SHA224: 14,
};
const EC_ARCS: Readonly<Record<Hash, string>> = {
  MD5: "3.0",
  SHA1: "1",
  SHA224: "3.1",
  SHA256: "3.2",
  SHA384: "3.3",
  SHA512: "3.4",
};

const NULL = tlv(0x05);

export function encodeName(name: NameText): Uint8Array {
  const attributes = typeof name === "string" ? [["CN", name] as const] : name;
  return sequence(...attributes.map(([type, text]) =>
    set(sequence(
      oid(ATTRIBUTES[type] ?? type),
      utf8(text, type === "C" ? 0x13 : type === "emailAddress" ? 0x16 : 0x0c),
    ))
  ));
}

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

function defaultHash(kind: KeyKind): Hash {
  return kind === "ec384" ? "SHA384" : kind === "ec521" ? "SHA512" : "SHA256";
}

function algorithmOf(kind: KeyKind, hash: Hash, pss: boolean): Uint8Array {
  if (kind === "ed25519") return sequence(oid("1.3.101.112"));
  if (kind.startsWith("ec")) {
    return sequence(oid(`1.2.840.10045.4.${EC_ARCS[hash]}`));
  }
  if (!pss) {
    return sequence(oid(`1.2.840.113549.1.1.${RSA_ARCS[hash]}`), NULL);
  }
  const hashed = sequence(oid(HASH_OIDS[hash]), NULL);
  return sequence(
    oid("1.2.840.113549.1.1.10"),
    sequence(
      explicit(0, hashed),
      explicit(1, sequence(oid("1.2.840.113549.1.1.8"), hashed)),
      explicit(2, integer(32)),
    ),
  );
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

function extension(
  id: string,
  critical: boolean,
  value: Uint8Array,
): Uint8Array {
  return sequence(
    oid(id),
    ...(critical ? [boolean(true)] : []),
    octets(value),
  );
}

function keyUsageBits(usages: readonly Usage[]): Uint8Array {
  const bits = USAGES.reduce(
    (sum, usage, at) => usages.includes(usage) ? sum | 0x80 >> at : sum,
    0,
  );
  let unused = 0;
  while (bits !== 0 && (bits >> unused & 1) === 0) unused++;
  return bitString(Uint8Array.of(bits), unused);
}

function addressBytes(text: string): Uint8Array {
  return text.includes(":")
    ? Uint8Array.from(
      text.split(":").flatMap((group) => {
        const value = parseInt(group, 16);
        return [value >> 8, value & 255];
      }),
    )
    : Uint8Array.from(text.split("."), Number);
}

function usualUsage(kind: KeyKind, ca: boolean): readonly Usage[] {
  if (ca) return ["keyCertSign", "cRLSign"];
  return kind.startsWith("rsa")
    ? ["digitalSignature", "keyEncipherment"]
    : ["digitalSignature"];
}

function extensionsOf(
  options: CertificateOptions,
  kind: KeyKind,
  subjectKeyId: Uint8Array | undefined,
  authorityKeyId: Uint8Array | undefined,
): readonly Uint8Array[] {
  const { ca = false, pathLength, dns = [], ip = [] } = options;
  const list: Uint8Array[] = [];
  if (options.basicConstraints !== false) {
    const length = pathLength === undefined ? [] : [integer(pathLength)];
    list.push(extension(
      "2.5.29.19",
      true,
      sequence(...(ca ? [boolean(true)] : []), ...length),
    ));
  }
  const usages = "keyUsage" in options
    ? options.keyUsage
    : usualUsage(kind, ca);
  if (usages !== undefined) {
    list.push(extension("2.5.29.15", true, keyUsageBits(usages)));
  }
  if (options.extendedKeyUsage !== undefined) {
    const purposes = options.extendedKeyUsage.map((purpose) =>
      oid(PURPOSES[purpose] ?? purpose)
    );
    list.push(extension("2.5.29.37", false, sequence(...purposes)));
  }
  if (dns.length + ip.length > 0) {
    list.push(extension(
      "2.5.29.17",
      false,
      sequence(
        ...dns.map((name) => utf8(name, 0x82)),
        ...ip.map((address) => tlv(0x87, addressBytes(address))),
      ),
    ));
  }
  if (subjectKeyId !== undefined) {
    list.push(extension("2.5.29.14", false, octets(subjectKeyId)));
  }
  if (authorityKeyId !== undefined) {
    list.push(
      extension("2.5.29.35", false, sequence(tlv(0x80, authorityKeyId))),
    );
  }
  for (const { oid: id, critical = false, value } of options.extensions ?? []) {
    list.push(extension(id, critical, value));
  }
  return list;
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
    ? concat(Uint8Array.of(0x4a), new Uint8Array(randomBytes(15)))
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
