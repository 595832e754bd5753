import assert from "node:assert/strict";
import { parseCrl } from "../../lib/x509/crl.ts";
import { Der } from "../../lib/x509/der.ts";
import { findRevoked } from "../../lib/x509/revoked.ts";
import { authority, crl } from "../support/certificates.ts";
import {
  boolean,
  integer,
  octets,
  oid,
  sequence,
  tlv,
  utf8,
} from "../support/der.ts";
import { refused } from "./refused.ts";

const list = crl(authority({ name: "root" }), []);

/** A list with entries as they are given; the signature is of another. */
function listOf(...entries: readonly Uint8Array[]): Uint8Array {
  const [body, ...rest] = members(list.der);
  const [version, algorithm, issuer, from, to] = members(body ?? list.der);
  const inner = [version, algorithm, issuer, from, to]
    .filter((value) => value !== undefined);
  return sequence(sequence(...inner, sequence(...entries)), ...rest);
}

function members(der: Uint8Array): readonly Uint8Array[] {
  const inside = new Der(der).inside("x");
  const list: Uint8Array[] = [];
  while (!inside.atEnd) list.push(inside.next("x").whole);
  return list;
}

function entry(serial: string, ...more: readonly Uint8Array[]): Uint8Array {
  return sequence(
    tlv(0x02, Uint8Array.fromHex(serial)),
    utf8("260101000000Z", 0x17),
    ...more,
  );
}

function reason(number: number): Uint8Array {
  return sequence(
    sequence(oid("2.5.29.21"), octets(tlv(0x0a, Uint8Array.of(number)))),
  );
}

Deno.test("a serial number is found among others, with its reason", () => {
  const found = parseCrl(listOf(
    entry("4c"),
    entry("00ff01", reason(4)),
    entry("4d4d", reason(1)),
    entry("7f".repeat(40)),
  ));
  const since = new Date("2026-01-01T00:00:00Z");
  assert.deepEqual(findRevoked(found, "4C"), { since, reason: undefined });
  assert.deepEqual(findRevoked(found, "FF01"), { since, reason: "superseded" });
  assert.deepEqual(findRevoked(found, "4D4D")?.reason, "keyCompromise");
  assert.ok(findRevoked(found, "7F".repeat(40)) !== undefined);
  for (const other of ["4D", "4C4C", "FF", "00"]) {
    assert.equal(findRevoked(found, other), undefined, other);
  }
});

Deno.test("every entry is looked at, also those that nobody asks for", async () => {
  const date = utf8("260230000000Z", 0x17);
  const critical = sequence(
    sequence(oid("1.2.3"), boolean(true), octets(Uint8Array.of())),
  );
  const cases: readonly (readonly [Uint8Array, RegExp])[] = [
    [entry("00004d"), /number of a wrong length/],
    [entry("ff80"), /number of a wrong length/],
    [entry(""), /number of a wrong length/],
    [sequence(integer(1), date), /no such time/],
    [sequence(integer(1)), /an entry is damaged/],
    [sequence(date, integer(1)), /an entry is damaged/],
    [integer(1), /an entry is damaged/],
    [Uint8Array.fromHex("30820002"), /an entry is damaged/],
    [entry("4d", sequence(integer(1))), /tag 0x02/],
    [entry("4d", reason(1), reason(1)), /more than there should be/],
    [entry("4d", critical), /extension 1\.2\.3 of an entry is critical/],
  ];
  for (const [bad, message] of cases) {
    await refused(() => parseCrl(listOf(entry("4c"), bad)), message);
  }
});

Deno.test("a list of very many entries makes no object for each", () => {
  const many = Array.from(
    { length: 20_000 },
    (_, i) => entry(`4a${i.toString(16).padStart(6, "0")}`, reason(1)),
  );
  const found = parseCrl(listOf(...many));
  assert.ok(found.der.buffer === found.entries.buffer);
  assert.equal(findRevoked(found, "4A004E1F")?.reason, "keyCompromise");
  assert.equal(findRevoked(found, "4A004E20"), undefined);
});
