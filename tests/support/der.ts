/** A writer of DER (X.690), on purpose apart from the reader of lib/x509. */

import { concatenate } from "../../lib/base/writer.ts";

/** One value: tag byte, length, and what is in it. */
export function tlv(
  tag: number,
  ...content: readonly Uint8Array[]
): Uint8Array {
  const value = concatenate([...content]);
  const length: number[] = [];
  for (let n = value.byteLength; n > 0; n = Math.floor(n / 256)) {
    length.unshift(n % 256);
  }
  const head = value.byteLength < 128
    ? [tag, value.byteLength]
    : [tag, 0x80 | length.length, ...length];
  return concatenate([Uint8Array.from(head), value]);
}

export function sequence(...content: readonly Uint8Array[]): Uint8Array {
  return tlv(0x30, ...content);
}

export function set(...content: readonly Uint8Array[]): Uint8Array {
  return tlv(0x31, ...content);
}

/** A constructed value of a context-specific tag, [0] for 0. */
export function explicit(
  tag: number,
  ...content: readonly Uint8Array[]
): Uint8Array {
  return tlv(0xa0 | tag, ...content);
}

export function octets(value: Uint8Array): Uint8Array {
  return tlv(0x04, value);
}

export function bitString(value: Uint8Array, unused = 0): Uint8Array {
  return tlv(0x03, Uint8Array.of(unused), value);
}

export function boolean(value: boolean): Uint8Array {
  return tlv(0x01, Uint8Array.of(value ? 0xff : 0));
}

export function utf8(text: string, tag = 0x0c): Uint8Array {
  return tlv(tag, new TextEncoder().encode(text));
}

/** Not negative, of any size. */
export function integer(value: number | Uint8Array): Uint8Array {
  const bytes = typeof value === "number"
    ? Uint8Array.from(
      value.toString(16).padStart(8, "0").match(/../g) ?? [],
      (digits) => parseInt(digits, 16),
    )
    : value;
  let start = 0;
  while (start < bytes.byteLength - 1 && bytes[start] === 0) start++;
  const short = bytes.subarray(start);
  return (short[0] ?? 0) >= 0x80
    ? tlv(0x02, Uint8Array.of(0), short)
    : tlv(0x02, short);
}

/** "2.5.29.15" */
export function oid(text: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = text.split(".").map(Number);
  const bytes = [first * 40 + second, ...rest].flatMap((arc) => {
    const groups = [arc % 128];
    for (let n = Math.floor(arc / 128); n > 0; n = Math.floor(n / 128)) {
      groups.unshift(0x80 | n % 128);
    }
    return groups;
  });
  return tlv(0x06, Uint8Array.from(bytes));
}

/** UTCTime before 2050, else GeneralizedTime (RFC 5280 section 4.1.2.5). */
export function time(date: Date): Uint8Array {
  const text = date.toISOString().replace(/[-:T]|\.\d+/g, "");
  const year = date.getUTCFullYear();
  return year >= 1950 && year < 2050
    ? utf8(text.slice(2), 0x17)
    : utf8(text, 0x18);
}

/** A PEM block with the label given. */
export function pem(label: string, der: Uint8Array): string {
  const lines = der.toBase64().match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""]
    .join("\n");
}
