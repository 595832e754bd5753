/** Results of peers of which nothing was measured. Pure. */

import type { Outcome } from "../verify/outcome.ts";
import type { VerificationSettings } from "../verify/settings.ts";
import type { Addresses, PeerResult, Target } from "./types.ts";

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
