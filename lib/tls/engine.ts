/** What every way of doing TLS gives, whoever does the cryptography. */

import type { Deadline } from "../net/deadline.ts";
import { type Transport, TransportError } from "../net/transport.ts";
import type { TlsFailure } from "./failure.ts";
import type { EngineName } from "./session.ts";
import type { Condition } from "../base/condition.ts";

/** A private key and its certificates, loaded and found to belong together. */
export interface ClientCertificate {
  /** PKCS#8, in PEM, not encrypted. Never printed. */
  readonly keyPem: string;
  /** PEM, its own certificate first, then what else the file has. */
  readonly chainPem: string;
}

/** What may be agreed on; both engines offer as close to it as they can. */
export interface Offer {
  /** In the order of preference; "TLSv1.3", "TLSv1.2", "TLSv1.1", "TLSv1". */
  readonly versions: readonly string[];
  /** IANA names. */
  readonly suites: readonly string[];
}

export interface HandshakeRequest {
  /** Connected, nothing sent or read yet. Closed by the engine on failure. */
  readonly transport: Transport;
  readonly clientCertificate: ClientCertificate | undefined;
  /** For the SNI extension (RFC 6066 section 3); undefined: none. */
  readonly serverName: string | undefined;
  readonly offer: Offer;
  readonly deadline: Deadline;
}

/** An encrypted connection; closing it closes the transport below. */
export interface TlsChannel extends Transport {
  readonly version: string;
  /** IANA name. */
  readonly suite: string;
  /** DER, as the peer sent them, its own first. */
  readonly peerCertificates: readonly Uint8Array[];
  /**
   * Undefined: the peer has proved to have the key of its certificate. Else
   * why this engine cannot tell, in words.
   */
  readonly unproven: string | undefined;
}

/** One way of doing TLS. It does not judge certificates. */
export interface TlsEngine {
  readonly name: EngineName;
  /**
   * @throws {TlsError}
   */
  handshake(request: HandshakeRequest): Promise<TlsChannel>;
}

/** The one error of this layer, also of reads and writes after the handshake. */
export class TlsError extends TransportError {
  constructor(
    readonly failure: TlsFailure,
    condition: Condition,
    options?: ErrorOptions,
  ) {
    super(
      failure.kind === "timeout" || failure.kind === "interrupted"
        ? failure.kind
        : "tls",
      condition,
      options,
    );
  }
}
