/** One of many peers, checked. */

import type { Command } from "../cli/command.ts";
import { diagnose } from "../diagnosis/diagnose.ts";
import type { Host } from "../host.ts";
import type { Log, ProgramLog } from "../log/log.ts";
import { observedConnect } from "../net/observed-connect.ts";
import type { Peer } from "../peers/peer.ts";
import type { Slot } from "../peers/slots.ts";
import { logReporter } from "../report/reporter.ts";
import type { RunBound } from "../result/bound.ts";
import {
  type CheckMachine,
  checkPeer,
  type DiagnosisHints,
} from "../result/run.ts";
import type { PeerResult } from "../result/types.ts";
import { unstarted } from "../result/unmeasured.ts";
import type { VerificationEvent } from "../verify/event.ts";
import type { PeerTls, SharedTls } from "./peers-tls.ts";
import { setUpResult } from "./tls-failure.ts";
import { type Prepared, titlesOf } from "./verification.ts";

/** What all checks of a run share. */
export interface PeerChecks {
  readonly command: Extract<Command, { kind: "peers" }>;
  readonly tls: SharedTls;
  readonly prepared: Extract<Prepared, { kind: "ready" }>;
  readonly log: ProgramLog;
  /** Raised from outside: nothing more is begun. */
  readonly signal: AbortSignal;
  readonly host: Host;
}

/** @param slot told of each sign of life. */
export async function checkOneOfMany(
  peer: Peer,
  slot: Pick<Slot, "alive" | "hold">,
  bound: RunBound,
  checks: PeerChecks,
): Promise<PeerResult> {
  const { command: { operator }, host, prepared, log, tls, signal } = checks;
  const { target, settings } = peer;
  const peerTls = tls.of(peer);
  if (peerTls.kind === "failed") {
    return setUpResult(target, settings, peerTls.failure);
  }
  // While it is new it has a place, and need not wait with the peer connected.
  if (peerTls.kind === "ready" && peerTls.alwaysCostly) await slot.hold();
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
  /** What wants to know all of it, or nothing but that there was something. */
  const noticed =
    <E>(observe: (event: E) => void): (event: E) => void => (event) => {
      slot.alive();
      observe(event);
    };
  const result = await checkPeer({
    target,
    settings,
    bounds: { ...operator, deadline: left, interval: undefined },
  }, {
    connect: (observe) => observedConnect(noticed(observe)),
    secure: secureOf(peerTls, slot),
    now: host.now,
    today: () => new Date(),
    observe: noticed<VerificationEvent>(report),
    // The deadline is each check's own, so that it can tell the two apart.
    signal,
    dictionaryFault,
    diagnose: (result, hints) => diagnose(result, asAsked(hints, checks)),
  });
  tls.ended(peer, result.outcome);
  return result;
}

/** A program of its own is more than any number may open at the same time. */
function secureOf(
  tls: Exclude<PeerTls, { kind: "failed" }>,
  { alive, hold }: Pick<Slot, "alive" | "hold">,
): CheckMachine["secure"] {
  if (tls.kind === "none") return undefined;
  return (observe) =>
    tls.secure((event) => {
      alive();
      observe(event);
    }, hold);
}

/** What is told is the whole deadline, and not what was left of it. */
function asAsked(
  { settings, deadline }: DiagnosisHints,
  { command }: PeerChecks,
): DiagnosisHints {
  return { settings, deadline: deadline && command.operator.deadline };
}

/** Of a peer whose turn never came. */
export function unchecked(
  { target, settings }: Peer,
  { expired }: RunBound,
  { command: { operator: { deadline } } }: PeerChecks,
): PeerResult {
  const failure = {
    stage: "connect",
    cause: { kind: "interrupted" },
    condition: undefined,
  } as const;
  const result = unstarted(target, failure, "lookup");
  const hints = { settings, deadline: expired ? deadline : undefined };
  const found = diagnose(result, hints);
  const why = expired ? `the deadline of ${deadline} s` : "an interruption";
  const cause = `not checked: ${why} came before its turn`;
  return { ...result, diagnosis: found && { ...found, cause } };
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
