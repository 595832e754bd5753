/** Many peers side by side, as a peers file names them. */

import type { Command } from "../cli/command.ts";
import { formatResult } from "../format/format.ts";
import { type LeftOut, leftOutText } from "../format/options.ts";
import { prometheusParts } from "../format/prometheus.ts";
import type { Host } from "../host.ts";
import { app, type ProgramLog } from "../log/log.ts";
import type { Peer } from "../peers/peer.ts";
import { readPeers, readStream } from "../peers/read.ts";
import { EXIT_CODE } from "../report/exit-code.ts";
import { withLog } from "./log.ts";
import { metricsWhile } from "./metrics.ts";
import { SharedTls } from "./peers-tls.ts";
import { failedExit, NOT_SET_UP, write } from "./results.ts";
import { Rounds } from "./rounds.ts";
import { prepare } from "./verification.ts";

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
  const { operator } = command;
  const prepared = await prepare(
    { transport: { kind: "tcp" } },
    log,
    () => signal,
    host,
  );
  if (prepared.kind === "ended") {
    return failedExit(operator, NOT_SET_UP, host, prepared.exit);
  }
  const tls = new SharedTls(log, signal, host);
  const listed = await peersOf(command, log, signal, host);
  if (listed === undefined) return interrupted(command, log, host);
  const { peers, leftOut } = listed;
  const ended = await tls.prepare(peers);
  if (ended !== undefined) return interrupted(command, log, host, ended);
  if (peers.length === 0) return await nobody(leftOut, command, log, host);
  const rounds = new Rounds({
    command,
    peers,
    leftOut,
    tls,
    prepared,
    log,
    signal,
    host,
  });
  const metrics = {
    address: command.metrics,
    render: () => [...prometheusParts(rounds.latest, leftOut)].join(""),
  };
  const exit = await metricsWhile(metrics, operator, log, host, (url) => {
    // Which port is free, only the system knows.
    if (command.metrics?.port === 0 && !log.silent && !log.shows("info")) {
      log.force("info", `Serving metrics on ${url}`);
    }
    return rounds.run();
  });
  await tls.finish();
  return exit === EXIT_CODE.verified && leftOut.length > 0
    ? EXIT_CODE.failed
    : exit;
}

interface Listed {
  readonly peers: readonly Peer[];
  readonly leftOut: readonly LeftOut[];
}

/** @param exit undefined: by a signal, whose code others give. */
function interrupted(
  { operator }: PeersCommand,
  log: ProgramLog,
  host: Host,
  exit?: number,
): number {
  log.write(app("fatal", "Interrupted"));
  return failedExit(operator, NOT_SET_UP, host, exit);
}

/**
 * Reads the file; all that is wrong with it is logged.
 *
 * @returns undefined: a signal came before it was there.
 */
async function peersOf(
  { file, settings, transport }: PeersCommand,
  log: ProgramLog,
  signal: AbortSignal,
  host: Host,
): Promise<Listed | undefined> {
  const read = await readPeers(file, {
    files: host.files,
    standardInput: (limit) => readStream(host.inputStream(), limit, signal),
  }, { settings, tls: transport.kind === "tls" ? transport.tls : undefined });
  if (signal.aborted && read.peers.length === 0) return undefined;
  const problems = read.problems.map(({ line, text: reason }) => ({
    line,
    reason,
  }));
  for (const one of problems) log.write(app("error", leftOutText(one)));
  return {
    peers: read.peers,
    // Of the file as a whole: nothing, or only a remark.
    leftOut: problems.filter(({ line }) =>
      line !== undefined || read.peers.length === 0
    ),
  };
}

/** No peers, no success; which entries there were is told as a result. */
async function nobody(
  leftOut: readonly LeftOut[],
  { operator }: PeersCommand,
  log: ProgramLog,
  host: Host,
): Promise<number> {
  const { format, thresholds } = operator;
  if (format !== undefined && format !== "nagios") {
    const options = { thresholds, now: new Date(), leftOut };
    const { text } = await formatResult([], format, options);
    write(text, operator, log, host);
  }
  const [first] = leftOut;
  const why = first === undefined ? "" : `: ${leftOutText(first)}`;
  return failedExit(operator, `there is no peer to check${why}`, host);
}
