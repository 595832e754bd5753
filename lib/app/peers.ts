/** Many peers side by side, as a peers file names them. */

import type { Command } from "../cli/command.ts";
import { diagnose } from "../diagnosis/diagnose.ts";
import { formatResult } from "../format/format.ts";
import { jsonLine } from "../format/json.ts";
import { prometheusText } from "../format/prometheus.ts";
import type { Host } from "../host.ts";
import { app, isShown, type Log, type ProgramLog } from "../log/log.ts";
import { observedConnect } from "../net/observed-connect.ts";
import { type Peer, problemText } from "../peers/peer.ts";
import { runPool } from "../peers/pool.ts";
import { PeersProgress } from "../peers/progress.ts";
import { readPeers, readStream } from "../peers/read.ts";
import { EXIT_CODE } from "../report/exit-code.ts";
import { logReporter } from "../report/reporter.ts";
import { RunBound } from "../result/bound.ts";
import { pause } from "../result/pause.ts";
import { checkPeer } from "../result/run.ts";
import type { PeerResult } from "../result/types.ts";
import type { TlsSettings } from "../tls/settings.ts";
import type { Outcome } from "../verify/outcome.ts";
import { withLog } from "./log.ts";
import { metricsWhile } from "./metrics.ts";
import { deliver, unknownResult } from "./results.ts";
import type { PreparedTls } from "./tls.ts";
import { prepare, type Prepared, titlesOf } from "./verification.ts";

type PeersCommand = Extract<Command, { kind: "peers" }>;

/** Checks every peer of the file, once or in rounds. */
export function checkPeers(command: PeersCommand, host: Host): Promise<number> {
  return withLog(command, host, (log, signal) => {
    return checkAll(command, log, signal, host);
  });
}

async function checkAll(
  command: PeersCommand,
  log: ProgramLog,
  signal: AbortSignal,
  host: Host,
): Promise<number> {
  const { file, settings, transport, operator } = command;
  const prepared = await prepare(
    { transport: { kind: "tcp" } },
    log,
    signal,
    host,
  );
  if (prepared.kind === "ended") return prepared.exit;
  const { peers: listed, problems } = await readPeers(file, {
    files: host.files,
    standardInput: (limit) => readStream(host.inputStream(), limit, signal),
  }, { settings, tls: transport.kind === "tls" ? transport.tls : undefined });
  for (const problem of problems) {
    log.write(app("error", problemText(problem)));
  }
  const tls = new SharedTls(log, signal, host);
  const peers = await tls.usable(listed);
  const broken = problems.some(({ line }) => line !== undefined) ||
    peers.length < listed.length || peers.length === 0;
  if (peers.length === 0) {
    return unknownResult(operator, host, "there is no peer to check") ??
      EXIT_CODE.failed;
  }
  const rounds = new Rounds(signal, command, peers, tls, prepared, log, host);
  const exit = await metricsWhile(
    command.metrics,
    () => prometheusText(rounds.latest),
    log,
    () => rounds.run(),
  );
  await tls.finish();
  return exit === EXIT_CODE.verified && broken ? EXIT_CODE.failed : exit;
}

/** TLS that is set up once for all peers which ask for the same. */
class SharedTls {
  readonly #prepared = new Map<TlsSettings, PreparedTls>();
  readonly #log: Log;
  readonly #signal: AbortSignal;
  readonly #host: Host;

  constructor(log: Log, signal: AbortSignal, host: Host) {
    this.#log = log;
    this.#signal = signal;
    this.#host = host;
  }

