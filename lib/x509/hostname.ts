/** Whether a certificate is for the host that is wanted (RFC 9525). */

import type { Certificate } from "./types.ts";

/** An address in its shortest form; undefined: it is a name. */
function addressOf(host: string): string | undefined {
  if (/^\d+(\.\d+){3}$/.test(host)) return host;
  if (!host.includes(":")) return undefined;
  const bare = host.replace(/^\[|\]$/g, "").replace(/%.*$/, "");
  return URL.parse(`http://[${bare}]/`)?.hostname.slice(1, -1) ?? bare;
}

/** Whether a host is given by its address. */
export function isAddress(host: string): boolean {
  return addressOf(host) !== undefined;
}

/** Only A to Z: else the Kelvin sign would be a "k". */
function lowerAscii(text: string): string {
  return text.replace(/[A-Z]/g, (c) => c.toLowerCase());
}

function withoutDot(name: string): string {
  return lowerAscii(name).replace(/\.$/, "");
}

/** A wildcard stands for the whole left-most label, and only there. */
function matches(pattern: string, host: string): boolean {
  const wanted = withoutDot(pattern);
  if (!wanted.startsWith("*.")) return wanted === host && wanted !== "";
  const rest = wanted.slice(1);
  const label = host.slice(0, host.length - rest.length);
  return rest.lastIndexOf(".") > 0 && host.endsWith(rest) &&
    /^[^.]+$/.test(label);
}

/**
 * By the alternative names; by the common name only if there are none
 * (RFC 6125 section 6.4.4). `host` is a name in ASCII, or an address.
 */
export function isForHost(certificate: Certificate, host: string): boolean {
  const { alternativeNames: { dns, ip }, commonName } = certificate;
  const address = addressOf(host);
  if (address !== undefined) return ip.includes(address);
  const name = withoutDot(host);
  if (dns.length > 0) return dns.some((pattern) => matches(pattern, name));
  return ip.length === 0 && commonName !== undefined &&
    matches(commonName, name);
}
