/**
 * A result as the document that docs/schema/result-1.schema.json describes.
 * What is not known is null, so every field is always there. Pure.
 */

import type { Condition } from "../base/condition.ts";
import { NAME, VERSION } from "../base/product.ts";
import { escapeControls, printable } from "../base/text.ts";
import { summarise } from "../latency/statistics.ts";
import type { Diagnosis, PeerResult } from "../result/types.ts";
import type { Certificate } from "../x509/types.ts";
import { daysLeft } from "../x509/validity.ts";
import { ownCertificate } from "./facts.ts";

/** What can be written as JSON. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [field: string]: Json };

/** Raised when a document of today breaks a program of yesterday. */
export const SCHEMA_VERSION = 1;

export const PROGRAM: Json = { name: NAME, version: VERSION };

/** Milliseconds, to the microsecond. */
function time(milliseconds: number): number {
  return Number.isFinite(milliseconds)
    ? Math.max(0, Math.round(milliseconds * 1000) / 1000)
    : 0;
}

export function peerDocument(
  result: PeerResult,
  now: Date,
): { readonly [field: string]: Json } {
  const { target, outcome, diagnosis, addresses, attempts } = result;
  return {
    target: {
      name: target.name ?? null,
      host: target.host,
      port: target.port,
      callingAeTitle: target.callingAeTitle,
      calledAeTitle: target.calledAeTitle,
      tls: target.tls,
    },
    started: result.started.toISOString(),
    outcome: diagnosis === undefined ? "verified" : "failed",
    durationMs: time(result.duration),
    attempts,
    failure: diagnosis === undefined ? null : failure(diagnosis),
    stages: result.stages.map(({ stage, duration, ok }) => ({
      stage,
      durationMs: time(duration),
      ok,
    })),
    addresses: {
      resolved: addresses.resolved,
      local: addresses.local ?? null,
      remote: addresses.remote ?? null,
    },
    tls: tls(result, now),
    association: association(result),
    echoes: {
      sent: outcome.echoes.sent,
      succeeded: outcome.echoes.succeeded,
    },
    latency: latency(result.latencies),
  };
}

function failure(diagnosis: Diagnosis): Json {
  const { stage, code, cause, next, condition, transient } = diagnosis;
  return {
    stage,
    code,
    cause: escapeControls(cause),
    next: next.map(escapeControls),
    transient,
    conditions: condition === undefined ? [] : conditions(condition),
  };
}

/** Outermost first. */
function conditions(outermost: Condition): readonly Json[] {
  const list: Json[] = [];
  for (
    let one: Condition | undefined = outermost;
    one !== undefined;
    one = one.cause
  ) list.push({ code: one.code, text: escapeControls(one.text) });
  return list;
}

function tls(result: PeerResult, now: Date): Json {
  const { session, tlsFailure } = result;
  if (session === undefined) return null;
  const own = ownCertificate(result);
  const problem = session.problem?.kind ??
    (tlsFailure?.kind === "certificate" ? tlsFailure.problem.kind : null);
  return {
    version: session.version,
    suite: session.suite,
    engine: session.engine,
    certificateChecked: !session.ignored,
    certificateProblem: problem,
    certificate: own === undefined ? null : certificate(own, now),
    chain: session.chain.map((one) => certificate(one, now)),
  };
}

function certificate(facts: Certificate, now: Date): Json {
  const { alternativeNames: { dns, ip }, publicKey } = facts;
  return {
    subject: facts.subject.text,
    issuer: facts.issuer.text,
    serialNumber: facts.serialNumber,
    names: [...dns, ...ip].map(escapeControls),
    notBefore: facts.notBefore.toISOString(),
    notAfter: facts.notAfter.toISOString(),
    daysLeft: daysLeft(facts, now),
    fingerprint: facts.fingerprint,
    keyAlgorithm: publicKey.algorithm,
    keyBits: publicKey.bits ?? null,
  };
}

function association({ outcome: { negotiated } }: PeerResult): Json {
  if (negotiated === undefined) return null;
  const { accepted, contexts } = negotiated;
  return {
    contexts: contexts.map((
      { id, abstractSyntax, result, transferSyntax },
    ) => ({
      id,
      abstractSyntax,
      result: result ?? null,
      transferSyntax: transferSyntax === "" ? null : printable(transferSyntax),
    })),
    acceptedContext: accepted?.id ?? null,
    transferSyntax: accepted === undefined
      ? null
      : printable(accepted.transferSyntax),
    peerMaximumLength: negotiated.peerMaximumLength,
    peerImplementationClassUid: printable(
      negotiated.peerImplementationClassUid,
    ),
    peerImplementationVersionName: printable(
      negotiated.peerImplementationVersionName,
    ),
  };
}

function latency(values: readonly number[]): Json {
  const summary = summarise(values);
  if (summary === undefined) return null;
  return {
    count: summary.count,
    minMs: time(summary.minimum),
    meanMs: time(summary.mean),
    p50Ms: time(summary.quantile(0.5)),
    p95Ms: time(summary.quantile(0.95)),
    p99Ms: time(summary.quantile(0.99)),
    maxMs: time(summary.maximum),
  };
}
