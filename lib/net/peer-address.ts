/** What a peer parameter names: an address, or a name to look up. */

import type { AddressFamily } from "../base/address-family.ts";

/** A peer as it can be connected to. */
export type PeerAddress =
  /** A literal, or a name that the system may look up as it likes. */
  | { readonly kind: "any"; readonly host: string }
  /** A name whose addresses must be of one family. */
  | {
    readonly kind: "name-in-family";
    readonly host: string;
    readonly family: 4 | 6;
  };

const IPV4 = /^(?:\d{1,3}\.){3}\d{1,3}$/;

/** Brackets around an IPv6 literal, as in a URL, are taken off. */
function withoutBrackets(host: string): string {
  return host.startsWith("[") && host.endsWith("]") ? host.slice(1, -1) : host;
}

/** Digits, colons, an IPv4 tail; then perhaps the zone (RFC 4007). */
const IPV6_CHARACTERS = /^([0-9a-f:.]+)(?:%[\w.-]+)?$/i;

function isIpv6(host: string): boolean {
  const address = IPV6_CHARACTERS.exec(host)?.[1];
  return address !== undefined && URL.canParse(`dicom://[${address}]`);
}

/** Whether the host of a {@linkcode PeerAddress} needs no look-up. */
export function isLiteral(host: string): boolean {
  return host.includes(":") || IPV4.test(host);
}

/**
 * Undefined for what cannot be a peer: nothing at all, something with a colon
 * that is no IPv6 literal, a literal of the family that is not wanted.
 */
export function peerAddress(
  peer: string,
  family: AddressFamily,
): PeerAddress | undefined {
  const host = withoutBrackets(peer);
  if (host === "") return undefined;
  if (host.includes(":") || host !== peer) {
    return isIpv6(host) && family !== "ipv4"
      ? { kind: "any", host }
      : undefined;
  }
  if (IPV4.test(host)) {
    return family === "ipv6" ? undefined : { kind: "any", host };
  }
  if (family === "auto") return { kind: "any", host };
  return { kind: "name-in-family", host, family: family === "ipv4" ? 4 : 6 };
}
