/** Distinguished names (RFC 5280 section 4.1.2.4): their text, and equality. */

import { decodeLatin1, hex } from "../base/text.ts";
import { Der, oidText, Tag } from "./der.ts";
import type { Name } from "./types.ts";

/** OpenSSL's short names of attributes. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  "2.5.4.3": "CN",
  "2.5.4.4": "SN",
  "2.5.4.5": "serialNumber",
  "2.5.4.6": "C",
  "2.5.4.7": "L",
  "2.5.4.8": "ST",
  "2.5.4.9": "street",
  "2.5.4.10": "O",
  "2.5.4.11": "OU",
  "2.5.4.12": "title",
  "2.5.4.13": "description",
  "2.5.4.15": "businessCategory",
  "2.5.4.17": "postalCode",
  "2.5.4.41": "name",
  "2.5.4.42": "GN",
  "2.5.4.43": "initials",
  "2.5.4.44": "generationQualifier",
  "2.5.4.46": "dnQualifier",
  "2.5.4.65": "pseudonym",
  "2.5.4.97": "organizationIdentifier",
  "0.9.2342.19200300.100.1.1": "UID",
  "0.9.2342.19200300.100.1.25": "DC",
  "1.2.840.113549.1.9.1": "emailAddress",
  "1.2.840.113549.1.9.2": "unstructuredName",
};

const COMMON_NAME = "2.5.4.3";

/** The reference's limit for a name that it prints, in characters. */
const TEXT_LIMIT = 1023;

/** UTF8String and the other types that hold text, by how they are read. */
const ENCODINGS: Readonly<Record<number, "utf-8" | "utf-16be" | "latin1">> = {
  0x0c: "utf-8",
  0x13: "latin1",
  0x14: "latin1",
  0x16: "latin1",
  0x1a: "latin1",
  0x1e: "utf-16be",
};

interface Attribute {
  /** Which relative distinguished name it is part of. */
  readonly set: number;
  readonly type: string;
  readonly tag: number;
  readonly content: Uint8Array;
}

function attributesOf(der: Uint8Array): readonly Attribute[] {
  const attributes: Attribute[] = [];
  const name = new Der(der).inside("name");
  for (let set = 0; !name.atEnd; set++) {
    const relative = name.inside("name", Tag.set);
    while (!relative.atEnd) {
      const pair = relative.inside("attribute of a name");
      const type = oidText(pair.next("attribute type", Tag.oid).content);
      const { tag, content } = pair.next("attribute value");
      pair.end("attribute of a name");
      attributes.push({ set, type, tag, content });
    }
  }
  return attributes;
}

/** The text of a value; undefined: it is of no type that holds text. */
function valueText({ tag, content }: Attribute): string | undefined {
  const encoding = ENCODINGS[tag];
  if (encoding === undefined) return undefined;
  return encoding === "latin1"
    ? decodeLatin1(content)
    : new TextDecoder(encoding).decode(content);
}

/**
 * As OpenSSL's X509_NAME_oneline: bytes beyond printable ASCII as `\xNN`, and
 * what separates attributes with a backslash.
 */
function oneLine(attributes: readonly Attribute[]): string {
  const text = attributes.map(({ set, type, content }, index) => {
    const value = decodeLatin1(content.subarray(0, TEXT_LIMIT))
      .replace(/[/+]/g, "\\$&")
      .replace(
        /[^ -~]/g,
        (c) => `\\x${hex(c.charCodeAt(0), 2).toUpperCase()}`,
      );
    const separator = attributes[index - 1]?.set === set ? "+" : "/";
    return `${separator}${ATTRIBUTES[type] ?? type}=${value}`;
  }).join("");
  return text.slice(0, TEXT_LIMIT);
}

/** @throws {X509Error} */
export function readName(der: Uint8Array): Name {
  return { der, text: oneLine(attributesOf(der)) };
}

/** The last common name, as it is compared with a host's name. */
export function commonNameOf(name: Name): string | undefined {
  const last = attributesOf(name.der)
    .findLast(({ type }) => type === COMMON_NAME);
  return last === undefined ? undefined : valueText(last);
}

/**
 * The same for names that are equal without regard to case, encoding and runs
 * of blanks (section 7.1).
 */
export function canonicalName({ der }: Name): string {
  return JSON.stringify(
    attributesOf(der).map((attribute) => [
      attribute.set,
      attribute.type,
      valueText(attribute)?.trim().replace(/\s+/g, " ")
        .replace(/[A-Z]/g, (c) => c.toLowerCase()) ??
        `#${attribute.tag}:${attribute.content.toHex()}`,
    ]),
  );
}

export function sameName(a: Name, b: Name): boolean {
  return canonicalName(a) === canonicalName(b);
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength &&
    a.every((byte, index) => byte === b[index]);
}
