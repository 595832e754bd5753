/** Whom we trust: what is given by +cf and +cd, and what is sent. */

import {
  certificateOf,
  fingerprintOf,
  OTHER_ROOT,
  ROOT,
} from "../tls-certificates.ts";
import {
  differing,
  failing,
  NOT_VERIFIED,
  OPENSSL_ERROR,
  storescp,
  type TlsCase,
  TRUSTING,
  untrusted,
  verified,
  x509,
} from "../tls-case.ts";
import { FOLDER, NO_ANCHOR, TRUST_IS_NEEDED } from "../tls-deviations.ts";

const PACS = storescp("pacs");
const SILENT = differing(FOLDER, 1, NOT_VERIFIED);
const IGNORED = differing(TRUST_IS_NEEDED, 1, OPENSSL_ERROR);
const NOT_SEEN = differing(TRUST_IS_NEEDED, 1, NOT_VERIFIED);

export const TRUSTED: readonly TlsCase[] = [
  verified("a file", PACS),
  verified("a file in DER", PACS, ["+tla", "-der", "+cf", "root.der"]),
  verified("a bundle", PACS, ["+tla", "+cf", "bundle.pem"]),
  verified("several files", PACS, [
    ...["+tla", "+cf", "other-root.pem", "+cf", "middle.pem"],
    ...["+cf", "root.pem"],
  ]),
  verified("a folder", PACS, ["+tla", "+cd", "pem-folder"], SILENT),
  verified(
    "a folder of DER files",
    PACS,
    ["+tla", "-der", "+cd", "der-folder"],
    SILENT,
  ),
  verified(
    "a bundle in a folder",
    PACS,
    ["+tla", "+cd", "bundle-folder"],
    SILENT,
  ),
  verified(
    "a file and a folder",
    PACS,
    ["+tla", "+cf", "other-root.pem", "+cd", "pem-folder"],
    SILENT,
  ),
  verified("a device that has signed itself", storescp("device"), [
    ...["+tla", "+cf", "device.pem"],
  ]),
  verified(
    "an old device that has signed itself, of version 1",
    storescp("self-version1"),
    ["+tla", "+cf", "self-version1.pem"],
  ),
  verified("an intermediate that is sent", storescp("chained")),
  verified("an intermediate that is given", storescp("unchained"), [
    ...[...TRUSTING, "+cf", "middle.pem"],
  ]),
  verified("root and intermediate in one file", storescp("unchained"), [
    ...["+tla", "+cf", "root-and-middle.pem"],
  ]),
  verified("a certificate of version 1", storescp("version1")),
  verified("a key of P-256", storescp("ecdsa")),
  verified("a key of Ed25519", storescp("ed25519")),
];

const NO_ROOT = x509(
  "0402",
  "unable to get issuer certificate",
  "/CN=Middle is trusted but no root; give the certificate of its issuer " +
    "/CN=Root with +cf as well",
);

