/** How closely the peer is looked at, and which name it is called by. */

import { HOST, PORT } from "../case.ts";
import { certificateOf, fingerprintOf } from "../tls-certificates.ts";
import {
  NEWER_OPTION,
  sServer,
  storescp,
  type TlsCase,
  TRUSTING,
  untrusted,
  verified,
  x509,
} from "../tls-case.ts";
import type { TlsPeer } from "../tls-peers.ts";

const PACS = storescp("pacs");
const STRANGER = x509(
  "0412",
  "self signed certificate",
  "/CN=stranger is signed by itself and not trusted; if its SHA-256 " +
    "fingerprint is that of the peer, " +
    `${fingerprintOf(certificateOf("stranger"))}, give it with +cf`,
);

export const AUTHENTICATION: readonly TlsCase[] = [
  verified("-rc", PACS, [...TRUSTING, "-rc"]),
  verified("-vc is -rc", PACS, [...TRUSTING, "-vc"], NEWER_OPTION),
  verified("-ic", PACS, ["+tla", "-ic"]),
  verified("-ic and a stranger", storescp("stranger"), ["+tla", "-ic"]),
  verified("-ic and an expired certificate", storescp("expired"), [
    ...["+tla", "-ic"],
  ]),
  verified("-ic and a certificate of version 1", storescp("version1"), [
    ...["+tla", "-ic"],
  ]),
  verified("-ic and a revoked certificate", storescp("revoked"), [
    ...["+tla", "-ic", "+crl", "crl.pem"],
  ]),
  verified("-ic and an unknown extension", storescp("unknown"), [
    ...["+tla", "-ic"],
  ]),
  untrusted(
    "-rc and a stranger",
    storescp("stranger"),
    [...TRUSTING, "-rc"],
    STRANGER,
  ),
  untrusted(
    "-vc and a stranger",
    storescp("stranger"),
    [...TRUSTING, "-vc"],
    STRANGER,
    NEWER_OPTION,
  ),
  untrusted(
    "the last one wins",
    storescp("stranger"),
    [...TRUSTING, "-ic", "-rc"],
    STRANGER,
  ),
];

const CHECKED = [...TRUSTING, "--verify-hostname"];

function wrongName(
  name: string,
  peer: TlsPeer,
  host: string,
  detail: string,
): TlsCase {
  const reason = host === HOST
    ? x509("0440", "IP address mismatch", `${detail}, not for ${host}`)
    : x509("043e", "Hostname mismatch", `${detail}, not for ${host}`);
  const args = [...CHECKED, host, PORT];
  return untrusted(name, peer, [], reason, { args, ...NEWER_OPTION });
}

function rightName(name: string, peer: TlsPeer, host: string): TlsCase {
  const args = [...CHECKED, host, PORT];
  return verified(name, peer, [], { args, ...NEWER_OPTION });
}

const OTHER = "/CN=localhost is for elsewhere.test, 192.0.2.1";

export const NAMES: readonly TlsCase[] = [
  verified("another name, which is not looked at", storescp("other-name")),
  rightName("the address", PACS, HOST),
  rightName("the name", PACS, "localhost"),
  rightName("the name in another case", PACS, "LocalHost"),
  rightName(
    "the common name if there is no other",
    storescp("only-common-name"),
    "localhost",
  ),
  wrongName("another address", storescp("other-name"), HOST, OTHER),
  wrongName("another name", storescp("other-name"), "localhost", OTHER),
  wrongName(
    "an address as common name",
    storescp("only-common-name"),
    HOST,
    "/CN=localhost is for localhost",
  ),
  wrongName(
    "wildcards stand for one label, and not for the only one",
    storescp("wild-name"),
    "localhost",
    "/CN=wild is for *.localhost, *",
  ),
];

/** It has another certificate for those who call it pacs.test. */
const TWO_NAMES = sServer(
  "other-name",
  ...["-servername", "pacs.test", "-cert2", "pacs.pem", "-key2", "pacs.key"],
);

export const SERVER_NAME: readonly TlsCase[] = [
  verified(
    "--request-sni gets the certificate for that name",
    TWO_NAMES,
    [...CHECKED, "--request-sni", "pacs.test"],
    NEWER_OPTION,
  ),
  untrusted(
    "without it, the other certificate comes",
    TWO_NAMES,
    CHECKED,
    x509("0440", "IP address mismatch", `${OTHER}, not for ${HOST}`),
    NEWER_OPTION,
  ),
  untrusted(
    "--no-sni",
    TWO_NAMES,
    [...CHECKED, "--no-sni"],
    x509("0440", "IP address mismatch", `${OTHER}, not for ${HOST}`),
    NEWER_OPTION,
  ),
  verified(
    "a peer that does not care",
    PACS,
    [...TRUSTING, "--request-sni", "any.test"],
    NEWER_OPTION,
  ),
];
