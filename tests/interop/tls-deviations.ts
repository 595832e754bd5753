/** Where ours differs from the reference on purpose, in TLS. */

import type { Deviation } from "./deviation.ts";

export type TlsDeviation = Pick<
  Deviation,
  "id" | "reference" | "ours" | "reason"
>;

/** Shown by every case whose failure has more than one line. */
export const CAUSE: TlsDeviation = {
  id: "tls-cause",
  reference: "says what failed in one line that is the same for many causes",
  ours: "has the same first line, and under it the cause and the next step",
  reason: "a person must know what to do",
};

export const OPENSSL_NUMBERS: TlsDeviation = {
  id: "openssl-numbers",
  reference: "first logs an error number of OpenSSL, `E: OpenSSL error …`",
  ours: "says in words what is wrong with the file, under the same condition",
  reason: "the number helps nobody",
};

export const ENCRYPTED_DER: TlsDeviation = {
  id: "encrypted-der",
  reference: "cannot open an encrypted key in DER form",
  ours: "opens it",
  reason: "it is a usual form of PKCS#8 files",
};

export const LAST_LINE: TlsDeviation = {
  id: "password-without-line-end",
  reference: "does not take a password from a pipe that lacks its line end, " +
    "for a key in the legacy form",
  ours: "takes it, as for every other form",
  reason: "`printf %s` writes no line end",
};

export const CERTIFICATE_NOT_LOADED: TlsDeviation = {
  id: "certificate-not-loaded",
  reference: "says that key and certificate do not match if the certificate " +
    "cannot be read at all",
  ours: "says that the certificate cannot be loaded, and why",
  reason: "the key is not at fault",
};

export const TRUST_IS_NEEDED: TlsDeviation = {
  id: "unusable-trust",
  reference:
    "warns of a file of +cf or +crl that cannot be used, says nothing " +
    "of such a folder of +cd, and goes on",
  ours: "ends before anything is sent",
  reason: "who names a file means it to count",
};

export const FOLDER: TlsDeviation = {
  id: "folder-without-hashes",
  reference: "finds a certificate in a folder of +cd only under a name that " +
    "OpenSSL has made from a hash",
  ours: "takes every certificate in the folder",
  reason: "nobody knows that tool, and the option says add certificates in d",
};

export const NO_ANCHOR: TlsDeviation = {
  id: "no-anchor",
  reference: "connects although nobody is trusted, and then refuses the peer",
  ours: "refuses before connecting, and says which option is missing",
  reason: "it cannot succeed",
};

export const DER_LIST: TlsDeviation = {
  id: "revocation-list-in-der",
  reference: "cannot read a revocation list in DER form",
  ours: "reads it with -der",
  reason: "that is how authorities publish them",
};

export const BAD_SIGNATURE: TlsDeviation = {
  id: "bad-signature",
  reference: "names an error of OpenSSL's RSA code as the condition",
  ours: "has the condition of every certificate that is refused",
  reason: "the certificate is what is wrong",
};

export const NEWER_PROFILE: TlsDeviation = {
  id: "default-profile",
  reference: "has the non-downgrading profile of BCP 195 as default",
  ours: "has that of RFC 8996 as default, as newer releases of the reference",
  reason: "the other one is retired",
};

export const MD5: TlsDeviation = {
  id: "md5",
  reference: "accepts a certificate that is signed with MD5",
  ours: "refuses it, in every profile, as newer releases of the reference",
  reason: "such a signature can be forged",
};

export const ADVICE: TlsDeviation = {
  id: "rfc-9325",
  reference:
    "cites RFC 7525 where it advises against a suite, and in the same " +
    "words against suites that are not concerned; says nothing of weak keys " +
    "and hashes",
  ours: "cites RFC 9325, names what is weak, and says nothing otherwise",
  reason: "as newer releases of the reference",
};

export const SEED: TlsDeviation = {
  id: "seed-not-written",
  reference: "says nothing if the seed file cannot be written",
  ours: "warns",
  reason: "the file was asked for",
};

export const HANDSHAKE_LIMIT: TlsDeviation = {
  id: "handshake-time-limit",
  reference: "waits without a limit for a peer that is silent in the handshake",
  ours: "gives up after the time of --timeout, which covers the handshake",
  reason: "a monitor must come to an end",
};

export const LIST_OF_SUITES: TlsDeviation = {
  id: "what-there-is",
  reference: "lists suites, of TLS 1.2 and before",
  ours: "lists those of TLS 1.3 as well, and by what means each is done",
  reason: "not every installation has every suite",
};

export const OFFLINE_TRUST: TlsDeviation = {
  id: "offline-without-tls",
  reference: "wants --anonymous-tls for +vc with +cf, although nothing is sent",
  ours: "does not want it, and accepts it",
  reason: "a certificate can be checked without TLS",
};

export const OFFLINE_CAUSE: TlsDeviation = {
  id: "offline-cause",
  reference: "says only that a certificate is not good, or not even that",
  ours: "has the same result on standard output, and logs the cause",
  reason: "a person must know what to do",
};

export const LATE_ALERT: TlsDeviation = {
  id: "late-alert",
  reference: "names a refusal that comes after the handshake or a reset " +
    "connection, as chance will have it",
  ours: "tells the refusal",
  reason: "the peer has said why before it closed",
};

export const DETAILS: TlsDeviation = {
  id: "tls-details",
  reference: "shows the connection at debug level only, with -1 for a serial " +
    "number that is not small, OpenSSL's name for a suite of TLS 1.2, and only " +
    "if the peer is trusted",
  ours: "shows version, suite and certificate at -v, and at debug level the " +
    "serial number, the fingerprint, the chain and the means as well, whether " +
    "the peer is trusted or not; suites have the names that +cs takes",
  reason: "it is what a person needs who looks into a failure",
};

export const TLS_DEVIATIONS: readonly TlsDeviation[] = [
  CAUSE,
  OPENSSL_NUMBERS,
  ENCRYPTED_DER,
  LAST_LINE,
  CERTIFICATE_NOT_LOADED,
  TRUST_IS_NEEDED,
  FOLDER,
  NO_ANCHOR,
  DER_LIST,
  BAD_SIGNATURE,
  NEWER_PROFILE,
  MD5,
  ADVICE,
  SEED,
  HANDSHAKE_LIMIT,
  LIST_OF_SUITES,
  OFFLINE_TRUST,
  OFFLINE_CAUSE,
  LATE_ALERT,
  DETAILS,
];