export const NOT_TRUSTED: readonly TlsCase[] = [
  untrusted(
    "an authority that nobody has named",
    storescp("foreign"),
    TRUSTING,
    x509(
      "0414",
      "unable to get local issuer certificate",
      "the issuer of /CN=foreign is not known; give the certificate of " +
        "/CN=Other Root with +cf, or the peer must send it",
    ),
  ),
  untrusted(
    "a root that is only sent",
    storescp("foreign-chained"),
    TRUSTING,
    x509(
      "0413",
      "self signed certificate in certificate chain",
      "the root /CN=Other Root is not trusted; if its SHA-256 fingerprint is " +
        `right, ${fingerprintOf(OTHER_ROOT)}, give it with +cf`,
    ),
  ),
  untrusted(
    "a device that has signed itself",
    storescp("stranger"),
    TRUSTING,
    x509(
      "0412",
      "self signed certificate",
      "/CN=stranger is signed by itself and not trusted; if its SHA-256 " +
        "fingerprint is that of the peer, " +
        `${fingerprintOf(certificateOf("stranger"))}, give it with +cf`,
    ),
  ),
  untrusted(
    "an intermediate that is neither sent nor given",
    storescp("unchained"),
    TRUSTING,
    x509(
      "0414",
      "unable to get local issuer certificate",
      "the issuer of /CN=unchained is not known; give the certificate of " +
        "/CN=Middle with +cf, or the peer must send it",
    ),
  ),
  untrusted(
    "only an intermediate",
    storescp("unchained"),
    ["+tla", "+cf", "middle.pem"],
    NO_ROOT,
  ),
  untrusted(
    "only an intermediate, which is sent as well",
    storescp("chained"),
    ["+tla", "+cf", "middle.pem"],
    NO_ROOT,
  ),
  failing(
    "nobody",
    PACS,
    ["+tla"],
    [
      "F: 000b:0886 TLS error: certificate verify failed",
      "F: 000b:0f01 no trusted certificate is given: name one with +cf or " +
      "+cd, or accept any peer with -ic",
    ],
    differing(NO_ANCHOR, 1, NOT_VERIFIED),
  ),
  untrusted(
    "the peer's own certificate, which is not signed by itself",
    PACS,
    ["+tla", "+cf", "pacs.pem"],
    // The peer sends the root as well, as DCMTK always does if it has it.
    x509(
      "0413",
      "self signed certificate in certificate chain",
      "the root /CN=Root is not trusted; if its SHA-256 fingerprint is " +
        `right, ${fingerprintOf(ROOT)}, give it with +cf`,
    ),
  ),
];

function badFile(name: string, file: string, cause: string): TlsCase {
  return failing(name, PACS, ["+tla", "+cf", file], [
    `F: 000b:0008 unable to load certificate file '${file}'`,
    `F: 000b:0f14 ${cause}`,
  ], IGNORED);
}

function badFolder(
  name: string,
  folder: string,
  cause: string,
  options: readonly string[] = [],
): TlsCase {
  return failing(name, PACS, ["+tla", ...options, "+cd", folder], [
    `F: 000b:0008 unable to load certificates from directory '${folder}'`,
    `F: 000b:0f14 ${cause}`,
  ], NOT_SEEN);
}

const NOTHING_IN_IT =
  "no file in it has a certificate in PEM form: name another";

export const UNUSABLE: readonly TlsCase[] = [
  badFile("no such file", "nofile", "there is no such file: check the path"),
  badFile(
    "a key",
    "root.key",
    "there is no certificate in it but PRIVATE KEY: name a file that has one",
  ),
  badFile(
    "a folder in place of a file",
    "pem-folder",
    "it is a folder, not a file: name a file in it",
  ),
  badFile(
    "DER where PEM is expected",
    "root.der",
    "it is not in PEM form but perhaps DER: try -der",
  ),
  failing("garbage beside a good file", PACS, [
    ...TRUSTING,
    "+cf",
    "garbage.pem",
  ], [
    "F: 000b:0008 unable to load certificate file 'garbage.pem'",
    "F: 000b:0f14 there is no certificate in PEM form in it: name a file that " +
    "has one",
  ], differing(TRUST_IS_NEEDED, 0, OPENSSL_ERROR)),
  failing("half a bundle", PACS, ["+tla", "+cf", "half-broken.pem"], [
    "F: 000b:0008 unable to load certificate file 'half-broken.pem'",
    /^F: 000b:0f14 CERTIFICATE at line \d+: .*: take a whole copy of the file$/,
  ], IGNORED),
  badFolder(
    "no such folder",
    "nodir",
    "there is no such folder: check the path",
  ),
  badFolder(
    "a file in place of a folder",
    "root.pem",
    "it is not a folder: name a file with +cf",
  ),
  badFolder("an empty folder", "empty-folder", NOTHING_IN_IT),
  badFolder("a folder of other things", "strange-folder", NOTHING_IN_IT),
  badFolder(
    "a folder of PEM files with -der",
    "pem-folder",
    NOTHING_IN_IT.replace("PEM", "DER"),
    ["-der"],
  ),
];
