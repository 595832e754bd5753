/** From a certificate to those who may have issued it, and on to an anchor. */

import { readSignatureAlgorithm } from "./algorithms.ts";
import { readSigned } from "./certificate.ts";
import { canonicalName, sameName } from "./name.ts";
import type { Certificate, ChainProblem } from "./types.ts";

/** A chain as far as it goes; `problem`: it does not reach an anchor. */
export interface Path {
  readonly chain: readonly Certificate[];
  readonly problem: ChainProblem | undefined;
}

/** Most certificates of a chain, far beyond what is met. */
const LONGEST_CHAIN = 20;

/** Most extensions of a chain that are tried, for the peer may be hostile. */
const MOST_STEPS = 500;

const signatureKeys = new WeakMap<Certificate, string>();

/** The kind of key that has signed it; asked of very many pairs. */
function signatureKey(certificate: Certificate): string {
  const known = signatureKeys.get(certificate) ?? readSignatureAlgorithm(
    readSigned(certificate.der, "certificate").algorithm,
  ).key;
  signatureKeys.set(certificate, known);
  return known;
}

/** What OpenSSL looks at before it takes a certificate for the issuer. */
export function mayHaveIssued(
  issuer: Certificate,
  subject: Certificate,
): boolean {
  const key = signatureKey(subject);
  return sameName(subject.issuer, issuer.subject) &&
    isAuthorityOf(issuer, subject) &&
    (key === "unknown" || key === issuer.publicKey.algorithm);
}

/** The authority key identifier (OpenSSL's X509_check_akid). */
function isAuthorityOf(issuer: Certificate, subject: Certificate): boolean {
  const { authorityKeyId, authorityCertificate: authority } = subject;
  return (authorityKeyId === undefined || issuer.subjectKeyId === undefined ||
    authorityKeyId === issuer.subjectKeyId) &&
    (authority?.serialNumber === undefined ||
      authority.serialNumber === issuer.serialNumber) &&
    (authority?.issuer === undefined ||
      sameName(authority.issuer, issuer.issuer));
}

export function isSelfSigned(certificate: Certificate): boolean {
  return mayHaveIssued(certificate, certificate);
}

/** By the name of the subject. */
function indexed(
  certificates: readonly Certificate[],
): ReadonlyMap<string, readonly Certificate[]> {
  return Map.groupBy(
    certificates,
    ({ subject }) => canonicalName(subject),
  );
}

/** Those valid at `time` first, then those that end last. */
function byDates(
  certificates: readonly Certificate[],
  time: Date,
): readonly Certificate[] {
  const isValid = ({ notBefore, notAfter }: Certificate): number =>
    notBefore <= time && time <= notAfter ? 1 : 0;
  return certificates.toSorted((a, b) =>
    isValid(b) - isValid(a) || b.notAfter.getTime() - a.notAfter.getTime()
  );
}

/**
 * The chains from the first certificate presented, most promising first:
 * anchors before what the peer has sent. No certificate is twice in a chain.
 * Signatures are not looked at.
 */
export function* pathsOf(
  presented: readonly [Certificate, ...(readonly Certificate[])],
  anchors: readonly Certificate[],
  time: Date,
): Generator<Path> {
  const trusted = indexed(anchors);
  const others = indexed(presented.slice(1));
  const given = new Set(anchors.map(({ fingerprint }) => fingerprint));
  let steps = 0;

  function issuersOf(
    chain: readonly Certificate[],
    last: Certificate,
  ): readonly Certificate[] {
    const name = canonicalName(last.issuer);
    const seen = new Set(chain.map(({ fingerprint }) => fingerprint));
    const found: Certificate[] = [];
    for (const source of [trusted, others]) {
      const fitting = (source.get(name) ?? []).filter((issuer) =>
        mayHaveIssued(issuer, last)
      );
      for (const issuer of byDates(fitting, time)) {
        if (seen.has(issuer.fingerprint)) continue;
        seen.add(issuer.fingerprint);
        found.push(issuer);
      }
    }
    return found;
  }

  function* extend(
    chain: readonly Certificate[],
    last: Certificate,
  ): Generator<Path> {
    if (steps++ >= MOST_STEPS) return;
    const isGiven = given.has(last.fingerprint);
    if (isSelfSigned(last)) {
      const kind = chain.length === 1 ? "self-signed" : "untrusted-root";
      yield {
        chain,
        problem: isGiven ? undefined : { kind, certificate: last },
      };
      return;
    }
    if (chain.length === LONGEST_CHAIN) {
      yield { chain, problem: { kind: "path-too-long", certificate: last } };
      return;
    }
    const issuers = issuersOf(chain, last);
    if (issuers.length === 0) {
      yield {
        chain,
        problem: {
          kind: "unknown-issuer",
          certificate: last,
          // An anchor that is the peer's own does not make it a root.
          ...(isGiven && chain.length > 1 ? { given: true } : {}),
        },
      };
    }
    for (const issuer of issuers) yield* extend([...chain, issuer], issuer);
  }

  yield* extend([presented[0]], presented[0]);
}
