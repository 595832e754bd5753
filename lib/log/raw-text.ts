/**
 * Text with bytes in it that are no UTF-8, which must come out as they came in.
 * Pure.
 */

import { decodeLatin1, encodeLatin1, toByteText } from "../base/text.ts";

/** A byte that is no UTF-8 stands as a lone surrogate: this and the byte. */
const STRAY = 0xdc00;

/**
 * UTF-8 as RFC 3629, section 4, has it, one character a byte, or a stray byte.
 * Runs have an end, so that matching takes no more room than they do.
 */
const UTF8_OR_STRAY =
  // deno-lint-ignore no-control-regex
  /(?:[\x00-\x7f]|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}){1,1000}|[\x80-\xff]/g;

/** A byte order mark is kept as text. */
export function decodeRaw(bytes: Uint8Array): string {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  try {
    return decoder.decode(bytes);
  } catch {
    return decodeLatin1(bytes).replace(
      UTF8_OR_STRAY,
      (found) =>
        found.length === 1 && found >= "\x80"
          ? String.fromCharCode(STRAY + found.charCodeAt(0))
          : decoder.decode(encodeLatin1(found)),
    );
  }
}

/** For names and for people: stray bytes read as ISO 8859-1. */
export function readableRaw(text: string): string {
  return text.replace(
    /[\udc80-\udcff]/gu,
    (stray) => String.fromCharCode(stray.charCodeAt(0) - STRAY),
  );
}

/** The reverse of {@linkcode decodeRaw}: UTF-8, but for stray bytes. */
export function encodeRaw(text: string): Uint8Array<ArrayBuffer> {
  if (text.isWellFormed()) return new TextEncoder().encode(text);
  const byteText = text.split(/([\udc80-\udcff])/u).map((part, index) =>
    index % 2 === 0
      ? toByteText(part)
      : String.fromCharCode(part.charCodeAt(0) - STRAY)
  ).join("");
  return new Uint8Array(encodeLatin1(byteText));
}
