/** The side of a TLS server, for the Verification SCP. */

import type { SecureContext, TLSSocket } from "node:tls";
import { escapeControls } from "../base/text.ts";
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
   * Given: a client is asked for its certificate, and is closed on where this
   * tells why it is not accepted. DER, its own first.
   */
  readonly judgeClient?: (
    presented: readonly Uint8Array[],
  ) => Promise<string | undefined>;
  /**
   * With `judgeClient`, a client that shows no certificate is told so by an
   * alert; "optional": it is served. Default: "required".
   */
  readonly clientCertificate?: "required" | "optional";
  /**
   * Given: a client is closed on where this tells why what was agreed on is not
   * accepted. The runtime cannot be kept from agreeing on a suite.
   */
  readonly judgeSession?: (
    session: Pick<AcceptedTls, "version" | "suite">,
  ) => string | undefined;
  /** What is agreed on in the handshake. Default: both. */
  readonly versions?: readonly TlsServerVersion[];
}

/** The versions that a server can have. */
export type TlsServerVersion = "TLSv1.2" | "TLSv1.3";

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
 * @param tell told of the session before it and the client's certificate are
 * judged.
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
    const { judgeClient, judgeSession, clientCertificate } = settings;
    const asked = judgeClient !== undefined;
    const demanded = asked && clientCertificate !== "optional";
    const secureContext = secureContextOf(tls, settings);
    encrypted = new EncryptedTransport(
      Duplex,
      transport,
      (stream) =>
        new tls.TLSSocket(stream, {
          isServer: true,
          secureContext,
          requestCert: asked,
          rejectUnauthorized: demanded,
        }),
      (_raw, error) => fault(error?.message ?? "closed"),
    );
    const socket = await deadline.race(encrypted.handshake("secure"));
    const session = sessionOf(socket, asked);
    const { clientCertificates } = session;
    const judged = demanded || clientCertificates.length > 0;
    if (judged) assertProven(clientCertificates);
    await deadline.race(Promise.resolve(tell?.(session)));
    const refusal = judgeSession?.(session) ??
      (judged
        ? await deadline.race(
          Promise.resolve(judgeClient?.(clientCertificates)),
        )
        : undefined);
    if (refusal !== undefined) throw fault(refusal);
    return encrypted;
  } catch (error) {
    encrypted?.close();
    transport.close();
    throw error;
  }
}

/**
 * What is looked at of the settings before there is a client.
 *
 * @throws {Error} of the runtime when it cannot use the key or a certificate.
 */
export async function assertServable(settings: ScpTls): Promise<void> {
  secureContextOf(await import("node:tls"), settings);
}

function secureContextOf(
  tls: typeof import("node:tls"),
  { keyPem, chainPem, versions }: ScpTls,
): SecureContext {
  const only = versions?.length === 1 ? versions[0] : undefined;
  return tls.createSecureContext({
    key: keyPem,
    cert: chainPem,
    minVersion: only ?? "TLSv1.2",
    maxVersion: only ?? "TLSv1.3",
  });
}

/** @throws {TransportError} where the client has shown too many certificates. */
function sessionOf(socket: TLSSocket, asked: boolean): AcceptedTls {
  const clientCertificates = asked
    ? presentedCertificates(socket, () => socket.getPeerCertificate(true))
    : [];
  if (clientCertificates === undefined) {
    throw fault("the client shows too many certificates");
  }
  return {
    version: socket.getProtocol() ?? "unknown",
    suite: socket.getCipher().standardName,
    clientCertificates,
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

/** With the code that the other side has for what its engine says. */
function fault(words: string): TransportError {
  const text = escapeControls(words);
  return new TransportError("tls", { code: "000b:0f0c", text });
}
