import assert from "node:assert/strict";
import {
  decodeLatin1,
  encodeLatin1,
  escapeControls,
  hex,
} from "../../lib/base/text.ts";

Deno.test("every byte is a character and comes back as the same byte", () => {
  const all = Uint8Array.from({ length: 256 }, (_, i) => i);
  const text = decodeLatin1(all);
  assert.equal(text.length, 256);
  assert.equal(text.codePointAt(0xe9), 0xe9);
  assert.deepEqual(encodeLatin1(text), all);
});

Deno.test("a character that is no byte is written as a question mark", () => {
  assert.deepEqual(encodeLatin1("a\u0416"), Uint8Array.of(0x61, 0x3f));
});

Deno.test("control characters of both ranges and DEL are escaped", () => {
  assert.equal(
    escapeControls("a\x00\x07\t\n\r\x1b[31m\x7f\x80\x9f"),
    "a\\x00\\x07\\x09\\x0a\\x0d\\x1b[31m\\x7f\\x80\\x9f",
  );
});

Deno.test("all other characters are printed as they are", () => {
  const text = " ~\\x00 \u00a0\u00e9\u0416\u{1f600}";
  assert.equal(escapeControls(text), text);
});

Deno.test("hexadecimal is lower case, padded, and never cut", () => {
  assert.equal(hex(0xab, 4), "00ab");
  assert.equal(hex(0, 2), "00");
  assert.equal(hex(0x12345, 4), "12345");
});
