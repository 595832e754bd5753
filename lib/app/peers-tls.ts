/** TLS that is set up once for all peers which ask for the same. */

import type { Host } from "../host.ts";
import { isShown, type Log } from "../log/log.ts";
import type { Peer } from "../peers/peer.ts";
import type { TlsSettings } from "../tls/settings.ts";
import type { Failure, Outcome } from "../verify/outcome.ts";
import { SharedOpenssl } from "./shared-openssl.ts";
import { type PreparedTls, prepareTls, setUpFailure } from "./tls.ts";

/** What of TLS there is for a peer. */
export type PeerTls =
  | Extract<PreparedTls, { kind: "ready" }>
  | { readonly kind: "none" }
  | { readonly kind: "failed"; readonly failure: Failure };

export class SharedTls {
  readonly #prepared = new Map<TlsSettings, PreparedTls>();
  /** The last that came to an association. */
  readonly #outcomes = new Map<TlsSettings, Outcome>();
  readonly #log: Log;
  readonly #signal: AbortSignal;
  readonly #host: Host;
  readonly #openssl = new SharedOpenssl();

  constructor(log: Log, signal: AbortSignal, host: Host) {
    this.#log = log;
    this.#signal = signal;
    this.#host = host;
  }

  /**
   * Sets up what the peers ask for; why it cannot be is logged.
   *
   * @returns the exit code if somebody has ended it at a prompt.
   */
  async prepare(peers: readonly Peer[]): Promise<number | undefined> {
    for (const { tls } of peers) {
      if (tls === undefined || this.#prepared.has(tls)) continue;
      const prepared = await this.#prepare(tls);
      if (prepared.kind === "interrupted") return prepared.exit;
      this.#prepared.set(tls, prepared);
    }
    return undefined;
  }

  async #prepare(settings: TlsSettings): Promise<PreparedTls> {
    const { shows, write } = this.#log;
    const faults: Log = {
      shows,
      // The rest would be without the name of the peer that it is about.
      write: (message) => isShown(message.level, "warn") && write(message),
    };
    return await prepareTls(
      settings,
      faults,
      this.#host,
      this.#signal,
      this.#openssl,
    );
  }

  of({ tls }: Peer): PeerTls {
    if (tls === undefined) return { kind: "none" };
    const prepared = this.#prepared.get(tls);
    if (prepared === undefined) throw new Error("TLS that was not prepared");
    return prepared.kind === "ready"
      ? prepared
      : { kind: "failed", failure: setUpFailure(prepared) };
  }

  /** Keeps what {@linkcode finish} is to know. */
  ended({ tls }: Peer, outcome: Outcome): void {
    if (tls !== undefined && outcome.negotiated !== undefined) {
      this.#outcomes.set(tls, outcome);
    }
  }

  async finish(): Promise<void> {
    for (const [settings, prepared] of this.#prepared) {
      if (prepared.kind !== "ready") continue;
      await prepared.finish(this.#outcomes.get(settings));
    }
  }
}
