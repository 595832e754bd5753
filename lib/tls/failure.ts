/** How TLS fails after TCP has succeeded. */

import type { PeerProtocol } from "../net/peer-protocol.ts";
import type { ChainProblem } from "../x509/types.ts";

/** The cause of a failure, apart from its texts. */
export type TlsFailure =
  | { readonly kind: "certificate"; readonly problem: ChainProblem }
  /**
   * An alert of the peer (RFC 8446 section 6), by its number.
   *
   * `ours`: a client certificate was shown. `after`: the handshake was done.
   * `first`: it was the peer's first answer; undefined: that is not known.
   */
  | {
    readonly kind: "alert";
    readonly description: number;
    readonly ours: boolean;
    readonly after: boolean;
    readonly first?: boolean;
  }
  /** What was agreed on is not allowed by profile and suites. */
  | {
    readonly kind: "not-allowed";
    readonly version: string;
    readonly suite: string;
  }
  /** No answer of TLS came; `bytes` is how the answer begins. */
  | {
    readonly kind: "not-tls";
    readonly protocol: PeerProtocol;
    readonly bytes: Uint8Array;
  }
  /** Closed or reset in the handshake, with no reason given. */
  | { readonly kind: "closed"; readonly reset: boolean }
  | { readonly kind: "timeout" | "interrupted" }
  /** No engine of this installation has what is asked: what it would need. */
  | {
    readonly kind: "unavailable";
    readonly wanted: string;
    /** The openssl program is there, and has not got it either. */
    readonly lacking?: true;
  }
  /** The runtime cannot prove that the peer has the key of its certificate. */
  | { readonly kind: "unproven"; readonly detail: string }
  /** All else, in the words of the engine. */
  | { readonly kind: "protocol"; readonly detail: string };

/** What an engine can find; certificates are judged by others. */
export type EngineFailure = Exclude<
  TlsFailure,
  { readonly kind: "certificate" }
>;
