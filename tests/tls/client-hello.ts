/** Just as much of a ClientHello as tests ask about (RFC 8446 section 4.1.2). */

import assert from "node:assert/strict";

/** The extensions by number, from the first record that a client sends. */
export function helloExtensions(record: Uint8Array): Map<number, Uint8Array> {
  assert.equal(record[0], 0x16, "a record of the handshake");
  assert.equal(record[5], 0x01, "a ClientHello");
  const view = new DataView(
    record.buffer,
    record.byteOffset,
    record.byteLength,
  );
  // Headers of record and message, version, random.
  let at = 5 + 4 + 2 + 32;
  at += 1 + view.getUint8(at);
  at += 2 + view.getUint16(at);
  at += 1 + view.getUint8(at);
  const end = at + 2 + view.getUint16(at);
  const extensions = new Map<number, Uint8Array>();
  for (at += 2; at < end;) {
    const length = view.getUint16(at + 2);
    extensions.set(view.getUint16(at), record.slice(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return extensions;
}
