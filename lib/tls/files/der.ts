/**
 * DER that may be something else, as the files of keys and DH parameters are:
 * what is not as asked for is undefined.
 */

import {
  Der,
  oidText as textOf,
  smallInteger as valueOf,
  Tag,
  type Value,
} from "../../x509/der.ts";
import { X509Error } from "../../x509/types.ts";

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof X509Error) return undefined;
    throw error;
  }
}

/** What `bytes` begins with, as a whole, if that is a SEQUENCE. */
export function firstSequence(bytes: Uint8Array): Uint8Array | undefined {
  return attempt(() => new Der(bytes).next("value", Tag.sequence).whole);
}

const MOST_MEMBERS = 64;

/** The members of the SEQUENCE that `bytes` begins with. */
export function sequenceOf(bytes: Uint8Array): readonly Value[] | undefined {
  return attempt(() => {
    const inside = new Der(bytes).inside("sequence");
    const list: Value[] = [];
    while (!inside.atEnd && list.length < MOST_MEMBERS) {
      list.push(inside.next("member"));
    }
    return list;
  });
}

/** The members of a SEQUENCE. */
export function members(
  value: Value | undefined,
): readonly Value[] | undefined {
  return value === undefined ? undefined : sequenceOf(value.whole);
}

/** An OBJECT IDENTIFIER, dotted. */
export function oidText(value: Value | undefined): string | undefined {
  return value?.tag === Tag.oid
    ? attempt(() => textOf(value.content))
    : undefined;
}

/** A non-negative INTEGER of no more than 31 bits. */
export function smallInteger(value: Value | undefined): number | undefined {
  const content = integerBytes(value);
  return content && attempt(() => valueOf(content, "number"));
}

/** A non-negative INTEGER, big-endian. */
export function integerBytes(
  value: Value | undefined,
): Uint8Array | undefined {
  const negative = (value?.content[0] ?? 0x80) >= 0x80;
  return value?.tag === Tag.integer && !negative ? value.content : undefined;
}

/** The contents of an OCTET STRING. */
export function octetString(value: Value | undefined): Uint8Array | undefined {
  return value?.tag === Tag.octetString ? value.content : undefined;
}