  /** Peers whose TLS cannot be set up are named and left out. */
  async usable(peers: readonly Peer[]): Promise<Peer[]> {
    const good: Peer[] = [];
    for (const peer of peers) {
      if (peer.tls === undefined || await this.#isReady(peer.tls)) {
        good.push(peer);
        continue;
      }
      const text = "is left out, its TLS cannot be set up";
      const { line } = peer;
      this.#log.write(app("error", problemText({ line, text })));
    }
    return good;
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

  of(
    settings: TlsSettings | undefined,
  ): Extract<PreparedTls, { kind: "ready" }> | undefined {
    const prepared = settings && this.#prepared.get(settings);
    return prepared?.kind === "ready" ? prepared : undefined;
  }

  async finish(): Promise<void> {
    for (const prepared of this.#prepared.values()) {
      if (prepared.kind === "ready") await prepared.finish(NOTHING);
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

/** One round over all peers, or as many as `--interval` asks for. */
class Rounds {
  latest: readonly PeerResult[] = [];

  /** @param signal raised from outside: nothing more is begun. */
  constructor(
    readonly signal: AbortSignal,
    readonly command: PeersCommand,
    readonly peers: readonly Peer[],
    readonly tls: SharedTls,
    readonly prepared: Extract<Prepared, { kind: "ready" }>,
    readonly log: ProgramLog,
    readonly host: Host,
  ) {}

  async run(): Promise<number> {
    const { deadline, interval } = this.command.operator;
    using bound = new RunBound(
      deadline === undefined ? undefined : deadline * 1000,
      this.signal,
    );
    for (;;) {
      const begin = this.host.now();
      const exit = await this.#round(bound);
      if (interval === undefined || bound.signal.aborted) return exit;
      const left = interval * 1000 - (this.host.now() - begin);
      await pause(Math.max(0, left), bound.signal);
      if (bound.signal.aborted) return exit;
    }
  }

  async #round(bound: RunBound): Promise<number> {
    const { operator, concurrency } = this.command;
    const { log, host, peers } = this;
    const progress = log.shows("info") || !host.isErrorTerminal()
      ? undefined
      : new PeersProgress(peers.length, host.now, host.writeError);
    const streamed = operator.format === "jsonl" &&
      operator.output === undefined;
    const results: PeerResult[] = [];
    let failed = 0;
    const delivered = await runPool(peers, (peer) => this.#check(peer, bound), {
      concurrency,
      signal: bound.signal,
      ended: (result) => progress?.count(result.diagnosis !== undefined),
      deliver: (result) => {
        if (result.diagnosis !== undefined) failed++;
        if (streamed) host.writeOut(jsonLine(result, new Date()));
        else results.push(result);
      },
    });
    progress?.erase();
    this.latest = results;
    const told = streamed ? undefined : await this.#tell(results);
    const incomplete = delivered < peers.length;
    return told ??
      (failed > 0 || incomplete ? EXIT_CODE.failed : EXIT_CODE.verified);
  }

  async #tell(results: readonly PeerResult[]): Promise<number | undefined> {
    const { operator } = this.command;
    const { host, log } = this;
    const exit = await deliver(results, operator, log, host);
    if (operator.output === undefined || operator.format === undefined) {
      return exit;
    }
    if (host.isOutputTerminal()) {
      const options = { thresholds: operator.thresholds, now: new Date() };
      host.writeOut((await formatResult(results, "text", options)).text);
    }
    return exit;
  }

  async #check(peer: Peer, bound: RunBound): Promise<PeerResult> {
    const { operator } = this.command;
    const { host, prepared, log } = this;
    const { target, settings } = peer;
    const left = Number.isFinite(bound.left)
      ? Math.max(0.001, bound.left / 1000)
      : undefined;
    const named: Log = {
      shows: (level) => log.shows("info") && log.shows(level),
      write: (message) => {
        const name = target.name ?? `${target.host}:${target.port}`;
        const text = message.text.replaceAll(/^/gm, `[${name}] `);
        log.write({ ...message, text });
      },
    };
    const { dictionary, dictionaryFault } = prepared;
    const report = log.shows("info")
      ? await logReporter(named, titlesOf(settings), dictionary)
      : (): void => {};
    return await checkPeer({
      target,
      settings,
      bounds: { ...operator, deadline: left, interval: undefined },
    }, {
      connect: observedConnect,
      secure: this.tls.of(peer.tls)?.secure,
      now: host.now,
      today: () => new Date(),
      observe: report,
      // The deadline is each check's own, so that it can tell the two apart.
      signal: this.signal,
      dictionaryFault,
      diagnose,
    });
  }
}
