/** What the metrics show of a peer, and nothing more. Pure. */

import { printable } from "../base/text.ts";
import { summarise } from "../latency/statistics.ts";
import type { PeerResult, PersonStage } from "../result/types.ts";
import type { Labels } from "./exposition.ts";
import {
  displayName,
  endpoint,
  firstToExpire,
  ipVersion,
  ownCertificate,
  stageDuration,
  STAGES,
} from "./facts.ts";

/** Times are in seconds, moments in Unix time. Small: there may be many. */
export interface ProbeFacts {
  /** Not yet told from others of the same name. */
  readonly name: string;
  readonly target: string;
  readonly callingAeTitle: string;
  readonly calledAeTitle: string;
  /** Of the stages that were reached, in order. */
  readonly phases: readonly (readonly [PersonStage, number])[];
  readonly total: number;
  readonly ipVersion: 4 | 6 | undefined;
  /** Undefined: the peer is verified. */
  readonly failure: Labels | undefined;
  readonly attempts: number;
  readonly started: number;
  readonly tlsVersion: Labels | undefined;
  readonly tlsSuite: Labels | undefined;
  readonly certificate: Labels | undefined;
  /** Of the chain, the first to do so. */
  readonly expires: number | undefined;
  readonly echoesSent: number;
  readonly echoesSucceeded: number;
  readonly latency: Latency | undefined;
  readonly maximumLength: number | undefined;
  readonly implementation: Labels | undefined;
}

interface Latency {
  /** For each of {@linkcode QUANTILES}. */
  readonly quantiles: readonly number[];
  readonly sum: number;
  readonly count: number;
}

/** Shares of the round trips. */
export const QUANTILES = [0, 0.5, 0.95, 0.99, 1] as const;

export function probeFacts(result: PeerResult): ProbeFacts {
  const { target, outcome: { echoes, negotiated }, diagnosis } = result;
  return {
    name: displayName(target),
    target: endpoint(target),
    callingAeTitle: target.callingAeTitle,
    calledAeTitle: target.calledAeTitle,
    phases: phases(result),
    total: inSeconds(result.duration),
    ipVersion: ipVersion(result.addresses),
    failure: diagnosis && { stage: diagnosis.stage, cause: diagnosis.code },
    attempts: result.attempts,
    started: unixTime(result.started),
    ...tlsFacts(result),
    echoesSent: echoes.sent,
    echoesSucceeded: echoes.succeeded,
    latency: latency(result.latencies),
    maximumLength: negotiated?.peerMaximumLength,
    implementation: negotiated && {
      class_uid: printable(negotiated.peerImplementationClassUid),
      version_name: printable(negotiated.peerImplementationVersionName),
    },
  };
}

function tlsFacts(
  result: PeerResult,
): Pick<ProbeFacts, "tlsVersion" | "tlsSuite" | "certificate" | "expires"> {
  const { session } = result;
  const own = ownCertificate(result);
  const first = firstToExpire(result);
  return {
    tlsVersion: session && { version: versionText(session.version) },
    tlsSuite: session && { cipher: session.suite },
    certificate: own && {
      fingerprint_sha256: own.fingerprint.replaceAll(":", "").toLowerCase(),
      subject: own.subject.text,
      issuer: own.issuer.text,
    },
    expires: first && unixTime(first.notAfter),
  };
}

function phases(result: PeerResult): ProbeFacts["phases"] {
  return STAGES.flatMap((stage): ProbeFacts["phases"] => {
    const duration = stageDuration(result, stage);
    return duration === undefined ? [] : [[stage, inSeconds(duration)]];
  });
}

function latency(values: readonly number[]): Latency | undefined {
  const summary = summarise(values);
  return summary && {
    quantiles: QUANTILES.map((share) => inSeconds(summary.quantile(share))),
    sum: inSeconds(summary.sum),
    count: summary.count,
  };
}

/** Milliseconds in seconds, to the nanosecond. */
function inSeconds(milliseconds: number): number {
  return Math.round(milliseconds * 1e6) / 1e9;
}

function unixTime(date: Date): number {
  return date.getTime() / 1000;
}

/** In the words of the blackbox exporter: "TLS 1.3". */
function versionText(version: string): string {
  return version === "TLSv1" ? "TLS 1.0" : version.replace("TLSv", "TLS ");
}
