/** One result for a series of associations with a single echo each. */

import { isCutOff } from "./attempt.ts";
import { RecentValues } from "./recent-values.ts";
import type { PeerResult } from "./types.ts";

/**
 * The result is that of the first association that failed, or of the last if
 * none did, with the echoes and latencies of all. An echo counts as
 * sent also where its association did not come to be: it was asked for, and is
 * lost. But one that the end of the series has cut off does not count.
 */
export class Series {
  readonly #patience: number;
  #first: PeerResult | undefined;
  #last: PeerResult | undefined;
  #session: PeerResult["session"];
  #sent = 0;
  #succeeded = 0;
  #attempts = 0;
  readonly #latencies = new RecentValues();

  /** @param patience what took longer, in ms, is lost even if it was cut off. */
  constructor(patience: number) {
    this.#patience = patience;
  }

  add(result: PeerResult): void {
    const { echoes, failure } = result.outcome;
    const cutOff = isCutOff(result.outcome);
    this.#sent += cutOff && result.duration <= this.#patience
      ? echoes.succeeded
      : Math.max(1, echoes.sent);
    this.#succeeded += echoes.succeeded;
    this.#attempts = Math.max(this.#attempts, result.attempts);
    for (const latency of result.latencies) this.#latencies.add(latency);
    if (failure !== undefined) this.#first ??= result;
    this.#session = result.session ?? this.#session;
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
    const shown = this.#first ?? this.#last;
    if (shown === undefined) throw new Error("a series of nothing");
    return {
      ...shown,
      outcome: {
        ...shown.outcome,
        echoes: { sent: this.#sent, succeeded: this.#succeeded },
      },
      session: shown.session ?? this.#session,
      attempts: this.#attempts,
      latencies: this.#latencies.values,
    };
  }
}

/**
 * For a series that goes on until it is ended, by its deadline or from outside:
 * the peer is verified if all of its echoes were.
 */
export function endedInOrder(result: PeerResult): PeerResult {
  const { outcome, stages } = result;
  const { sent, succeeded } = outcome.echoes;
  if (!isCutOff(outcome) || succeeded === 0 || sent > succeeded) return result;
  return {
    ...result,
    outcome: { ...outcome, failure: undefined },
    // Others than that of the echoes have come to nothing: they are left out.
    stages: stages.flatMap((one) =>
      one.ok || one.stage === "echo" ? [{ ...one, ok: true }] : []
    ),
    diagnosis: undefined,
  };
}
