/** What the certificates of tests are made of: types, algorithms, extensions. */

import type { KeyObject } from "node:crypto";
import {
  bitString,
  boolean,
  explicit,
  integer,
  octets,
  oid,
  sequence,
  set,
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

export function defaultHash(kind: KeyKind): Hash {
  return kind === "ec384" ? "SHA384" : kind === "ec521" ? "SHA512" : "SHA256";
}

export function algorithmOf(
  kind: KeyKind,
  hash: Hash,
  pss: boolean,
): Uint8Array {
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

export function extension(
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

export function extensionsOf(
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
