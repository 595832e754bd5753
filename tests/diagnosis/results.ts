/** Results without a network, for what is hard to bring about. */

import type { Condition } from "../../lib/base/condition.ts";
import { diagnose } from "../../lib/diagnosis/diagnose.ts";
import type { Undiagnosed } from "../../lib/diagnosis/finding.ts";
import type { Diagnosis, PeerResult } from "../../lib/result/types.ts";
import type { FailureCause, Stage } from "../../lib/verify/outcome.ts";
import type { VerificationSettings } from "../../lib/verify/settings.ts";
import { DEFAULTS } from "../verify/verification.ts";

/** A peer that was verified in 10 ms, but for the changes. */
export function verified(changes: Partial<PeerResult> = {}): PeerResult {
  return {
    target: {
      name: undefined,
      host: "pacs",
      port: 104,
      callingAeTitle: "ECHOSCU",
      calledAeTitle: "PACS",
      tls: false,
    },
    started: new Date("2026-11-24T12:00:00Z"),
    duration: 10,
    outcome: {
      failure: undefined,
      stages: [],
      negotiated: undefined,
      echoes: { sent: 1, succeeded: 1 },
    },
    stages: [
      { stage: "lookup", duration: 1, ok: true },
      { stage: "connect", duration: 1, ok: true },
      { stage: "association", duration: 3, ok: true },
      { stage: "echo", duration: 4, ok: true },
      { stage: "release", duration: 1, ok: true },
    ],
    addresses: {
      resolved: ["192.0.2.10"],
      local: "192.0.2.20:40000",
      remote: "192.0.2.10:104",
    },
    session: undefined,
    tlsFailure: undefined,
    attempts: 1,
    latencies: [4],
    diagnosis: undefined,
    ...changes,
  };
}

export interface Changes extends Partial<Undiagnosed> {
  readonly settings?: Partial<VerificationSettings>;
  readonly deadline?: number;
}

/** The diagnosis of a peer that failed in this stage for this reason. */
export function diagnosisOf(
  stage: Stage,
  cause: FailureCause,
  condition?: Condition,
  { settings, deadline, ...changes }: Changes = {},
): Diagnosis {
  const result = verified(changes);
  const failure = { stage, cause, condition };
  const diagnosis = diagnose(
    { ...result, outcome: { ...result.outcome, failure } },
    { settings: { ...DEFAULTS, ...settings }, deadline },
  );
  if (diagnosis === undefined) throw new Error("no diagnosis");
  return diagnosis;
}
