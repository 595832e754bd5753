/** Distinguished names (RFC 5280 section 4.1.2.4): their text, and equality. */

import { decodeLatin1, hex } from "../base/text.ts";
import { Der, oidText, Tag } from "./der.ts";
import { type Name, X509Error } from "./types.ts";

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

/** Most attributes of a name; real ones have a dozen. */
const MOST_ATTRIBUTES = 200;

type Encoding = "utf-8" | "utf-16be" | "utf-32be" | "latin1";

/** UTF8String and the other types that hold text, by how they are read. */
const ENCODINGS: Readonly<Record<number, Encoding>> = {
  0x0c: "utf-8",
  0x13: "latin1",
  0x14: "latin1",
  0x16: "latin1",
  0x1a: "latin1",
  0x1c: "utf-32be",
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
      if (attributes.length === MOST_ATTRIBUTES) {
        throw new X509Error(
          `a name of more than ${MOST_ATTRIBUTES} attributes`,
        );
      }
      attributes.push({ set, type, tag, content });
    }
  }
  return attributes;
}

/** The text of a value; undefined: it is of no type that holds text. */
function valueText({ tag, content }: Attribute): string | undefined {
  const encoding = ENCODINGS[tag];
  switch (encoding) {
    case undefined:
      return undefined;
    case "latin1":
      return decodeLatin1(content);
    case "utf-32be":
      return utf32Text(content);
    default:
      try {
        return new TextDecoder(encoding, { fatal: true, ignoreBOM: true })
          .decode(content);
      } catch {
        throw new X509Error("a name with text that is none");
      }
  }
}

function utf32Text(content: Uint8Array): string {
  let text = "";
  for (let at = 0; at < content.byteLength; at += 4) {
    const [a = 0, b = 0, c = 0, d] = content.subarray(at, at + 4);
    const point = a * 0x1000000 + (b << 16 | c << 8) + (d ?? 0);
    if (d === undefined || point > 0x10ffff) {
      throw new X509Error("a name with text that is none");
    }
    text += String.fromCodePoint(point);
  }
  return text;
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

/** @throws {X509Error} also if its text is not of the encoding it says. */
export function readName(der: Uint8Array): Name {
  const attributes = attributesOf(der);
  const name = { der, text: oneLine(attributes) };
  canonicalNames.set(name, canonical(attributes));
  return name;
}

/** The last common name, as it is compared with a host's name. */
export function commonNameOf(name: Name): string | undefined {
  return valuesOf(name, COMMON_NAME).at(-1);
}

/** The texts of all attributes of one type; an OID. */
export function valuesOf({ der }: Name, wanted: string): readonly string[] {
  return attributesOf(der).filter(({ type }) => type === wanted)
    .map(valueText).filter((text) => text !== undefined);
}

/** A certificate's names are compared very often. */
const canonicalNames = new WeakMap<Name, string>();

/**
 * The same for names that are equal without regard to case, encoding and runs
 * of blanks (section 7.1).
 */
export function canonicalName(name: Name): string {
  const known = canonicalNames.get(name) ?? canonical(attributesOf(name.der));
  canonicalNames.set(name, known);
  return known;
}

/**
 * Each attribute ends with a line feed, each set begins with one. Those of a
 * set have no order of their own, so they get one.
 */
function canonical(attributes: readonly Attribute[]): string {
  const sets = new Map<number, string[]>();
  for (const attribute of attributes) {
    const { set, type, tag, content } = attribute;
    const text = valueText(attribute);
    const value = text === undefined
      ? `#${tag}:${content.toHex()}`
      : JSON.stringify(
        text.replace(/[ \t-\r]+/g, " ").replace(/^ | $/g, "")
          .replace(/[A-Z]/g, (c) => c.toLowerCase()),
      );
    sets.getOrInsert(set, []).push(`${type}=${value}\n`);
  }
  return [...sets.values()].map((one) => `\n${one.toSorted().join("")}`)
    .join("");
}

export function sameName(a: Name, b: Name): boolean {
  return canonicalName(a) === canonicalName(b);
}

/** Whether a name begins with all relative names of `base`. */
export function isBelow(name: Name, base: Name): boolean {
  const [whole, start] = [canonicalName(name), canonicalName(base)];
  // A set of the name may go on where that of the base ends.
  return whole.startsWith(start) &&
    (whole.length === start.length || whole[start.length] === "\n");
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength &&
    a.every((byte, index) => byte === b[index]);
}
