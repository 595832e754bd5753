/** What a result means to Nagios: state and reason. Pure. */

import type { Thresholds } from "../result/settings.ts";
import type { CauseCode, PeerResult } from "../result/types.ts";
import { daysLeft } from "../x509/validity.ts";
import { firstToExpire, seconds } from "./facts.ts";
import { nagiosText, type State, worst } from "./nagios-line.ts";
import { violates } from "./range.ts";

export interface Verdict {
  readonly state: State;
  /** One line, escaped. */
  readonly text: string;
}

/** Not the peer's doing: what was asked for, or what this machine lacks. */
const OUR_FAULTS: ReadonlySet<CauseCode> = new Set<CauseCode>([
  "illegal-peer",
  "illegal-title",
  "tls-not-set-up",
  "tls-unavailable",
  "no-dictionary",
  "interrupted",
]);

/** @param now the certificate is judged as of now. */
export function verdict(
  result: PeerResult,
  thresholds: Thresholds,
  now: Date,
): Verdict {
  const { diagnosis } = result;
  if (diagnosis !== undefined) {
    return {
      state: OUR_FAULTS.has(diagnosis.code) ? "UNKNOWN" : "CRITICAL",
      text: nagiosText(diagnosis.cause),
    };
  }
  const findings = [
    slowness(result, thresholds),
    expiry(result, thresholds, now),
  ].filter((one) => one !== undefined);
  return {
    state: worst(findings.map(({ state }) => state)),
    text: findings.length === 0
      ? `verified in ${seconds(result.duration)} s`
      : findings.map(({ text }) => text).join("; "),
  };
}

function slowness(
  { duration }: PeerResult,
  { warning, critical }: Thresholds,
): Verdict | undefined {
  const value = duration / 1000;
  const state = critical !== undefined && violates(critical, value)
    ? "CRITICAL"
    : warning !== undefined && violates(warning, value)
    ? "WARNING"
    : undefined;
  if (state === undefined) return undefined;
  return {
    state,
    text: `verified, but its time of ${seconds(duration)} s is out of bounds`,
  };
}

function expiry(
  result: PeerResult,
  { certificateWarning, certificateCritical }: Thresholds,
  now: Date,
): Verdict | undefined {
  const certificate = firstToExpire(result);
  if (certificate === undefined) return undefined;
  const left = daysLeft(certificate, now);
  const state = certificateCritical !== undefined && left < certificateCritical
    ? "CRITICAL"
    : certificateWarning !== undefined && left < certificateWarning
    ? "WARNING"
    : undefined;
  if (state === undefined) return undefined;
  const date = certificate.notAfter.toISOString().slice(0, 10);
  const when = left < 0
    ? `has expired on ${date}`
    : `expires on ${date}, ${left} ${left === 1 ? "day" : "days"} from now`;
  // The subject comes last: it is what may be cut off.
  return {
    state,
    text: nagiosText(`certificate ${when}: ${certificate.subject.text}`),
  };
}
