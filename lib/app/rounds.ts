/** Rounds over all peers of a file, one or as many as `--interval` asks for. */

import type { Command } from "../cli/command.ts";
import { diagnose } from "../diagnosis/diagnose.ts";
import { formatResult } from "../format/format.ts";
import { jsonLeftOutLine, jsonLine } from "../format/json.ts";
import type { LeftOut } from "../format/options.ts";
import type { Host } from "../host.ts";
import type { Log, ProgramLog } from "../log/log.ts";
import { milliseconds } from "../net/deadline.ts";
import { observedConnect } from "../net/observed-connect.ts";
import type { Peer } from "../peers/peer.ts";
import { runPool } from "../peers/pool.ts";
import { PeersProgress } from "../peers/progress.ts";
import { EXIT_CODE } from "../report/exit-code.ts";
import { logReporter } from "../report/reporter.ts";
import { RunBound } from "../result/bound.ts";
import { pause } from "../result/pause.ts";
import { checkPeer, type DiagnosisHints } from "../result/run.ts";
import { unmeasured } from "../result/unmeasured.ts";
import type { PeerResult } from "../result/types.ts";
import type { SharedTls } from "./peers-tls.ts";
import { write } from "./results.ts";
import { type Prepared, titlesOf } from "./verification.ts";

/** Whom to check, with what, and how it is to be told. */
export interface RoundsSettings {
  readonly command: Extract<Command, { kind: "peers" }>;
  readonly peers: readonly Peer[];
  readonly leftOut: readonly LeftOut[];
  readonly tls: SharedTls;
  readonly prepared: Extract<Prepared, { kind: "ready" }>;
  readonly log: ProgramLog;
  /** Raised from outside: nothing more is begun. */
  readonly signal: AbortSignal;
  readonly host: Host;
}

export class Rounds {
  readonly #settings: RoundsSettings;
  readonly #latest = new Map<Peer, PeerResult>();

  constructor(settings: RoundsSettings) {
    this.#settings = settings;
  }

  /** Of each peer that has been checked, the last result; in their order. */
  get latest(): readonly PeerResult[] {
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
    const progress = log.shows("info") || !host.isErrorTerminal()
      ? undefined
      : new PeersProgress(peers.length, host.now, host.writeError);
    const streamed = operator.format === "jsonl" &&
      operator.output === undefined;
    if (streamed) {
      for (const one of leftOut) host.writeOut(jsonLeftOutLine(one));
    }
    const results: PeerResult[] = [];
    let failed = 0;
    const deliver = (result: PeerResult): void => {
      if (result.diagnosis !== undefined) failed++;
      if (streamed) host.writeOut(jsonLine(result, new Date()));
      else results.push(result);
    };
    const delivered = await runPool(
      peers,
      (peer) => this.#check(peer, bound),
      {
        concurrency,
        signal: bound.signal,
        ended: (result) => progress?.count(result.diagnosis !== undefined),
        deliver,
      },
    );
    progress?.erase();
    for (const peer of peers.slice(delivered)) {
      deliver(this.#unchecked(peer, bound));
    }
    const told = streamed ? undefined : await this.#tell(results);
    return told ?? (failed > 0 ? EXIT_CODE.failed : EXIT_CODE.verified);
  }

  async #tell(results: readonly PeerResult[]): Promise<number | undefined> {
    const { command: { operator }, leftOut, host, log } = this.#settings;
    const { format = "text", output, thresholds } = operator;
    const options = { thresholds, now: new Date(), leftOut };
    const { text, exit } = await formatResult(results, format, options);
    const failed = write(text, operator, log, host);
    if (output !== undefined && host.isOutputTerminal()) {
      host.writeOut((await formatResult(results, "text", options)).text);
    }
    return failed ?? exit;
  }

  async #check(peer: Peer, bound: RunBound): Promise<PeerResult> {
    const { command, host, prepared, log, tls, signal } = this.#settings;
    const { operator, metrics } = command;
    const { target, settings } = peer;
    const left = Number.isFinite(bound.left)
      ? Math.max(0.001, bound.left / 1000)
      : undefined;
    const { dictionary, dictionaryFault } = prepared;
    const report = log.shows("info")
      ? await logReporter(
        withName(log, target.name ?? `${target.host}:${target.port}`),
        titlesOf(settings),
        dictionary,
      )
      : (): void => {};
    const result = await checkPeer({
      target,
      settings,
      bounds: { ...operator, deadline: left, interval: undefined },
    }, {
      connect: observedConnect,
      secure: tls.of(peer)?.secure,
      now: host.now,
      today: () => new Date(),
      observe: report,
      // The deadline is each check's own, so that it can tell the two apart.
      signal,
      dictionaryFault,
      diagnose: (result, hints) => diagnose(result, this.#asAsked(hints)),
    });
    tls.ended(peer, result.outcome);
    if (metrics !== undefined) this.#latest.set(peer, result);
    return result;
  }

  /** What is told is the whole deadline, and not what was left of it. */
  #asAsked({ settings, deadline }: DiagnosisHints): DiagnosisHints {
    return {
      settings,
      deadline: deadline && this.#settings.command.operator.deadline,
    };
  }

  /** Of a peer whose turn never came. */
  #unchecked({ target, settings }: Peer, { expired }: RunBound): PeerResult {
    const { deadline } = this.#settings.command.operator;
    const result = {
      ...unmeasured(target, {
        failure: {
          stage: "connect",
          cause: { kind: "interrupted" },
          condition: undefined,
        },
        stages: [],
        negotiated: undefined,
        echoes: { sent: 0, succeeded: 0 },
      }),
      stages: [{ stage: "lookup", duration: 0, ok: false }],
    } as const;
    const hints = { settings, deadline: expired ? deadline : undefined };
    const found = diagnose(result, hints);
    const why = expired ? `the deadline of ${deadline} s` : "an interruption";
    const cause = `not checked: ${why} came before its turn`;
    return { ...result, diagnosis: found && { ...found, cause } };
  }
}

function withName(log: ProgramLog, name: string): Log {
  return {
    shows: (level) => log.shows("info") && log.shows(level),
    write: (message) => {
      const text = message.text.replaceAll(/^/gm, `[${name}] `);
      log.write({ ...message, text });
    },
  };
}
