/** The certificates that the peer of a finished handshake has shown. */

/** No peer has a reason to show more. */
export const MOST_CERTIFICATES = 32;

/** As node:tls links them. */
export interface LinkedCertificate {
  /** DER; there is none where there is no certificate. */
  readonly raw?: Uint8Array;
  /** Of a root, itself. */
  readonly issuerCertificate?: LinkedCertificate;
}

/**
 * The certificates as the peer sent them, in its order, as DER; undefined when
 * there are more than {@linkcode MOST_CERTIFICATES}. Empty when the runtime
 * cannot read the peer's own.
 *
 * @param socket of node:tls. Its binding has what came over the wire, but is no
 * documented interface.
 * @param linked gives what is documented, for when the binding is another; it
 * may throw at what it cannot read.
 */
export function presentedCertificates(
  socket: object,
  linked: () => LinkedCertificate,
): readonly Uint8Array[] | undefined {
  const certificates = fromBinding(socket) ?? fromLinks(linked);
  return certificates.length > MOST_CERTIFICATES ? undefined : certificates;
}

function fromBinding(socket: object): Uint8Array[] | undefined {
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

function fromLinks(linked: () => LinkedCertificate): Uint8Array[] {
  const certificates: Uint8Array[] = [];
  try {
    let next: LinkedCertificate | undefined = linked();
    while (
      next?.raw !== undefined && certificates.length <= MOST_CERTIFICATES
    ) {
      certificates.push(new Uint8Array(next.raw));
      const issuer: LinkedCertificate | undefined = next.issuerCertificate;
      next = issuer === next ? undefined : issuer;
    }
  } catch {
    // None of them is known, then.
  }
  return certificates;
}
