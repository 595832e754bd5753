/** What is said of a chain that is not trusted. */

import type { Condition } from "../base/condition.ts";
import { escapeControls, hex } from "../base/text.ts";
import { isAddress } from "./hostname.ts";
import type { Certificate, ChainProblem } from "./types.ts";

/** Number of OpenSSL's error, and the words the reference has for it. */
type Entry = readonly [number, string];

const DAY = 86_400_000;

function entryOf(problem: ChainProblem): Entry {
  switch (problem.kind) {
    case "no-certificate":
    case "unreadable":
      return [1, "unspecified"];
    case "expired":
      return [10, "certificate has expired"];
    case "not-yet-valid":
      return [9, "certificate is not yet valid"];
    case "unknown-issuer":
      return problem.given === true
        ? [2, "unable to get issuer certificate"]
        : [20, "unable to get local issuer certificate"];
    case "self-signed":
      return [18, "self signed certificate"];
    case "untrusted-root":
      return [19, "self signed certificate in certificate chain"];
    case "bad-signature":
      return [7, "certificate signature failure"];
    case "not-an-authority":
      return problem.name === undefined
        ? [79, "invalid CA certificate"]
        : problem.name.is === "excluded"
        ? [48, "excluded subtree violation"]
        : [47, "permitted subtree violation"];
    case "path-too-long":
      return problem.certificate.basicConstraints?.pathLength === undefined
        ? [22, "certificate chain too long"]
        : [25, "path length constraint exceeded"];
    case "wrong-usage":
      return [26, "unsupported certificate purpose"];
    case "unknown-extension":
      return [34, "unhandled critical extension"];
    case "revoked":
      return [23, "certificate revoked"];
    case "no-crl":
      return [3, "unable to get certificate CRL"];
    case "crl-expired":
      return [12, "CRL has expired"];
    case "crl-not-yet-valid":
      return [11, "CRL is not yet valid"];
    case "crl-bad-signature":
      return problem.notForLists === true
        ? [35, "key usage does not include CRL signing"]
        : [8, "CRL signature failure"];
    case "wrong-name":
      return isAddress(problem.wanted)
        ? [64, "IP address mismatch"]
        : [62, "Hostname mismatch"];
    case "too-weak":
      return /^(signature|Weak certificate hash)/.test(problem.detail)
        ? [68, "CA signature digest algorithm too weak"]
        : problem.certificate.basicConstraints?.ca === true
        ? [67, "CA certificate key too weak"]
        : [66, "EE certificate key too weak"];
  }
}

