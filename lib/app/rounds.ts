/** Rounds over all peers of a file, one or as many as `--interval` asks for. */

import { formatCondition } from "../base/condition.ts";
import { OPERATOR_DEFAULTS } from "../cli/operator-options.ts";
import type { LeftOut } from "../format/options.ts";
import { type ProbeFacts, probeFacts } from "../format/probe-facts.ts";
import { milliseconds } from "../net/deadline.ts";
import { pause } from "../net/pause.ts";
import { isOutOfDescriptors } from "../net/transport.ts";
import type { Peer } from "../peers/peer.ts";
import { runPool } from "../peers/pool.ts";
import { PeersProgress } from "../peers/progress.ts";
import { type SlotClock, slotLimits } from "../peers/slots.ts";
import { EXIT_CODE } from "../report/exit-code.ts";
import { RunBound } from "../result/bound.ts";
import type { PeerResult } from "../result/types.ts";
import { checkOneOfMany, type PeerChecks, unchecked } from "./peer-check.ts";
import { type KeptResult, RoundOutput } from "./round-output.ts";

/** Whom to check, with what, and how it is to be told. */
export interface RoundsSettings extends PeerChecks {
  readonly peers: readonly Peer[];
  readonly leftOut: readonly LeftOut[];
}

export class Rounds {
  readonly #settings: RoundsSettings;
  readonly #latest = new Map<Peer, ProbeFacts>();

  constructor(settings: RoundsSettings) {
    this.#settings = settings;
  }

  /** Of each peer that has been checked, the last result; in their order. */
  get latest(): readonly ProbeFacts[] {
    return this.#settings.peers.flatMap((peer) => this.#latest.get(peer) ?? []);
  }

  async run(): Promise<number> {
    const { command, signal, host } = this.#settings;
    const { deadline, interval } = command.operator;
    using bound = new RunBound(milliseconds(deadline), signal);
    for (;;) {
      const begin = host.now();
      const exit = await this.#round(bound);
      if (interval === undefined || bound.signal.aborted) return exit;
      const left = interval * 1000 - (host.now() - begin);
      await pause(Math.max(0, left), bound.signal);
      if (bound.signal.aborted) return exit;
    }
  }

  async #round(bound: RunBound): Promise<number> {
    const { log, host, peers, leftOut, command } = this.#settings;
    const { operator, concurrency } = command;
    const { signal } = bound;
    const progress = log.shows("info") || !host.isErrorTerminal()
      ? undefined
      : new PeersProgress(peers.length, host.now, host.writeError);
    const { thresholds } = operator;
    const options = { thresholds, count: peers.length, leftOut };
    using output = await RoundOutput.open(operator, options, {
      log,
      host,
      signal,
      before: () => progress?.erase(),
    });
    let failed = 0;
    const deliver = async (result: KeptResult): Promise<void> => {
      if (result.failed) failed++;
      await output.tell(result);
    };
    await runPool(
      peers,
      async (peer, slot) => {
        const result = await checkOneOfMany(peer, slot, bound, this.#settings);
        // What this machine lacks is no word on the peer.
        if (isExhausted(result) && slot.crowded()) return undefined;
        this.#publish(peer, result);
        return output.keep(result);
      },
      {
        limits: slotLimits(concurrency, OPERATOR_DEFAULTS.concurrency),
        clock: { now: host.now, after },
        addressOf: ({ target: { host, port } }) =>
          `${host.toLowerCase()}:${port}`,
        signal,
        ended: (result) => progress?.count(result.failed),
        unstarted: (peer) =>
          output.keep(unchecked(peer, bound, this.#settings)),
        deliver,
      },
    );
    progress?.erase();
    const exit = await output.end();
    return exit ?? (failed > 0 ? EXIT_CODE.failed : EXIT_CODE.verified);
  }

  #publish(peer: Peer, result: PeerResult): void {
    if (this.#settings.command.metrics === undefined) return;
    this.#latest.set(peer, probeFacts(result));
  }
}

function isExhausted({ outcome: { failure } }: PeerResult): boolean {
  if (failure?.cause.kind !== "transport") return false;
  const { cause: { fault }, condition } = failure;
  return fault === "exhausted" ||
    // A program that cannot be started, or its files.
    (fault === "tls" && condition !== undefined &&
      isOutOfDescriptors(formatCondition(condition)));
}

const after: SlotClock["after"] = (milliseconds, wake) => {
  const timer = setTimeout(wake, milliseconds);
  return () => clearTimeout(timer);
};
