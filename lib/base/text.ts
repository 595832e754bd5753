/** Text on the wire, and text from the wire on its way to a person. */

/** One character a byte (ISO 8859-1), so that no byte is lost or changed. */
export function decodeLatin1(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
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

/** The reverse of {@linkcode toByteText}; what is no UTF-8 becomes U+FFFD. */
export function fromByteText(text: string): string {
  return ASCII.test(text) ? text : new TextDecoder().decode(encodeLatin1(text));
}

/**
 * Makes text from a peer harmless on a terminal and in a log: control
 * characters (C0, DEL, C1) become `\xNN`, a backslash stays as it is.
 */
export function escapeControls(text: string): string {
  return text.replace(
    // deno-lint-ignore no-control-regex -- they are what is looked for
    /[\x00-\x1f\x7f-\x9f]/g,
    (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}

/** Lower-case hexadecimal, padded with zeros to `width` digits. */
export function hex(value: number, width: number): string {
  return value.toString(16).padStart(width, "0");
}