/** "2026-11-24 08:52:47 UTC" */
function at(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

function days(from: Date, to: Date): string {
  const count = Math.floor((to.getTime() - from.getTime()) / DAY);
  return count < 1
    ? "less than a day"
    : count === 1
    ? "1 day"
    : `${count} days`;
}

function subject({ subject: { text } }: Certificate): string {
  return text === "" ? "a certificate without a name" : text;
}

/** The names a certificate is for, as a person may see them. */
function namesOf(certificate: Certificate): string {
  const { alternativeNames: { dns, ip }, commonName } = certificate;
  const names = [...dns, ...ip];
  if (names.length === 0 && commonName !== undefined) names.push(commonName);
  const shown = names.slice(0, 10).map((name) => name.slice(0, 255));
  return shown.length === 0 ? "no host at all" : shown.join(", ");
}

/** What is wrong with which certificate, and what to do about it. */
function detailOf(problem: ChainProblem, now: Date): string {
  switch (problem.kind) {
    case "no-certificate":
      return "the peer has shown no certificate; its administrator must " +
        "configure one";
    case "unreadable":
      return problem.detail;
    case "expired": {
      const { notAfter } = problem.certificate;
      return `${subject(problem.certificate)} has expired on ${
        at(notAfter)
      }, ` +
        `${days(notAfter, now)} ago; it must be renewed`;
    }
    case "not-yet-valid": {
      const { notBefore } = problem.certificate;
      return `${subject(problem.certificate)} is valid from ${
        at(notBefore)
      }, ` +
        `${days(now, notBefore)} ahead; check the clocks of both sides`;
    }
    case "unknown-issuer":
      return unknownIssuer(problem.certificate, problem.given === true, now);
    case "self-signed":
      return `${subject(problem.certificate)} is signed by itself and not ` +
        `trusted; if its SHA-256 fingerprint is that of the peer, ` +
        `${problem.certificate.fingerprint}, give it with +cf`;
    case "untrusted-root":
      return `the root ${
        subject(problem.certificate)
      } is not trusted; if its ` +
        `SHA-256 fingerprint is right, ${problem.certificate.fingerprint}, ` +
        "give it with +cf";
    case "bad-signature":
      return `the signature of ${subject(problem.certificate)} is not by the ` +
        `key of ${problem.certificate.issuer.text}; it is forged, damaged, or ` +
        "the issuer has a new key under the same name";
    case "not-an-authority":
      if (problem.name !== undefined) {
        return `${subject(problem.certificate)} may not issue for ` +
          `${problem.name.text.slice(0, 255)} by its name constraints; the ` +
          "peer needs one of an authority that may";
      }
      return `${subject(problem.certificate)} has issued another certificate ` +
        "and is not allowed to; the peer needs one of a proper authority";
    case "path-too-long":
      return `there are more certificates below ${
        subject(problem.certificate)
      } than are allowed`;
    case "wrong-usage":
      return `${subject(problem.certificate)} is not for TLS ` +
        `${problem.purpose}s by its key usage or extended key usage; ` +
        `the peer needs one with ${problem.purpose}Auth`;
    case "unknown-extension":
      return `${subject(problem.certificate)} has the extension ` +
        `${problem.oid}, which is not supported and must not be ignored`;
    case "revoked": {
      const why = problem.reason === undefined ? "" : ` (${problem.reason})`;
      return `${subject(problem.certificate)} was revoked on ` +
        `${at(problem.since)}${why}; the peer needs a new one`;
    }
    case "no-crl":
      return `there is no revocation list of ${problem.certificate.issuer.text} ` +
        `for ${subject(problem.certificate)}; give it with +crl`;
    case "crl-expired":
      return `the revocation list of ${problem.certificate.issuer.text} has ` +
        `expired on ${at(problem.date)}, ${
          days(problem.date, now)
        } ago; give ` +
        "a newer one with +crl";
    case "crl-not-yet-valid":
      return `the revocation list of ${problem.certificate.issuer.text} is ` +
        `valid from ${at(problem.date)}; check the clock of this machine`;
    case "crl-bad-signature":
      return problem.notForLists === true
        ? `${problem.certificate.issuer.text} is not allowed to sign ` +
          "revocation lists by its key usage"
        : "the revocation list is not signed by the key of " +
          `${problem.certificate.issuer.text}; fetch it again`;
    case "wrong-name":
      return `${subject(problem.certificate)} is for ` +
        `${namesOf(problem.certificate)}, not for ${problem.wanted}`;
    case "too-weak":
      return `${
        subject(problem.certificate)
      } is too weak: ${problem.detail}; ` +
        "the peer needs a new one";
  }
}

function unknownIssuer(
  certificate: Certificate,
  given: boolean,
  now: Date,
): string {
  const wanted = certificate.issuer.text;
  const expired = now > certificate.notAfter
    ? ` (it has expired on ${at(certificate.notAfter)} as well)`
    : "";
  return given
    ? `${subject(certificate)} is trusted but no root; give the certificate ` +
      `of its issuer ${wanted} with +cf as well`
    : `the issuer of ${
      subject(certificate)
    } is not known${expired}; give the ` +
      `certificate of ${wanted} with +cf, or the peer must send it`;
}

/**
 * One line: code and text as in the reference's catalogue, then the particulars
 * as of `now`. Nothing in it is dangerous to print.
 */
export function chainCondition(problem: ChainProblem, now: Date): Condition {
  const [number, words] = entryOf(problem);
  const detail = escapeControls(detailOf(problem, now));
  return {
    code: `000b:${hex(0x400 + number, 4)}`,
    text: `X.509 certificate verification error - ${words}: ${detail}`,
  };
}
