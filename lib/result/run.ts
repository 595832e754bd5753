/** Checks one peer: one verification, or as many as retries and repeats ask. */

import { milliseconds } from "../net/deadline.ts";
import { pause } from "../net/pause.ts";
import type { VerificationSettings } from "../verify/settings.ts";
import { attempt, type AttemptRun, type CheckMachine } from "./attempt.ts";
import { RunBound } from "./bound.ts";
import { Pace } from "./pace.ts";
import { Series } from "./series.ts";
import type { OperatorSettings } from "./settings.ts";
import type { PeerResult, Target } from "./types.ts";

export type { CheckMachine, DiagnosisHints } from "./attempt.ts";

/** What is to be checked, and within which bounds. */
export interface CheckRequest {
  readonly target: Target;
  readonly settings: VerificationSettings;
  readonly bounds: Pick<
    OperatorSettings,
    "deadline" | "retries" | "retryDelay" | "interval" | "reconnect"
  >;
}

/** An echo may always wait so long, in milliseconds, until it counts as lost. */
const LEAST_PATIENCE = 1000;

/**
 * Verifies the peer. The deadline bounds look-up to release of all attempts and
 * repeats. An attempt that fails for what can pass by itself is made again, but
 * not if the deadline would come before it.
 *
 * With `reconnect` each of `settings.repeat` echoes has an association of its
 * own; see {@linkcode Series} for what their one result is.
 *
 * Throws only what `machine` does.
 */
export async function checkPeer(
  { target, settings, bounds }: CheckRequest,
  machine: CheckMachine,
): Promise<PeerResult> {
  const { deadline, interval, reconnect } = bounds;
  using bound = new RunBound(milliseconds(deadline), machine.signal);
  const gap = milliseconds(interval) ?? 0;
  const pace = new Pace(gap, machine.now);
  const patience = Math.max(gap, LEAST_PATIENCE);
  const all = { target, machine, bound, deadline };
  if (!reconnect || settings.repeat < 2) {
    const repeated = settings.repeat > 1 ? patience : undefined;
    return await withRetries(settings, bounds, {
      ...all,
      pace,
      patience: repeated,
    });
  }
  const run = { ...all, pace: undefined, patience: undefined };
  const series = new Series(patience);
  for (let count = 0; count < settings.repeat; count++) {
    await pace.next(bound.signal);
    series.add(await withRetries({ ...settings, repeat: 1 }, bounds, run));
    if (bound.signal.aborted || series.hopeless) break;
  }
  return series.result;
}

async function withRetries(
  settings: VerificationSettings,
  { retries, retryDelay }: CheckRequest["bounds"],
  run: AttemptRun,
): Promise<PeerResult> {
  const delay = milliseconds(retryDelay) ?? 0;
  for (let number = 1;; number++) {
    const result = await attempt(settings, run, number);
    if (result.diagnosis?.transient !== true || number > retries) return result;
    const { bound } = run;
    if (bound.signal.aborted || bound.left <= delay) return result;
    await pause(delay, bound.signal);
    if (bound.signal.aborted) return result;
  }
}
