/** Connecting with its steps told as they happen: look-up apart from TCP. */

import { connectToFirst, lookUp } from "./connect-in-family.ts";
import { isLiteral, type PeerAddress } from "./peer-address.ts";
import { connectBy } from "./tcp.ts";
import type { Connect } from "./transport.ts";

/** A step of connecting, told when it begins or is done. */
export type ConnectEvent =
  /** A name is looked up; a literal address is not. */
  | { readonly kind: "looking-up" }
  /** What the name stands for, or the literal itself, in the order of trying. */
  | { readonly kind: "resolved"; readonly addresses: readonly string[] }
  /** Both ends of the connection: "192.0.2.1:104", "[2001:db8::1]:104". */
  | {
    readonly kind: "connected";
    readonly local: string;
    readonly remote: string;
  };

/**
 * Connects as connectTcp does, with its errors and conditions, but looks the
 * name up first by itself.
 *
 * @param observe told of each step; a step that fails has no event.
 */
export function observedConnect(
  observe: (event: ConnectEvent) => void,
): Connect {
  return connectBy(async (address, port, signalOf) => {
    const signal = signalOf();
    const addresses = await addressesOf(address, observe);
    // What comes too late is no longer of interest.
    signal.throwIfAborted();
    observe({ kind: "resolved", addresses });
    const connection = await connectToFirst(addresses, port, signal);
    observe({
      kind: "connected",
      local: endpoint(connection.localAddr),
      remote: endpoint(connection.remoteAddr),
    });
    return connection;
  });
}

async function addressesOf(
  address: PeerAddress,
  observe: (event: ConnectEvent) => void,
): Promise<readonly string[]> {
  const { host } = address;
  if (address.kind === "any" && isLiteral(host)) return [host];
  observe({ kind: "looking-up" });
  const family = address.kind === "any" ? 0 : address.family;
  return alternating(await lookUp(host, family));
}

/**
 * IPv6 and IPv4 by turns, beginning with the family that came first (RFC 8305
 * section 4): a family that does not work holds up one attempt, not all.
 */
export function alternating(addresses: readonly string[]): readonly string[] {
  const isIpv6 = (address: string): boolean => address.includes(":");
  const [first] = addresses;
  if (first === undefined) return [];
  const preferred = addresses.filter((one) => isIpv6(one) === isIpv6(first));
  const others = addresses.filter((one) => isIpv6(one) !== isIpv6(first));
  return Array.from(
    { length: Math.max(preferred.length, others.length) },
    (_, index) => [preferred[index], others[index]],
  ).flat().filter((one) => one !== undefined);
}

function endpoint({ hostname, port }: Deno.NetAddr): string {
  return hostname.includes(":")
    ? `[${hostname}]:${port}`
    : `${hostname}:${port}`;
}
