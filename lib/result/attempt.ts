/** One attempt at a peer: verified once, with all that was seen of it. */

import type { ConnectEvent } from "../net/observed-connect.ts";
import type { Connect, Secure } from "../net/transport.ts";
import type { TlsEvent } from "../tls/session.ts";
import type { Outcome } from "../verify/outcome.ts";
import type { VerificationHost } from "../verify/run.ts";
import type { VerificationSettings } from "../verify/settings.ts";
import { verify } from "../verify/verify.ts";
import type { RunBound } from "./bound.ts";
import { Collector } from "./collector.ts";
import type { Pace } from "./pace.ts";
import { stageTimes } from "./stage-times.ts";
import type { Diagnosis, PeerResult, Target } from "./types.ts";

/** What a diagnosis may be told beside the result. */
export interface DiagnosisHints {
  readonly settings: VerificationSettings;
  /** In seconds, if the deadline of the run has ended it. */
  readonly deadline: number | undefined;
}

/** What a check needs from outside. */
export interface CheckMachine
  extends Omit<VerificationHost, "connect" | "secure" | "signal"> {
  readonly signal: AbortSignal | undefined;
  /** `observedConnect` of lib/net. */
  readonly connect: (observe: (event: ConnectEvent) => void) => Connect;
  /** Undefined: the transport is TCP as it is. */
  readonly secure?:
    | ((observe: (event: TlsEvent) => void) => Secure)
    | undefined;
  readonly today: () => Date;
  /** The cause of a failure; undefined: the peer is verified. */
  readonly diagnose: (
    result: Omit<PeerResult, "diagnosis">,
    hints: DiagnosisHints,
  ) => Diagnosis | undefined;
}

/** What stays the same for all attempts of a run. */
export interface AttemptRun {
  readonly target: Target;
  readonly machine: CheckMachine;
  readonly bound: RunBound;
  /** In seconds. */
  readonly deadline: number | undefined;
  /** Between echoes. */
  readonly pace: Pace | undefined;
  /** See {@linkcode withoutCutOff}; undefined: a single echo. */
  readonly patience: number | undefined;
}

/** @param number which attempt it is, from 1. */
export async function attempt(
  settings: VerificationSettings,
  run: AttemptRun,
  number: number,
): Promise<PeerResult> {
  const { target, machine, bound, deadline, pace, patience } = run;
  const { now, secure } = machine;
  const collector = new Collector(now);
  const started = machine.today();
  const begin = now();
  const plain = machine.connect((event) => collector.connect(event));
  const secured = secure?.((event) => collector.tls(event));
  const verified = await verify(settings, {
    connect: secured === undefined
      ? async (request) => bound.limit(await plain(request))
      : plain,
    secure: secured === undefined
      ? undefined
      : async (request) => bound.limit(await secured(request)),
    now,
    observe: (event) => {
      collector.verification(event);
      // By the deadline, which is not what a log means by it.
      if (event.kind === "interrupted" && bound.expired) return;
      machine.observe(event);
    },
    behind: () => {
      const waits = [machine.behind?.(), pace?.next(bound.signal)]
        .filter((wait) => wait !== undefined);
      if (waits.length === 0) return undefined;
      return collector.during(Promise.all(waits).then(() => {}));
    },
    signal: bound.signal,
    dictionaryFault: machine.dictionaryFault,
  });
  const outcome = withFirstFault(withoutCutOff(verified, collector, patience));
  const result = {
    target,
    started,
    duration: now() - begin,
    outcome,
    stages: stageTimes(outcome.stages, collector.facts),
    addresses: collector.addresses,
    session: collector.session,
    tlsFailure: collector.tlsFailure,
    attempts: number,
    latencies: collector.latencies,
  };
  return {
    ...result,
    diagnosis: machine.diagnose(result, {
      settings,
      deadline: bound.expired ? deadline : undefined,
    }),
  };
}

/** Whether the run was ended, by its deadline or from outside. */
export function isCutOff({ failure }: Outcome): boolean {
  return failure?.cause.kind === "interrupted";
}

/**
 * An echo that the end of a series has cut off is not held against the peer,
 * and counts as not sent, if it had waited for no more than `patience`, in
 * milliseconds. What had waited longer is lost.
 */
function withoutCutOff(
  outcome: Outcome,
  { answered, sinceEcho }: Collector,
  patience: number | undefined,
): Outcome {
  if (patience === undefined || !isCutOff(outcome) || sinceEcho > patience) {
    return outcome;
  }
  return { ...outcome, echoes: { ...outcome.echoes, sent: answered } };
}

/** The end of a run does not hide what had failed before it. */
function withFirstFault(outcome: Outcome): Outcome {
  if (!isCutOff(outcome)) return outcome;
  for (const { stage, fault } of outcome.stages) {
    if (fault !== undefined && fault.cause.kind !== "interrupted") {
      return { ...outcome, failure: { stage, ...fault } };
    }
  }
  return outcome;
}
