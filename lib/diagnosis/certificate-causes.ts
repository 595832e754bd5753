/** What to say when the certificate of the peer is not good enough. */

import type { Certificate, ChainProblem } from "../x509/types.ts";
import type { CauseCode } from "../result/types.ts";
import { type CauseEntries, type Particulars } from "./finding.ts";

const DAY = 86_400_000;

type CertificateCode = Extract<CauseCode, `certificate-${string}`>;

/** The code for each problem that there can be (RFC 5280 section 6). */
export const PROBLEM_CODES: Readonly<
  Record<ChainProblem["kind"], CertificateCode>
> = {
  "no-certificate": "certificate-invalid",
  unreadable: "certificate-invalid",
  expired: "certificate-expired",
  "not-yet-valid": "certificate-not-yet-valid",
  "unknown-issuer": "certificate-unknown-issuer",
  "self-signed": "certificate-self-signed",
  "untrusted-root": "certificate-untrusted-root",
  "bad-signature": "certificate-invalid",
  "not-an-authority": "certificate-invalid",
  "path-too-long": "certificate-invalid",
  "wrong-usage": "certificate-wrong-usage",
  "unknown-extension": "certificate-invalid",
  revoked: "certificate-revoked",
  "no-crl": "certificate-no-crl",
  "crl-expired": "certificate-no-crl",
  "crl-not-yet-valid": "certificate-no-crl",
  "crl-bad-signature": "certificate-no-crl",
  "wrong-name": "certificate-wrong-name",
  "too-weak": "certificate-weak",
};

/** "2026-11-24" */
function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function days(from: Date, to: Date): string {
  const count = Math.floor((to.getTime() - from.getTime()) / DAY);
  return count === 1 ? "1 day" : `${Math.max(0, count)} days`;
}

function certificateOf({ problem }: Particulars): Certificate | undefined {
  return problem !== undefined && "certificate" in problem
    ? problem.certificate
    : undefined;
}

/** "the certificate /CN=pacs" */
function named(particulars: Particulars): string {
  const text = certificateOf(particulars)?.subject.text ?? "";
  return text === ""
    ? "the certificate of the peer"
    : `the certificate ${text}`;
}

function issuer(particulars: Particulars): string {
  return certificateOf(particulars)?.issuer.text || "its issuer";
}

/** Trust is a matter of comparing, so what to compare is shown. */
function compare(particulars: Particulars): string {
  const fingerprint = certificateOf(particulars)?.fingerprint ?? "";
  return `Compare its SHA-256 fingerprint with the peer's: ${fingerprint}`;
}

const RENEW = "Have the certificate of the peer renewed";
const FIX_PEER = "Have the administrator of the peer put in a proper one";

export const CERTIFICATE_CAUSES: CauseEntries<CertificateCode> = {
  "certificate-expired": {
    transient: false,
    cause: (p) => {
      const end = certificateOf(p)?.notAfter ?? p.time;
      return `${named(p)} has expired on ${day(end)}, ${days(end, p.time)} ago`;
    },
    next: () => [RENEW, "Check the clock of this host"],
  },
  "certificate-not-yet-valid": {
    transient: false,
    cause: (p) => {
      const begin = certificateOf(p)?.notBefore ?? p.time;
      return `${named(p)} is valid from ${day(begin)} on, in ${
        days(p.time, begin)
      }`;
    },
    next: () => [
      "Check the clock of this host",
      "Check the clock of whoever made the certificate",
    ],
  },
  "certificate-unknown-issuer": {
    transient: false,
    cause: (p) => `nobody who is trusted here has issued ${named(p)}`,
    next: (p) => [
      `Trust its authority with +cf FILE: ${issuer(p)}`,
      "Have the peer send the certificates between its own and the root",
    ],
  },
  "certificate-self-signed": {
    transient: false,
    cause: (p) => `${named(p)} is signed by itself, and not trusted here`,
    next: (p) => [
      compare(p),
      "If they are the same, trust it: +cf FILE",
    ],
  },
  "certificate-untrusted-root": {
    transient: false,
    cause: (p) =>
      `the chain of the peer ends at a root that is not trusted here: ` +
      (certificateOf(p)?.subject.text ?? ""),
    next: (p) => [
      compare(p).replace("the peer's", "that of the authority"),
      "If they are the same, trust the root: +cf FILE",
    ],
  },
  "certificate-revoked": {
    transient: false,
    cause: (p) => {
      const since = p.problem?.kind === "revoked" ? p.problem.since : p.time;
      const reason = p.problem?.kind === "revoked" ? p.problem.reason : "";
      return `${named(p)} was revoked on ${day(since)}` +
        (reason ? ` (${reason})` : "");
    },
    next: () => [
      "Find out why: the key may be in wrong hands",
      "Have a new certificate with a new key put into the peer",
    ],
  },
  "certificate-wrong-name": {
    transient: false,
    cause: (p) => `${named(p)} is not for ${p.host}`,
    next: (p) => [
      `Connect by a name that it has: ${certificateNames(p)}`,
      "Have one made with this name as a DNS or IP subject alternative name",
      "Or leave out --verify-hostname",
    ],
  },
  "certificate-wrong-usage": {
    transient: false,
    cause: (p) => `${named(p)} is not one for a TLS server`,
    next: () => ["Have one made with the extended key usage serverAuth"],
  },
  "certificate-weak": {
    transient: false,
    cause: (p) => `${named(p)} is too weak: ${p.seen}`,
    next: () => [
      "Have one made with RSA of 2048 bits or more, or P-256, and SHA-256",
      "Or choose a profile that allows it: see +ph",
    ],
  },
  "certificate-no-crl": {
    transient: false,
    cause: (p) => `whether ${named(p)} was revoked is not known: ${p.seen}`,
    next: (p) => [
      `Fetch the present revocation list of ${issuer(p)}: +crl FILE`,
      "Check the clock of this host",
    ],
  },
  "certificate-invalid": {
    transient: false,
    cause: (p) => `${named(p)} cannot be used: ${p.seen}`,
    next: () => [FIX_PEER, "See the chain: --log-level debug"],
  },
};

/** At most three of the names, which the peer chooses. */
function certificateNames(particulars: Particulars): string {
  const certificate = certificateOf(particulars);
  if (certificate === undefined) return "none";
  const { alternativeNames: { dns, ip }, commonName } = certificate;
  const names = dns.length + ip.length > 0
    ? [...dns, ...ip]
    : commonName === undefined
    ? []
    : [commonName];
  const shown = names.slice(0, 3).map((name) => name.slice(0, 80));
  return shown.length === 0 ? "it has none" : shown.join(", ");
}
