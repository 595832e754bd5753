/** Revocation lists, and certificates that are in them. */

import {
  DATE,
  differing,
  failing,
  OPENSSL_ERROR,
  storescp,
  type TlsCase,
  TRUSTING,
  untrusted,
  verified,
  x509,
} from "../tls-case.ts";
import { DER_LIST, TRUST_IS_NEEDED } from "../tls-deviations.ts";
import { BROKEN } from "./certificates.ts";

const UNREVOKED = [...TRUSTING, "+crl"];

function noList(of: string, by = "Root"): string {
  return x509(
    "0403",
    "unable to get certificate CRL",
    `there is no revocation list of /CN=${by} for /CN=${of}; give it with +crl`,
  );
}

function badList(name: string, file: string, cause: string): TlsCase {
  return failing(name, storescp("pacs"), [...UNREVOKED, file], [
    `F: 000b:0008 unable to load CRL file '${file}'`,
    `F: 000b:0f15 ${cause}`,
  ], differing(TRUST_IS_NEEDED, 1, OPENSSL_ERROR));
}

export const REVOCATION: readonly TlsCase[] = [
  badList("no such list", "nofile", "there is no such file: check the path"),
  badList(
    "garbage in place of a list",
    "garbage.pem",
    "there is no revocation list in PEM form in it: name a file that has one",
  ),
  verified("a list in DER", storescp("pacs"), [
    ...["+tla", "-der", "+cf", "root.der", "+crl", "crl.der"],
  ], differing(DER_LIST, 1, OPENSSL_ERROR)),
  verified("not in the list", storescp("pacs"), [...UNREVOKED, "crl.pem"]),
  verified("not in the list, +crv", storescp("pacs"), [
    ...[...UNREVOKED, "crl.pem", "+crv"],
  ]),
  verified("not in the list, +cra", storescp("pacs"), [
    ...[...UNREVOKED, "crl.pem", "+cra"],
  ]),
  verified("no list is asked for", storescp("revoked")),
  verified("the leaf's list", storescp("chained"), [
    ...[...UNREVOKED, "crl-middle.pem"],
  ]),
  verified("all lists", storescp("chained"), [
    ...[...UNREVOKED, "crl-middle.pem", "+crl", "crl.pem", "+cra"],
  ]),
  verified("only the leaf is looked at", storescp("under-revoked"), [
    ...[...UNREVOKED, "crl-revoked-middle.pem", "+crl", "crl.pem"],
  ]),
  untrusted(
    "revoked",
    storescp("revoked"),
    [...UNREVOKED, "crl.pem"],
    x509(
      "0417",
      "certificate revoked",
      `/CN=revoked was revoked on ${DATE} (keyCompromise); the peer needs a ` +
        "new one",
    ),
  ),
  untrusted(
    "an intermediate is revoked",
    storescp("under-revoked"),
    [...UNREVOKED, "crl-revoked-middle.pem", "+crl", "crl.pem", "+cra"],
    x509(
      "0417",
      "certificate revoked",
      `/CN=Revoked Middle was revoked on ${DATE}; the peer needs a new one`,
    ),
  ),
  untrusted(
    "+crv without a list",
    storescp("pacs"),
    [...TRUSTING, "+crv"],
    noList("pacs"),
  ),
  untrusted(
    "+cra without the root's list",
    storescp("chained"),
    [...UNREVOKED, "crl-middle.pem", "+cra"],
    noList("Middle"),
  ),
  untrusted(
    "the list of another authority",
    storescp("pacs"),
    [...UNREVOKED, "crl-other.pem"],
    noList("pacs"),
  ),
  untrusted(
    "a list that is too old",
    storescp("pacs"),
    [...UNREVOKED, "crl-old.pem"],
    x509(
      "040c",
      "CRL has expired",
      `the revocation list of /CN=Root has expired on ${DATE}, 2 days ago; ` +
        "give a newer one with +crl",
    ),
  ),
  untrusted(
    "a list with a spoilt signature",
    storescp("pacs"),
    [...UNREVOKED, "crl-spoilt.pem"],
    x509(
      "0408",
      "CRL signature failure",
      "the revocation list is not signed by the key of /CN=Root; fetch it " +
        "again",
    ),
    BROKEN,
  ),
];
