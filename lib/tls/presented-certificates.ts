/** The certificates that the peer of a finished handshake has shown. */

import type { PeerCertificate, TLSSocket } from "node:tls";

/** No peer has a reason to show more. */
export const MOST_CERTIFICATES = 32;

/**
 * The certificates as the peer sent them, in its order, as DER; undefined when
 * there are more than {@linkcode MOST_CERTIFICATES}. Empty when the runtime
 * cannot read the peer's own.
 */
export function presentedCertificates(
  socket: TLSSocket,
  tls: typeof import("node:tls"),
): readonly Uint8Array[] | undefined {
  const certificates = fromHandle(socket) ?? fromObjects(socket, tls);
  return certificates.length > MOST_CERTIFICATES ? undefined : certificates;
}

/**
 * From the runtime's own binding, which has what came over the wire. It is no
 * documented interface; if it is gone, the documented one has to do.
 */
function fromHandle(socket: TLSSocket): Uint8Array[] | undefined {
  const handle: unknown = Reflect.get(socket, "_handle");
  if (typeof handle !== "object" || handle === null) return undefined;
  const ask: unknown = Reflect.get(handle, "getPeerCertificateChain");
  if (typeof ask !== "function") return undefined;
  const chain: unknown = Reflect.apply(ask, handle, [])?.certificates;
  if (!Array.isArray(chain)) return undefined;
  const copies: Uint8Array[] = [];
  for (const one of chain) {
    if (!(one instanceof Uint8Array)) return undefined;
    copies.push(one.slice());
  }
  return copies;
}

/** From the linked objects that node:tls makes; all must be readable to it. */
function fromObjects(
  socket: TLSSocket,
  tls: typeof import("node:tls"),
): Uint8Array[] {
  const certificates: Uint8Array[] = [];
  try {
    const own: Partial<PeerCertificate> = tls.TLSSocket.prototype
      .getPeerCertificate.call(socket, true);
    let next: Partial<PeerCertificate> & {
      issuerCertificate?: PeerCertificate;
    } = own;
    while (
      next.raw !== undefined && certificates.length <= MOST_CERTIFICATES
    ) {
      certificates.push(new Uint8Array(next.raw));
      const issuer: PeerCertificate | undefined = next.issuerCertificate;
      // A root is linked to itself.
      if (issuer === undefined || issuer === next) break;
      next = issuer;
    }
  } catch {
    // One of them cannot be read: what came before it is kept.
  }
  return certificates;
}
