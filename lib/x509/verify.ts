/**
 * Whether a chain of certificates leads to one that is trusted (RFC 5280
 * section 6), with the verdicts of OpenSSL as the reference sets it up: an
 * anchor ends a chain only if it is self-signed, and its dates count as well.
 *
 * Proxy certificates are refused.
 */

import { publicKeyOf, readSigned, type Signed } from "./certificate.ts";
import { isForHost } from "./hostname.ts";
import { comparisonBudget, constraintProblem } from "./name-constraints.ts";
import { type Path, pathsOf } from "./paths.ts";
import { revocationProblem } from "./revocation.ts";
import {
  dateProblem,
  extensionProblem,
  isBrokenHash,
  type Purpose,
  strengthProblem,
} from "./rules.ts";
import {
  loadVerifier,
  type SignatureVerdict,
  unsupportedSignature,
  type VerifySignature,
} from "./signature.ts";
import type { Certificate, ChainProblem, RevocationList } from "./types.ts";

export interface ChainRequest {
  /** The peer's own first, then whatever it sent, in any order. */
  readonly presented: readonly Certificate[];
  readonly anchors: readonly Certificate[];
  readonly crls: readonly RevocationList[];
  readonly revocation: "none" | "leaf" | "chain";
  readonly time: Date;
  readonly purpose: Purpose;
  /** Undefined: the name does not matter. */
  readonly hostname?: string | undefined;
  /** OpenSSL's, for lengths of keys and hashes; 0, if not given: any. */
  readonly securityLevel?: number;
  /** Instead of the one that is loaded. */
  readonly verifySignature?: VerifySignature;
}

export interface Verdict {
  /** From the peer's own to the anchor; as far as it could be built. */
  readonly chain: readonly Certificate[];
  /** Undefined: trusted. */
  readonly problem: ChainProblem | undefined;
}

/** Most signatures that are checked for one verdict. */
const MOST_SIGNATURES = 100;

const TOO_MANY: ChainProblem = {
  kind: "unreadable",
  detail: "there are too many certificates of the same name",
};

/** Checks each signature once, and not more than a bounded number. */
class Signatures {
  readonly #known = new Map<Certificate, Map<Certificate, SignatureVerdict>>();
  readonly #verify: VerifySignature;
  #left = MOST_SIGNATURES;
  /** Names are compared within bounds as well. */
  readonly comparisons = comparisonBudget();

  constructor(verify: VerifySignature) {
    this.#verify = verify;
  }

  get exhausted(): boolean {
    return this.#left === 0;
  }

  /** Of a certificate by its issuer. */
  of(subject: Certificate, issuer: Certificate): SignatureVerdict {
    const bySubject = this.#known.getOrInsert(subject, new Map());
    const known = bySubject.get(issuer);
    if (known !== undefined) return known;
    const verdict = this.any(readSigned(subject.der, "certificate"), issuer);
    bySubject.set(issuer, verdict);
    return verdict;
  }

  any(signed: Signed, issuer: Certificate): SignatureVerdict {
    if (this.exhausted) return "unsupported";
    this.#left--;
    return this.#verify(signed, publicKeyOf(issuer));
  }
}

/** Signatures and dates, from the anchor down (OpenSSL's internal_verify). */
function signatureProblem(
  chain: readonly Certificate[],
  time: Date,
  signatures: Signatures,
): ChainProblem | undefined {
  for (const [index, certificate] of [...chain.entries()].toReversed()) {
    const issuer = chain[index + 1];
    const problem = (issuer === undefined
      ? undefined
      : oneSignature(certificate, issuer, signatures)) ??
      dateProblem(certificate, time);
    if (problem !== undefined) {
      return problem;
    }
  }
  return undefined;
}

function oneSignature(
  certificate: Certificate,
  issuer: Certificate,
  signatures: Signatures,
): ChainProblem | undefined {
  const { signatureHash } = certificate;
  if (isBrokenHash(signatureHash)) {
    const detail = `signature with ${signatureHash}`;
    return { kind: "too-weak", certificate, detail };
  }
  switch (signatures.of(certificate, issuer)) {
    case "good":
      return undefined;
    case "bad":
      return { kind: "bad-signature", certificate };
    case "unsupported": {
      if (signatures.exhausted) return TOO_MANY;
      return unsupportedSignature(issuer);
    }
  }
}

function problemOf(
  { chain, problem }: Path,
  request: ChainRequest,
  signatures: Signatures,
): ChainProblem | undefined {
  const [leaf] = chain;
  if (problem !== undefined || leaf === undefined) return problem;
  const { purpose, hostname, time, securityLevel = 0 } = request;
  const found = extensionProblem(chain, purpose) ??
    strengthProblem(chain, securityLevel);
  if (found !== undefined) return found;
  if (hostname !== undefined && !isForHost(leaf, hostname)) {
    return { kind: "wrong-name", certificate: leaf, wanted: hostname };
  }
  return revocationProblem(
    chain,
    request,
    (signed, issuer) => signatures.any(signed, issuer),
  ) ?? signatureProblem(chain, time, signatures) ??
    constraintProblem(chain, hostname, signatures.comparisons);
}

/**
 * Tries every chain that can be built and takes the first without a problem.
 * If there is none, the problem is that of the first that reaches an anchor,
 * else of the first.
 */
export async function verifyChain(request: ChainRequest): Promise<Verdict> {
  const [leaf, ...others] = request.presented;
  if (leaf === undefined) {
    return { chain: [], problem: { kind: "no-certificate" } };
  }
  const signatures = new Signatures(
    request.verifySignature ?? await loadVerifier(),
  );
  let first: Verdict | undefined;
  let firstComplete: Verdict | undefined;
  for (
    const path of pathsOf([leaf, ...others], request.anchors, request.time)
  ) {
    const verdict = {
      chain: path.chain,
      problem: problemOf(path, request, signatures),
    };
    if (verdict.problem === undefined) return verdict;
    first ??= verdict;
    if (path.problem === undefined) firstComplete ??= verdict;
    if (signatures.exhausted) break;
  }
  return firstComplete ?? first ?? { chain: [leaf], problem: TOO_MANY };
}

/**
 * Whether a certificate is a valid, self-signed root as the reference's
 * `--is-root-cert` has it: it says nothing on what it may be used for.
 */
export async function rootProblem(
  certificate: Certificate,
  time: Date,
): Promise<ChainProblem | undefined> {
  const { problem } = await verifyChain({
    presented: [certificate],
    anchors: [certificate],
    crls: [],
    revocation: "none",
    time,
    purpose: "any",
  });
  return problem;
}
