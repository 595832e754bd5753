import assert from "node:assert/strict";
import { unprovenReason } from "../../../lib/tls/wire/possession.ts";
import { issue, type KeyKind, selfSigned } from "../../support/certificates.ts";
import { ROOT, SERVER } from "../handshakes.ts";

/** The bytes with one of them changed. */
function changed(der: Uint8Array, at: number, byte: number): Uint8Array {
  const copy = der.slice();
  copy[at] = byte;
  return copy;
}

/** Where the bit string of an uncompressed P-256 key begins. */
function keyAt(der: Uint8Array): number {
  for (let at = 0; at < der.byteLength; at++) {
    if (
      der[at] === 0x03 && der[at + 1] === 0x42 && der[at + 2] === 0 &&
      der[at + 3] === 4
    ) return at;
  }
  return assert.fail("no key is there");
}

Deno.test("ordinary certificates prove their key", () => {
  for (const key of ["ec", "ec384", "rsa", "ed25519"] satisfies KeyKind[]) {
    const leaf = issue(ROOT, { name: "pacs", key });
    assert.equal(unprovenReason(leaf.der), undefined, key);
  }
  assert.equal(unprovenReason(ROOT.der), undefined);
  assert.equal(unprovenReason(selfSigned({ name: "x" }).der), undefined);
});

Deno.test("versions other than 3 do not", () => {
  const old = issue(ROOT, { name: "old", version: 1 });
  assert.match(unprovenReason(old.der) ?? "", /version 3/);
  // [0] EXPLICIT INTEGER stands after the headers of two sequences.
  const version = SERVER.der.indexOf(0xa0);
  assert.equal(SERVER.der[version + 4], 2);
  for (const number of [0, 1, 3]) {
    const other = changed(SERVER.der, version + 4, number);
    assert.match(unprovenReason(other) ?? "", /version 3/);
  }
});

Deno.test("a key that is not of whole bytes does not", () => {
  const unused = changed(SERVER.der, keyAt(SERVER.der) + 2, 1);
  assert.match(unprovenReason(unused) ?? "", /public key/);
  const noBits = changed(SERVER.der, keyAt(SERVER.der), 4);
  assert.match(unprovenReason(noBits) ?? "", /public key/);
});

Deno.test("bytes after the certificate, or a length in too many, do not", () => {
  const { der } = SERVER;
  assert.ok(unprovenReason(new Uint8Array([...der, 0])));
  const [tag = 0, form, high = 0, low = 0, ...rest] = der;
  assert.equal(form, 0x82);
  const longer = Uint8Array.of(tag, 0x83, 0, high, low, ...rest);
  assert.match(unprovenReason(longer) ?? "", /encoding/);
});

Deno.test("what is no certificate does not, wherever it is cut", () => {
  const { der } = SERVER;
  for (let length = 0; length < der.byteLength; length++) {
    assert.ok(unprovenReason(der.subarray(0, length)), `${length}`);
  }
});

Deno.test("what only the runtime cannot read does not", () => {
  // The serial number, after the version, is no longer an INTEGER.
  const at = SERVER.der.indexOf(0xa0) + 5;
  assert.equal(SERVER.der[at], 0x02);
  const der = changed(SERVER.der, at, 0x04);
  assert.match(unprovenReason(der) ?? "", /runtime cannot read/);
});
