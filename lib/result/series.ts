/** One result for a series of associations with a single echo each. */

import { RecentValues } from "./recent-values.ts";
import type { PeerResult } from "./types.ts";

/**
 * The result is that of the first association that failed, or of the last if
 * none did, with the echoes and latencies of all. An echo counts as sent also
 * where its association did not come to be: it was asked for, and is lost.
 */
export class Series {
  #first: PeerResult | undefined;
  #last: PeerResult | undefined;
  #sent = 0;
  #succeeded = 0;
  #attempts = 0;
  readonly #latencies = new RecentValues();

  add(result: PeerResult): void {
    const { echoes, failure } = result.outcome;
    this.#sent += failure?.cause.kind === "interrupted"
      ? echoes.sent
      : Math.max(1, echoes.sent);
    this.#succeeded += echoes.succeeded;
    this.#attempts = Math.max(this.#attempts, result.attempts);
    for (const latency of result.latencies) this.#latencies.add(latency);
    if (failure !== undefined) this.#first ??= result;
    this.#last = result;
  }

  /** What the last one failed for is on this side: all others would as well. */
  get hopeless(): boolean {
    const cause = this.#last?.outcome.failure?.cause;
    return cause?.kind === "illegal-title" || cause?.kind === "no-dictionary" ||
      (cause?.kind === "transport" && cause.fault === "illegal-peer");
  }

  /** @throws {Error} while there is none. */
  get result(): PeerResult {
    const interrupted = this.#last?.outcome.failure?.cause.kind ===
      "interrupted";
    const shown = interrupted ? this.#last : this.#first ?? this.#last;
    if (shown === undefined) throw new Error("a series of nothing");
    return {
      ...shown,
      outcome: {
        ...shown.outcome,
        echoes: { sent: this.#sent, succeeded: this.#succeeded },
      },
      attempts: this.#attempts,
      latencies: this.#latencies.values,
    };
  }
}
