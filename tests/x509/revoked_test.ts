import assert from "node:assert/strict";
import { checkEntries, findRevoked } from "../../lib/x509/revoked.ts";
import type { RevocationList } from "../../lib/x509/types.ts";
import { X509Error } from "../../lib/x509/types.ts";
import { integer, octets, oid, sequence, tlv } from "../support/der.ts";

const TIME = tlv(0x17, new TextEncoder().encode("260101000000Z"));
const REASON = "2.5.29.21";

/** One entry of serial number 77 with a reason, as the bytes say. */
function entry(reason: Uint8Array, critical = false): Uint8Array {
  return sequence(
    integer(77),
    TIME,
    sequence(sequence(
      oid(REASON),
      ...(critical ? [tlv(0x01, Uint8Array.of(0xff))] : []),
      octets(tlv(0x0a, reason)),
    )),
  );
}

Deno.test("a reason that is no single byte takes no revocation back", () => {
  const entries = entry(Uint8Array.of(8, 1));
  checkEntries(entries);
  const list = { entries } as RevocationList;
  const revoked = findRevoked(list, "4D");
  assert.notEqual(revoked, undefined);
  assert.equal(revoked?.reason, undefined);
});

Deno.test("a reason that is critical is not understood", () => {
  assert.throws(() => checkEntries(entry(Uint8Array.of(8), true)), X509Error);
});
