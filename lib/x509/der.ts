/** A bounded reader of DER (X.690): values one after another. */

import { Reader, ReadError } from "../base/reader.ts";
import { hex } from "../base/text.ts";
import { X509Error } from "./types.ts";

/** Tag bytes of the universal types that are met in certificates. */
export const Tag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  enumerated: 0x0a,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

export interface Value {
  readonly tag: number;
  readonly content: Uint8Array;
  /** Tag and length too. */
  readonly whole: Uint8Array;
}

/** Reads the values of one block; every read throws {@linkcode X509Error}. */
export class Der {
  readonly #bytes: Uint8Array;
  readonly #reader: Reader;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#reader = new Reader(bytes);
  }

  get atEnd(): boolean {
    return this.#reader.remaining === 0;
  }

  /** @throws {X509Error} if it is of another tag, or longer than the block. */
  next(field: string, tag?: number): Value {
    try {
      const start = this.#reader.offset;
      const found = this.#reader.u8(field);
      if ((found & 0x1f) === 0x1f || (tag !== undefined && found !== tag)) {
        const wanted = tag === undefined ? "" : `, not 0x${hex(tag, 2)}`;
        throw new X509Error(
          `${field}: tag 0x${hex(found, 2)}${wanted}`,
        );
      }
      const content = this.#reader.bytes(field, this.#length(field));
      return {
        tag: found,
        content,
        whole: this.#bytes.subarray(start, this.#reader.offset),
      };
    } catch (error) {
      if (error instanceof ReadError) throw new X509Error(error.message);
      throw error;
    }
  }

  #length(field: string): number {
    const first = this.#reader.u8(field);
    if (first < 0x80) return first;
    const count = first & 0x7f;
    if (count === 0 || count > 4) {
      throw new X509Error(`${field}: a length of ${count} bytes`);
    }
    let length = 0;
    for (let i = 0; i < count; i++) {
      length = length * 256 + this.#reader.u8(field);
    }
    return length;
  }

  /** The next value if it has that tag. */
  optional(field: string, tag: number): Value | undefined {
    return !this.atEnd && this.#reader.peek(field) === tag
      ? this.next(field, tag)
      : undefined;
  }

  /** What is in the next value of that tag. */
  inside(field: string, tag: number = Tag.sequence): Der {
    return new Der(this.next(field, tag).content);
  }

  /** @throws {X509Error} if there is more. */
  end(field: string): void {
    if (!this.atEnd) throw new X509Error(`${field}: more than there should be`);
  }
}

/** "2.5.29.15" */
export function oidText(content: Uint8Array): string {
  if (content.byteLength === 0 || content.byteLength > 64) {
    throw new X509Error("an object identifier of a wrong length");
  }
  const arcs: bigint[] = [];
  let arc = 0n;
  for (const [index, byte] of content.entries()) {
    arc = arc << 7n | BigInt(byte & 0x7f);
    if (byte < 0x80) {
      arcs.push(arc);
      arc = 0n;
    } else if (index === content.byteLength - 1) {
      throw new X509Error("an object identifier that does not end");
    }
  }
  const [first = 0n, ...rest] = arcs;
  const top = first < 80n ? first / 40n : 2n;
  return [top, first - top * 40n, ...rest].join(".");
}

/** An INTEGER has no byte more than it needs (X.690 section 8.3.2). */
function checkInteger(content: Uint8Array, field: string): void {
  const [first, second = 0] = content;
  const isPadded = content.byteLength > 1 &&
    (first === 0 && second < 0x80 || first === 0xff && second >= 0x80);
  if (first === undefined || content.byteLength > 4096 || isPadded) {
    throw new X509Error(`${field}: a number of a wrong length`);
  }
}

/** Two digits a byte, upper case; a zero byte for the sign is left out. */
export function integerHex(content: Uint8Array): string {
  checkInteger(content, "serial number");
  const digits = content[0] === 0 && content.byteLength > 1
    ? content.subarray(1)
    : content;
  return digits.toHex().toUpperCase();
}

/** @throws {X509Error} if it is negative or more than four bytes. */
export function smallInteger(content: Uint8Array, field: string): number {
  if (content.byteLength > 4 || (content[0] ?? 0x80) >= 0x80) {
    throw new X509Error(`${field}: a number out of range`);
  }
  checkInteger(content, field);
  return parseInt(content.toHex(), 16);
}

/** The bytes of a bit string; they must be whole ones. */
export function wholeBits(content: Uint8Array, field: string): Uint8Array {
  if (content[0] !== 0) throw new X509Error(`${field}: not whole bytes`);
  return content.subarray(1);
}

/** UTCTime or GeneralizedTime, in seconds, of UTC (section 4.1.2.5). */
export function readTime(der: Der, field: string): Date {
  const { tag, content } = der.next(field);
  return new Date(timeValue(tag, content, 0, content.byteLength, field));
}

/** In milliseconds. */
const MEAN_YEAR = 365.2425 * 86_400_000;

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/**
 * A time from `start` to `end`, in milliseconds since 1970. It makes no object:
 * a revocation list has very many.
 *
 * @throws {X509Error}
 */
export function timeValue(
  tag: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  field: string,
): number {
  const length = tag === Tag.utcTime
    ? 13
    : tag === Tag.generalizedTime
    ? 15
    : undefined;
  // All digits, then "Z".
  let isText = end - start === length && bytes[end - 1] === 0x5a;
  for (let at = start; isText && at < end - 1; at++) {
    const byte = bytes[at] ?? 0;
    isText = byte >= 0x30 && byte <= 0x39;
  }
  if (!isText) throw new X509Error(`${field}: not a time of RFC 5280`);
  const digits = (fromEnd: number): number =>
    ((bytes[end - fromEnd] ?? 0) - 0x30) * 10 +
    (bytes[end - fromEnd + 1] ?? 0) - 0x30;
  const short = digits(13);
  const year = tag === Tag.generalizedTime
    ? digits(15) * 100 + short
    : short + (short < 50 ? 2000 : 1900);
  const month = digits(11);
  const day = digits(9);
  const hour = digits(7);
  const minute = digits(5);
  const second = digits(3);
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = (MONTH_DAYS[month - 1] ?? 0) + (isLeap && month === 2 ? 1 : 0);
  if (day < 1 || day > days || hour > 23 || minute > 59 || second > 59) {
    throw new X509Error(`${field}: no such time`);
  }
  // Date.UTC takes a year below 100 for one of the last century; the calendar
  // comes again after 400 years.
  return Date.UTC(year + 400, month - 1, day, hour, minute, second) -
    400 * MEAN_YEAR;
}
