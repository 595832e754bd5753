/** Whether certificates of a chain are revoked (RFC 5280 section 6.3). */

import { readSigned, type Signed } from "./certificate.ts";
import { mayHaveIssued } from "./paths.ts";
import { canonicalName } from "./name.ts";
import { findRevoked } from "./revoked.ts";
import { type SignatureVerdict, unsupportedSignature } from "./signature.ts";
import type { Certificate, ChainProblem, RevocationList } from "./types.ts";

export interface RevocationRequest {
  readonly crls: readonly RevocationList[];
  readonly revocation: "none" | "leaf" | "chain";
  readonly time: Date;
}

type Check = (signed: Signed, issuer: Certificate) => SignatureVerdict;

function timeProblem(
  list: RevocationList,
  certificate: Certificate,
  time: Date,
): ChainProblem | undefined {
  const { thisUpdate, nextUpdate } = list;
  if (time < thisUpdate) {
    return { kind: "crl-not-yet-valid", certificate, date: thisUpdate };
  }
  return nextUpdate !== undefined && time > nextUpdate
    ? { kind: "crl-expired", certificate, date: nextUpdate }
    : undefined;
}

/** Of the lists of that issuer: one that is valid, else the newest. */
function listFor(
  certificate: Certificate,
  issuer: Certificate,
  { crls, time }: RevocationRequest,
): RevocationList | undefined {
  const name = canonicalName(certificate.issuer);
  const fitting = crls.filter((list) =>
    canonicalName(list.issuer) === name &&
    (list.authorityKeyId === undefined || issuer.subjectKeyId === undefined ||
      list.authorityKeyId === issuer.subjectKeyId)
  ).toSorted((a, b) => b.thisUpdate.getTime() - a.thisUpdate.getTime());
  return fitting.find((list) =>
    timeProblem(list, certificate, time) === undefined
  ) ?? fitting[0];
}

function problemOf(
  certificate: Certificate,
  issuer: Certificate,
  request: RevocationRequest,
  check: Check,
): ChainProblem | undefined {
  const list = listFor(certificate, issuer, request);
  if (list === undefined) return { kind: "no-crl", certificate };
  if (issuer.keyUsage !== undefined && !issuer.keyUsage.crlSign) {
    return { kind: "crl-bad-signature", certificate, notForLists: true };
  }
  const problem = timeProblem(list, certificate, request.time);
  if (problem !== undefined) return problem;
  switch (check(readSigned(list.der, "revocation list"), issuer)) {
    case "good":
      break;
    case "bad":
      return { kind: "crl-bad-signature", certificate };
    case "unsupported":
      return unsupportedSignature(issuer);
  }
  const revoked = findRevoked(list, certificate.serialNumber);
  return revoked === undefined || revoked.reason === "removeFromCRL"
    ? undefined
    : { kind: "revoked", certificate, ...revoked };
}

/**
 * "leaf" looks at the first certificate, "chain" at all, the root included,
 * as OpenSSL does. A list that is missing is a problem.
 */
export function revocationProblem(
  chain: readonly Certificate[],
  request: RevocationRequest,
  check: Check,
): ChainProblem | undefined {
  if (request.revocation === "none") return undefined;
  const looked = request.revocation === "leaf" ? chain.slice(0, 1) : chain;
  for (const [index, certificate] of looked.entries()) {
    const issuer = chain[index + 1] ?? certificate;
    const problem = mayHaveIssued(issuer, certificate)
      ? problemOf(certificate, issuer, request, check)
      : undefined;
    if (problem !== undefined) return problem;
  }
  return undefined;
}
