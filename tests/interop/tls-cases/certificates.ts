/** Peers whose certificates are not good. */

import type { PeerName } from "../tls-certificates.ts";
import {
  DATE,
  type Differing,
  differing,
  NEWER_OPTION,
  sServer,
  storescp,
  type TlsCase,
  TRUSTING,
  untrusted,
  verified,
  x509,
} from "../tls-case.ts";
import {
  ADVICE,
  BAD_SIGNATURE,
  MD5 as MD5_DEVIATION,
  NEWER_PROFILE,
} from "../tls-deviations.ts";

/** The reference's words for a signature that is not right. */
export const BROKEN: { readonly reference: Differing } = {
  reference: {
    deviation: BAD_SIGNATURE,
    exit: 1,
    first:
      /^F: Association Request Failed: 000b:0008 OpenSSL error 02\w+: rsa /,
  },
};

function notFrom(name: string, root: string): string {
  return x509(
    "0407",
    "certificate signature failure",
    `the signature of /CN=${name} is not by the key of /CN=${root}; it is ` +
      "forged, damaged, or the issuer has a new key under the same name",
  );
}

const NOT_A_SERVER =
  "is not for TLS servers by its key usage or extended key " +
  "usage; the peer needs one with serverAuth";

export const FAULTS: readonly TlsCase[] = [
  untrusted(
    "expired",
    storescp("expired"),
    TRUSTING,
    x509(
      "040a",
      "certificate has expired",
      `/CN=expired has expired on ${DATE}, 3 days ago; it must be renewed`,
    ),
  ),
  untrusted(
    "not yet valid",
    storescp("future"),
    TRUSTING,
    x509(
      "0409",
      "certificate is not yet valid",
      `/CN=future is valid from ${DATE}, 5 days ahead; check the clocks of ` +
        "both sides",
    ),
  ),
  untrusted(
    "a root that has expired",
    storescp("old-root"),
    ["+tla", "+cf", "old-root-ca.pem"],
    x509(
      "040a",
      "certificate has expired",
      `/CN=Old Root has expired on ${DATE}, 10 days ago; it must be renewed`,
    ),
  ),
  untrusted(
    "only for clients",
    storescp("no-server"),
    TRUSTING,
    x509(
      "041a",
      "unsupported certificate purpose",
      `/CN=no server ${NOT_A_SERVER}`,
    ),
  ),
  untrusted(
    "only for revocation lists",
    storescp("no-signing"),
    TRUSTING,
    x509(
      "041a",
      "unsupported certificate purpose",
      `/CN=no signing ${NOT_A_SERVER}`,
    ),
  ),
  untrusted(
    "issued by what is no authority",
    storescp("by-leaf"),
    TRUSTING,
    x509(
      "044f",
      "invalid CA certificate",
      "/CN=no authority has issued another certificate and is not allowed " +
        "to; the peer needs one of a proper authority",
    ),
  ),
  untrusted(
    "more intermediates than the root allows",
    storescp("too-long"),
    ["+tla", "+cf", "short-root.pem"],
    x509(
      "0419",
      "path length constraint exceeded",
      "there are more certificates below /CN=Short Root than are allowed",
    ),
  ),
  untrusted(
    "an unknown extension that is critical",
    storescp("unknown"),
    TRUSTING,
    x509(
      "0422",
      "unhandled critical extension",
      "/CN=unknown extension has the extension 1.2.3.4, which is not " +
        "supported and must not be ignored",
    ),
  ),
  untrusted(
    "a spoilt signature",
    storescp("spoilt"),
    TRUSTING,
    notFrom("spoilt", "Root"),
    BROKEN,
  ),
  untrusted(
    "the signature of another authority of the same name",
    storescp("forged"),
    TRUSTING,
    notFrom("forged", "Root"),
    BROKEN,
  ),
  untrusted(
    "the same, of version 1",
    storescp("forged-version1"),
    TRUSTING,
    notFrom("forged version 1", "Root"),
    BROKEN,
  ),
  untrusted(
    "a stranger of version 1",
    storescp("self-version1"),
    TRUSTING,
    /^F: 000b:0412 .*: \/CN=old device is signed by itself and not trusted; /,
  ),
];

const WEAK_CIPHERS = ["-cipher", "ALL:@SECLEVEL=0"];
const MD5 = x509(
  "0444",
  "CA signature digest algorithm too weak",
  "/CN=MD5 is too weak: signature with MD5; the peer needs a new one",
);
const SHORT_KEY =
  "RSA key length too short: RFC 9325 recommends at least 2048 " +
  "bits, but peer provided RSA certificate with 1024 bits.";
const SHA1 = "Weak certificate hash key: RFC 9325 recommends SHA-256 (or " +
  "better), but peer provided certificate with 'SHA1'.";

function warned(
  identity: PeerName,
  profile: string,
  options: readonly string[],
  warning: string,
  more: Partial<TlsCase> = differing(ADVICE, 0),
): TlsCase {
  return verified(
    `${identity}, ${profile}`,
    sServer(identity, ...WEAK_CIPHERS),
    [...options, profile],
    { says: [`W: ${warning}`], ...more },
  );
}

const SHA1_TRUSTED = [...TRUSTING, "+cf", "sha1-root.pem"];

export const STRENGTH: readonly TlsCase[] = [
  ...["+py", "+px", "+pz"].flatMap((profile) => [
    warned("sha1", profile, SHA1_TRUSTED, SHA1),
    warned("weak-key", profile, TRUSTING, SHORT_KEY),
    untrusted(
      `md5, ${profile}`,
      sServer("md5", ...WEAK_CIPHERS),
      [...TRUSTING, profile],
      MD5,
      differing(MD5_DEVIATION, 0),
    ),
  ]),
  warned("sha1", "+pg", SHA1_TRUSTED, SHA1, NEWER_OPTION),
  untrusted(
    "md5, +pm",
    sServer("md5", ...WEAK_CIPHERS),
    [...TRUSTING, "+pm"],
    MD5,
    NEWER_OPTION,
  ),
  untrusted(
    "weak key, as is usual",
    sServer("weak-key", ...WEAK_CIPHERS),
    TRUSTING,
    x509(
      "0442",
      "EE certificate key too weak",
      "/CN=weak key is too weak: Server RSA key length too short: RFC 9325 " +
        "requires at least 2048 bits, but server provided RSA certificate " +
        "with 1024 bits; the peer needs a new one",
    ),
    differing(NEWER_PROFILE, 0),
  ),
  untrusted(
    "weak key, +pm",
    sServer("weak-key", ...WEAK_CIPHERS),
    [...TRUSTING, "+pm"],
    x509(
      "0442",
      "EE certificate key too weak",
      "/CN=weak key is too weak: RSA key length too short: the DICOM TLS " +
        "profile requires at least 2048 bits, but peer provided RSA " +
        "certificate with 1024 bits; the peer needs a new one",
    ),
    NEWER_OPTION,
  ),
  untrusted(
    "sha1, +pm",
    sServer("sha1", ...WEAK_CIPHERS),
    [...SHA1_TRUSTED, "+pm"],
    /^F: 000b:044\d .*: the DICOM TLS profile requires SHA-256 \(or better\) .* with 'SHA1'; /,
    NEWER_OPTION,
  ),
];
