/** The extensions of a certificate that decide on trust (RFC 5280 section 4.2). */

import { decodeLatin1 } from "../base/text.ts";
import { Der, integerHex, oidText, smallInteger, Tag } from "./der.ts";
import { readName } from "./name.ts";
import { readGeneralName, readNameConstraints } from "./name-constraints.ts";
import {
  type Certificate,
  type GeneralName,
  type Name,
  X509Error,
} from "./types.ts";

/** The part of a certificate that is in its extensions. */
export type ExtensionFacts = Pick<
  Certificate,
  | "unknownCritical"
  | "basicConstraints"
  | "keyUsage"
  | "extendedKeyUsage"
  | "alternativeNames"
  | "generalNames"
  | "nameConstraints"
  | "netscapeType"
  | "subjectKeyId"
  | "authorityKeyId"
  | "authorityCertificate"
>;

export interface RawExtension {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

const SUBJECT_KEY_ID = "2.5.29.14";
const KEY_USAGE = "2.5.29.15";
const ALTERNATIVE_NAMES = "2.5.29.17";
const BASIC_CONSTRAINTS = "2.5.29.19";
const NAME_CONSTRAINTS = "2.5.29.30";
export const AUTHORITY_KEY_ID = "2.5.29.35";
const EXTENDED_KEY_USAGE = "2.5.29.37";
const NETSCAPE_TYPE = "2.16.840.1.113730.1.1";
const PROXY = "1.3.6.1.5.5.7.1.14";

/**
 * May be critical: those that are honoured, and those that OpenSSL leaves
 * alone as well unless asked (policies, distribution points, OCSP).
 */
const KNOWN: readonly string[] = [
  KEY_USAGE,
  ALTERNATIVE_NAMES,
  BASIC_CONSTRAINTS,
  EXTENDED_KEY_USAGE,
  NAME_CONSTRAINTS,
  NETSCAPE_TYPE,
  "2.5.29.31",
  "2.5.29.32",
  "2.5.29.33",
  "2.5.29.36",
  "2.5.29.54",
  "1.3.6.1.5.5.7.48.1.5",
];

/** They change what may be trusted and are not done here, so count always. */
const REFUSED: readonly string[] = [PROXY];

/** Most extensions of a certificate that are read. */
const MOST = 100;

/** Of the content of Extensions. @throws {X509Error} also if one is twice. */
export function readExtensions(der: Der): readonly RawExtension[] {
  const list: RawExtension[] = [];
  const all = der.inside("extensions");
  while (!all.atEnd) {
    const one = all.inside("extension");
    const oid = oidText(one.next("extension", Tag.oid).content);
    const critical = one.optional(oid, Tag.boolean)?.content[0] ?? 0;
    const value = one.next(`extension ${oid}`, Tag.octetString).content;
    one.end(`extension ${oid}`);
    if (list.some((other) => other.oid === oid) || list.length === MOST) {
      throw new X509Error(`extension ${oid}: once too often`);
    }
    list.push({ oid, critical: critical !== 0, value });
  }
  return list;
}

function bit(content: Uint8Array, index: number): boolean {
  const byte = content[1 + (index >> 3)] ?? 0;
  return (byte & 0x80 >> (index & 7)) !== 0;
}

function readKeyUsage(value: Uint8Array): Certificate["keyUsage"] {
  const { content } = new Der(value).next("key usage", Tag.bitString);
  if (content.subarray(1).every((byte) => byte === 0)) {
    throw new X509Error("a key usage that allows nothing");
  }
  return {
    digitalSignature: bit(content, 0),
    keyEncipherment: bit(content, 2),
    keyAgreement: bit(content, 4),
    keyCertSign: bit(content, 5),
    crlSign: bit(content, 6),
  };
}

function readNetscapeType(value: Uint8Array): Certificate["netscapeType"] {
  const { content } = new Der(value).next("nsCertType", Tag.bitString);
  return { client: bit(content, 0), server: bit(content, 1) };
}

function readBasicConstraints(
  value: Uint8Array,
): Certificate["basicConstraints"] {
  const der = new Der(value).inside("basic constraints");
  const ca = (der.optional("CA", Tag.boolean)?.content[0] ?? 0) !== 0;
  const length = der.optional("path length", Tag.integer);
  return {
    ca,
    pathLength: length === undefined
      ? undefined
      : smallInteger(length.content, "path length"),
  };
}

function readPurposes(value: Uint8Array): readonly string[] {
  const der = new Der(value).inside("extended key usage");
  const purposes: string[] = [];
  while (!der.atEnd) {
    purposes.push(oidText(der.next("purpose", Tag.oid).content));
  }
  return purposes;
}

/** An address as text; undefined: of no length that an address has. */
function addressText(bytes: Uint8Array): string | undefined {
  if (bytes.byteLength === 4) return bytes.join(".");
  if (bytes.byteLength !== 16) return undefined;
  const groups = bytes.toHex().match(/..../g) ?? [];
  return new URL(`http://[${groups.join(":")}]/`).hostname.slice(1, -1);
}

type AlternativeNames = Pick<Certificate, "alternativeNames" | "generalNames">;

function readNames(value: Uint8Array): Required<AlternativeNames> {
  const der = new Der(value).inside("alternative names");
  const dns: string[] = [];
  const ip: string[] = [];
  const generalNames: GeneralName[] = [];
  while (!der.atEnd) {
    const name = readGeneralName(der, "alternative name");
    const { tag, content } = name;
    generalNames.push(name);
    if (tag === 0x82) dns.push(decodeLatin1(content));
    else if (tag === 0x87) {
      const text = addressText(content);
      if (text !== undefined) ip.push(text);
    }
  }
  return { alternativeNames: { dns, ip }, generalNames };
}

/** The key identifier of an AuthorityKeyIdentifier (section 4.2.1.1). */
export function readAuthorityKeyId(value: Uint8Array): string | undefined {
  return readAuthority(value).authorityKeyId;
}

type Authority = Pick<Certificate, "authorityKeyId" | "authorityCertificate">;

function readAuthority(value: Uint8Array): Authority {
  const der = new Der(value).inside("authority key identifier");
  const key = der.optional("key identifier", 0x80);
  const names = der.optional("authority's issuer", 0xa1);
  const serial = der.optional("authority's serial number", 0x82);
  der.end("authority key identifier");
  return {
    authorityKeyId: key?.content.toHex().toUpperCase(),
    authorityCertificate: names === undefined && serial === undefined
      ? undefined
      : {
        issuer: names && firstDirectoryName(names.content),
        serialNumber: serial && integerHex(serial.content),
      },
  };
}

/** As in OpenSSL, only the first is looked at. */
function firstDirectoryName(names: Uint8Array): Name | undefined {
  const der = new Der(names);
  while (!der.atEnd) {
    const { tag, content } = readGeneralName(der, "authority's issuer");
    if (tag === 0xa4) return readName(content);
  }
  return undefined;
}

/** @throws {X509Error} if one that is known cannot be read. */
export function extensionFacts(
  extensions: readonly RawExtension[],
): ExtensionFacts {
  function read<T>(
    oid: string,
    reader: (value: Uint8Array) => T,
  ): T | undefined {
    const found = extensions.find((extension) => extension.oid === oid);
    return found === undefined ? undefined : reader(found.value);
  }
  return {
    unknownCritical: extensions
      .filter(({ oid, critical }) =>
        REFUSED.includes(oid) || critical && !KNOWN.includes(oid)
      )
      .map(({ oid }) => oid),
    basicConstraints: read(BASIC_CONSTRAINTS, readBasicConstraints),
    keyUsage: read(KEY_USAGE, readKeyUsage),
    extendedKeyUsage: read(EXTENDED_KEY_USAGE, readPurposes),
    ...read(ALTERNATIVE_NAMES, readNames) ??
      { alternativeNames: { dns: [], ip: [] }, generalNames: undefined },
    nameConstraints: read(NAME_CONSTRAINTS, readNameConstraints),
    netscapeType: read(NETSCAPE_TYPE, readNetscapeType),
    subjectKeyId: read(
      SUBJECT_KEY_ID,
      (value) =>
        new Der(value).next("subject key identifier", Tag.octetString)
          .content.toHex().toUpperCase(),
    ),
    ...read(AUTHORITY_KEY_ID, readAuthority) ??
      { authorityKeyId: undefined, authorityCertificate: undefined },
  };
}
