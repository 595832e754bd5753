/** Results of peers of which nothing was measured. Pure. */

import type { Failure, Outcome } from "../verify/outcome.ts";
import type { VerificationSettings } from "../verify/settings.ts";
import type { Addresses, PeerResult, PersonStage, Target } from "./types.ts";

/** Not even a name was looked up. */
export const NO_ADDRESSES: Addresses = {
  resolved: [],
  local: undefined,
  remote: undefined,
};

/** An outcome, and nothing that is known beside it. */
export function unmeasured(
  target: Target,
  outcome: Outcome,
): Omit<PeerResult, "diagnosis"> {
  return {
    target,
    started: new Date(),
    duration: 0,
    outcome,
    stages: [],
    addresses: NO_ADDRESSES,
    session: undefined,
    tlsFailure: undefined,
    attempts: 1,
    latencies: [],
  };
}

/** An outcome of a peer that nothing was sent to. */
export function unsent(failure: Failure): Outcome {
  return {
    failure,
    stages: [],
    negotiated: undefined,
    echoes: { sent: 0, succeeded: 0 },
  };
}

/** Its result. @param stage the one that could not begin. */
export function unstarted(
  target: Target,
  failure: Failure,
  stage: PersonStage,
): Omit<PeerResult, "diagnosis"> {
  return {
    ...unmeasured(target, unsent(failure)),
    stages: [{ stage, duration: 0, ok: false }],
  };
}

/** Whom a verification is about. */
export function targetOf(
  { peer, port, callingAeTitle, calledAeTitle }: VerificationSettings,
  tls: boolean,
): Target {
  return {
    name: undefined,
    host: peer,
    port,
    callingAeTitle,
    calledAeTitle,
    tls,
  };
}
