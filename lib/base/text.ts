/** Text on the wire, and text from the wire on its way to a person. */

/** One character a byte (ISO 8859-1), so that no byte is lost or changed. */
export function decodeLatin1(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** What values are padded with: NUL and blank (PS3.5 section 6.2). */
export const PADDING: readonly number[] = [0x00, 0x20];

/** Text without the bytes of `padding` at its end. */
export function unpaddedText(
  bytes: Uint8Array,
  padding: readonly number[],
): string {
  let end = bytes.byteLength;
  while (end > 0 && padding.includes(bytes[end - 1] ?? -1)) end--;
  return decodeLatin1(bytes.subarray(0, end));
}

/** The reverse of {@linkcode decodeLatin1}; anything beyond becomes `?`. */
export function encodeLatin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    bytes[i] = code <= 0xff ? code : 0x3f;
  }
  return bytes;
}

const ASCII = /^[\0-\x7f]*$/;

/** Text of this machine as its UTF-8 bytes, one character a byte. */
export function toByteText(text: string): string {
  return ASCII.test(text) ? text : decodeLatin1(new TextEncoder().encode(text));
}

/**
 * The reverse of {@linkcode toByteText}; bytes that are no UTF-8 are read as
 * ISO 8859-1.
 */
export function fromByteText(text: string): string {
  if (ASCII.test(text)) return text;
  try {
    return new TextDecoder("utf-8", { fatal: true })
      .decode(encodeLatin1(text));
  } catch {
    return text;
  }
}

/**
 * Makes text harmless on a terminal and in a log: control characters (C0, DEL,
 * C1) become `\xNN`; line separators, format characters such as those that turn
 * the direction of writing, and lone surrogates become `\u{NNNN}`. A backslash
 * stays as it is.
 */
export function escapeControls(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (c) => {
    const code = c.codePointAt(0) ?? 0;
    return code <= 0xff ? `\\x${hex(code, 2)}` : `\\u{${hex(code, 4)}}`;
  });
}

/**
 * Text from a peer, one character a byte, as a person may see it: up to the
 * first NUL as the reference prints it, read as UTF-8, made harmless.
 */
export function printable(byteText: string): string {
  return escapeControls(fromByteText(byteText.replace(/\0.*$/s, "")));
}

/** What is to be said of something that was thrown. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Lower-case hexadecimal, padded with zeros to `width` digits. */
export function hex(value: number, width: number): string {
  return value.toString(16).padStart(width, "0");
}
