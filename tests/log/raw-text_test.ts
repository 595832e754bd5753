import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeRaw, encodeRaw, readableRaw } from "../../lib/log/raw-text.ts";

function bytes(...values: readonly number[]): Uint8Array {
  return Uint8Array.from(values);
}

Deno.test("UTF-8 is UTF-8, with its byte order mark", () => {
  const text = "\ufeffPrüfung → 検査 \u{1f600}";
  assert.equal(decodeRaw(new TextEncoder().encode(text)), text);
  assert.deepEqual(encodeRaw(text), new TextEncoder().encode(text));
});

Deno.test("bytes that are no UTF-8 stand between those that are", () => {
  // "ü" in UTF-8 and in ISO 8859-1, and half of one.
  const text = decodeRaw(bytes(0xc3, 0xbc, 0xfc, 0x41, 0xc3));
  assert.ok(text.startsWith("ü"));
  assert.equal(text.length, 4);
  assert.equal(readableRaw(text), "üüA\xc3");
});

Deno.test("a byte order mark behind a stray byte is kept", () => {
  assert.equal(
    readableRaw(decodeRaw(bytes(0xff, 0xef, 0xbb, 0xbf))),
    "ÿ\ufeff",
  );
});

Deno.test("whatever the bytes are, they come out as they came in", () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 4 }),
    fc.string({ unit: "grapheme" }).map((text) =>
      new TextEncoder().encode(text)
    ),
    // Surrogates and what is too long or too large, which are no UTF-8.
    fc.constantFrom(
      bytes(0xed, 0xb2, 0x80),
      bytes(0xc0, 0x80),
      bytes(0xf4, 0x90, 0x80, 0x80),
    ),
  );
  fc.assert(fc.property(fc.array(piece), (pieces) => {
    const whole = bytes(...pieces.flatMap((one) => [...one]));
    assert.deepEqual(encodeRaw(decodeRaw(whole)), whole);
  }));
});
