/** The side of a TLS server, for the Verification SCP. */

import type { TLSSocket } from "node:tls";
import { illegalServiceParameter } from "../base/condition.ts";
import type { Deadline } from "../net/deadline.ts";
import { type Transport, TransportError } from "../net/transport.ts";
import { EncryptedTransport } from "../tls/built-in/encrypted-transport.ts";
import { unprovenReason } from "../tls/wire/possession.ts";
import { presentedCertificates } from "../tls/wire/presented-certificates.ts";

/** Who the SCP is in TLS, and whom it lets in; all in PEM. */
export interface ScpTls {
  /** PKCS#8, not encrypted. */
  readonly keyPem: string;
  /** Its own certificate first. */
  readonly chainPem: string;
  /**
   * Given: a client must show a certificate that one of these has issued, or
   * that is one of these. One that shows none is told so by an alert; one that
   * shows another is closed on.
   */
  readonly clientAuthorities?: readonly string[];
  /**
   * Given: a client must show a certificate, and is closed on where this tells
   * why it is not accepted. DER, its own first.
   */
  readonly judgeClient?: (
    presented: readonly Uint8Array[],
  ) => Promise<string | undefined>;
  /** Default: both. */
  readonly versions?: readonly ("TLSv1.2" | "TLSv1.3")[];
}

/** What a finished handshake has come to. */
export interface AcceptedTls {
  /** "TLSv1.3", "TLSv1.2". */
  readonly version: string;
  /** IANA name. */
  readonly suite: string;
  /** DER, the client's own first; empty: it was not asked, or has none. */
  readonly clientCertificates: readonly Uint8Array[];
}

/**
 * Answers the handshake of a client.
 *
 * @param tell told of the session before the client's certificate is judged.
 * @param transport closed when that fails, or when the result is closed.
 * @throws {TransportError} for all that a client can do.
 * @throws {ExpiredError} when the bound comes first.
 * @throws {Error} of the runtime when it cannot use the key or a certificate.
 */
export async function acceptTls(
  transport: Transport,
  settings: ScpTls,
  deadline: Deadline,
  tell?: (session: AcceptedTls) => void | Promise<void>,
): Promise<Transport> {
  let encrypted: EncryptedTransport | undefined;
  try {
    const [tls, { Duplex }] = await Promise.all([
      import("node:tls"),
      import("node:stream"),
    ]);
    const { keyPem, chainPem, clientAuthorities, judgeClient, versions } =
      settings;
    const only = versions?.length === 1 ? versions[0] : undefined;
    const demanded = clientAuthorities !== undefined ||
      judgeClient !== undefined;
    const secureContext = tls.createSecureContext({
      key: keyPem,
      cert: chainPem,
      minVersion: only ?? "TLSv1.2",
      maxVersion: only ?? "TLSv1.3",
    });
    encrypted = new EncryptedTransport(
      Duplex,
      transport,
      (stream) =>
        new tls.TLSSocket(stream, {
          isServer: true,
          secureContext,
          requestCert: demanded,
          rejectUnauthorized: demanded,
        }),
      (_raw, error) => fault(error?.message ?? "closed"),
    );
    const socket = await deadline.race(encrypted.handshake("secure"));
    const session = sessionOf(socket, demanded);
    if (demanded) assertProven(session.clientCertificates);
    await deadline.race(Promise.resolve(tell?.(session)));
    const refusal = await deadline.race(
      Promise.resolve(judgeClient?.(session.clientCertificates)),
    );
    if (refusal !== undefined) throw fault(refusal);
    if (
      clientAuthorities !== undefined &&
      !await isIssuedBy(clientAuthorities, socket)
    ) throw fault("client certificate not accepted");
    return encrypted;
  } catch (error) {
    encrypted?.close();
    transport.close();
    throw error;
  }
}

function sessionOf(socket: TLSSocket, demanded: boolean): AcceptedTls {
  return {
    version: socket.getProtocol() ?? "unknown",
    suite: socket.getCipher().standardName,
    clientCertificates: demanded
      ? presentedCertificates(socket, () => socket.getPeerCertificate(true)) ??
        []
      : [],
  };
}

/**
 * The runtime demands a certificate, but lets pass whom it cannot check: with
 * one that it does not understand, a client need not have the key.
 */
function assertProven([own]: readonly Uint8Array[]): void {
  const reason = own === undefined
    ? "it is missing or cannot be read"
    : unprovenReason(own);
  if (reason === undefined) return;
  throw fault(
    "whether the client has the key of its certificate cannot be checked: " +
      reason,
  );
}

/** Who has issued it, the runtime only tells, and it has no alert for that. */
async function isIssuedBy(
  authorities: readonly string[],
  socket: TLSSocket,
): Promise<boolean> {
  const { X509Certificate } = await import("node:crypto");
  const shown = socket.getPeerX509Certificate();
  return shown !== undefined && authorities
    .map((pem) => new X509Certificate(pem))
    .some((authority) =>
      authority.fingerprint256 === shown.fingerprint256 ||
      (shown.checkIssued(authority) && shown.verify(authority.publicKey))
    );
}

function fault(words: string): TransportError {
  return new TransportError("tls", illegalServiceParameter(words));
}
