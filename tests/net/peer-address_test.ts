import assert from "node:assert/strict";
import type { AddressFamily } from "../../lib/base/address-family.ts";
import { peerAddress } from "../../lib/net/peer-address.ts";

const FAMILIES: readonly AddressFamily[] = ["auto", "ipv4", "ipv6"];

/**
 * Peer as typed; what it is with -i0, -i4 and -i6: the address that is used,
 * "v4 name" or "v6 name" where addresses of one family must be looked up, or
 * "-" where it cannot be.
 */
const TABLE: readonly (readonly [string, string, string, string])[] = [
  ["localhost", "localhost", "v4 localhost", "v6 localhost"],
  ["pacs.example", "pacs.example", "v4 pacs.example", "v6 pacs.example"],
  ["127.0.0.1", "127.0.0.1", "127.0.0.1", "-"],
  ["::1", "::1", "-", "::1"],
  ["[::1]", "::1", "-", "::1"],
  ["::", "::", "-", "::"],
  ["fe80::1%eth0", "fe80::1%eth0", "-", "fe80::1%eth0"],
  ["[fe80::1%eth0]", "fe80::1%eth0", "-", "fe80::1%eth0"],
  ["::ffff:192.0.2.1", "::ffff:192.0.2.1", "-", "::ffff:192.0.2.1"],
  ["2001:db8:0:0:0:0:0:1", "2001:db8:0:0:0:0:0:1", "-", "2001:db8:0:0:0:0:0:1"],
  ["", "-", "-", "-"],
  ["[]", "-", "-", "-"],
  [":", "-", "-", "-"],
  ["host:104", "-", "-", "-"],
  ["127.0.0.1:104", "-", "-", "-"],
  ["[127.0.0.1]", "-", "-", "-"],
  ["[localhost]", "-", "-", "-"],
  ["[::1", "-", "-", "-"],
  ["::1]", "-", "-", "-"],
  ["[[::1]]", "-", "-", "-"],
  ["1:2:3:4:5:6:7:8:9", "-", "-", "-"],
  ["::12345", "-", "-", "-"],
  ["::g", "-", "-", "-"],
  ["::1%", "-", "-", "-"],
  ["::1]/[::1", "-", "-", "-"],
  ["user@[::1]", "-", "-", "-"],
];

for (const [peer, ...expected] of TABLE) {
  Deno.test(`the peer "${peer}" is what it should be in every family`, () => {
    for (const [index, family] of FAMILIES.entries()) {
      const address = peerAddress(peer, family);
      const actual = address === undefined
        ? "-"
        : address.kind === "any"
        ? address.host
        : `v${address.family} ${address.host}`;
      assert.equal(actual, expected[index], family);
    }
  });
}
