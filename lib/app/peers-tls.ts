/** TLS that is set up once for all peers which ask for the same. */

import type { LeftOut } from "../format/options.ts";
import type { Host } from "../host.ts";
import { isShown, type Log } from "../log/log.ts";
import type { Peer } from "../peers/peer.ts";
import type { TlsSettings } from "../tls/settings.ts";
import type { Outcome } from "../verify/outcome.ts";
import type { PreparedTls } from "./tls.ts";

type ReadyTls = Extract<PreparedTls, { kind: "ready" }>;

/** What can be checked, and what cannot. */
export interface UsablePeers {
  readonly usable: readonly Peer[];
  readonly leftOut: readonly LeftOut[];
}

export class SharedTls {
  readonly #prepared = new Map<TlsSettings, PreparedTls>();
  /** The last that came to an association. */
  readonly #outcomes = new Map<TlsSettings, Outcome>();
  readonly #log: Log;
  readonly #signal: AbortSignal;
  readonly #host: Host;

  constructor(log: Log, signal: AbortSignal, host: Host) {
    this.#log = log;
    this.#signal = signal;
    this.#host = host;
  }

  /** Sets up what the peers ask for; why it cannot be is logged. */
  async prepare(peers: readonly Peer[]): Promise<UsablePeers> {
    const usable: Peer[] = [];
    const leftOut: LeftOut[] = [];
    for (const peer of peers) {
      const { tls, line } = peer;
      if (tls === undefined || await this.#isReady(tls)) usable.push(peer);
      else {
        leftOut.push({ line, reason: "its TLS cannot be set up" });
      }
    }
    return { usable, leftOut };
  }

  async #isReady(settings: TlsSettings): Promise<boolean> {
    let prepared = this.#prepared.get(settings);
    if (prepared === undefined) {
      const { prepareTls } = await import("./tls.ts");
      const { shows, write } = this.#log;
      const faults: Log = {
        shows,
        // The rest would be without the name of the peer that it is about.
        write: (message) => isShown(message.level, "warn") && write(message),
      };
      prepared = await prepareTls(settings, faults, this.#host, this.#signal);
      this.#prepared.set(settings, prepared);
    }
    return prepared.kind === "ready";
  }

  of({ tls }: Peer): ReadyTls | undefined {
    const prepared = tls && this.#prepared.get(tls);
    return prepared?.kind === "ready" ? prepared : undefined;
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
      await prepared.finish(this.#outcomes.get(settings) ?? NOTHING);
    }
  }
}

/** No association, so nothing to renew. */
const NOTHING: Outcome = {
  failure: undefined,
  stages: [],
  negotiated: undefined,
  echoes: { sent: 0, succeeded: 0 },
};
