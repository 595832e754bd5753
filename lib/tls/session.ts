/** What a TLS connection turned out to be, told as it happens. */

import type { Certificate, ChainProblem } from "../x509/types.ts";
import type { TlsFailure } from "./failure.ts";

/** Who does the cryptography: the runtime, or OpenSSL's program. */
export type EngineName = "built-in" | "openssl";

/** A finished handshake (RFC 8446, RFC 5246). */
export interface TlsSession {
  readonly engine: EngineName;
  /** "TLSv1.3", "TLSv1.2", "TLSv1.1", "TLSv1". */
  readonly version: string;
  /** The IANA name, "TLS_AES_128_GCM_SHA256". */
  readonly suite: string;
  /** As the peer sent them, its own first. */
  readonly presented: readonly Certificate[];
  /** From the peer's own to the anchor; as far as it could be built. */
  readonly chain: readonly Certificate[];
  /** Undefined: trusted, or not asked for (`ignored`). */
  readonly problem: ChainProblem | undefined;
  /** The peer's certificate was not to be looked at (`--ignore-peer-cert`). */
  readonly ignored: boolean;
}

/** Seen from outside; `session` comes before the verdict on it. */
export type TlsEvent =
  | { readonly kind: "tls-session"; readonly session: TlsSession }
  | { readonly kind: "tls-failed"; readonly failure: TlsFailure }
  /** One engine could not do it, so the other is tried. */
  | {
    readonly kind: "tls-retry";
    readonly engine: EngineName;
    /** In words. */
    readonly reason: string;
  }
  /** What the reference logs, or what is of use to a person. */
  | {
    readonly kind: "tls-note";
    readonly level: "warn" | "info" | "debug" | "trace";
    readonly text: string;
  };
