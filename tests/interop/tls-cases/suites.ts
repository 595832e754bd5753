/** What both sides can agree on: versions, suites, profiles. */

import {
  differing,
  FAILED,
  failing,
  type Line,
  NEWER_OPTION,
  sServer,
  storescp,
  type TlsCase,
  TRUSTING,
  untrusted,
  verified,
} from "../tls-case.ts";
import { ADVICE, NEWER_PROFILE } from "../tls-deviations.ts";
import type { TlsPeer } from "../tls-peers.ts";

function only(version: string, ciphers: string): TlsPeer {
  return sServer("pacs", version, "-cipher", `${ciphers}:@SECLEVEL=0`);
}

const PACS = storescp("pacs");
const TLS_1_1 = only("-tls1_1", "ALL");
const TLS_1_0 = only("-tls1", "ALL");
const CBC = only("-tls1_2", "ECDHE-RSA-AES128-SHA256");
const RSA_KEYS = only("-tls1_2", "AES128-GCM-SHA256");
const DHE = only("-tls1_2", "DHE-RSA-AES128-GCM-SHA256");
const NULL = only("-tls1_2", "NULL-SHA");
const CHACHA = only("-tls1_2", "ECDHE-RSA-CHACHA20-POLY1305");
const TLS_1_2 = sServer("pacs", "-tls1_2");
const TLS_1_3 = sServer("pacs", "-tls1_3");

const NO_SUITE: readonly Line[] = [
  `${FAILED}000b:0c10 TLS error: sslv3 alert handshake failure`,
  "F: 000b:0f04 the peer has no suite or version that was offered: see +ph " +
  "and +cs for what can be offered",
];
const NO_VERSION: readonly Line[] = [
  `${FAILED}000b:0c2e TLS error: tlsv1 alert protocol version`,
  "F: 000b:0f04 the peer has no TLS version that was offered: see +ph and " +
  "+cs for what can be offered",
];

export const AGREED: readonly TlsCase[] = [
  verified("only TLS 1.2", TLS_1_2),
  verified("only TLS 1.3", TLS_1_3),
  verified("our SCP", { kind: "scp", identity: "pacs" }),
  verified("our SCP, only TLS 1.2", {
    kind: "scp",
    identity: "pacs",
    versions: ["TLSv1.2"],
  }),
  verified(
    "only one suite of TLS 1.2",
    sServer("pacs", "-tls1_2", "-cipher", "ECDHE-RSA-AES128-GCM-SHA256"),
  ),
  verified(
    "only one suite of TLS 1.3",
    sServer("pacs", "-tls1_3", "-ciphersuites", "TLS_AES_128_GCM_SHA256"),
  ),
  verified("TLS 1.1 and +px", TLS_1_1, [...TRUSTING, "+px"]),
  verified("TLS 1.1 and +pa", TLS_1_1, [...TRUSTING, "+pa"]),
  verified("TLS 1.0 and +pa", TLS_1_0, [...TRUSTING, "+pa"]),
  verified("finite-field DH and +py", DHE, [...TRUSTING, "+py"]),
  verified("no encryption and +pn", NULL, [...TRUSTING, "+pn"]),
  verified("storescp +pa and +pa", storescp("pacs", "+pa"), [
    ...[...TRUSTING, "+pa"],
  ]),
  verified("storescp +pn and +pn", storescp("pacs", "+pn"), [
    ...[...TRUSTING, "+pn"],
  ]),
  verified("storescp +pz and +pz", storescp("pacs", "+pz"), [
    ...[...TRUSTING, "+pz"],
  ]),
  verified(
    "storescp +pa, mutual",
    { kind: "storescp", identity: "pacs", args: ["-rc", "+pa"] },
    ["+tls", "scu.key", "scu.pem", "-pw", "+cf", "root.pem", "+pa"],
  ),
  verified("+pm", PACS, [...TRUSTING, "+pm"], NEWER_OPTION),
  verified("+pg", PACS, [...TRUSTING, "+pg"], NEWER_OPTION),
  verified(
    "a suite that is added",
    CHACHA,
    [...TRUSTING, "+cs", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"],
    differing(ADVICE, 0, /^W: .* uses NO RSA key transport\. RFC 7525 /),
  ),
  verified(
    "a suite with CBC that is added",
    CBC,
    [...TRUSTING, "+cs", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256"],
    {
      says: [
        "W: Ciphersuite 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256' uses CBC mode " +
        "of operation. RFC 9325 recommends that such cipher suites should not " +
        "be used, unless both sides support the encrypt_then_mac extension " +
        "(we do).",
      ],
      ...differing(ADVICE, 0, /^W: .* uses NO RSA key transport\. RFC 7525 /),
    },
  ),
  verified(
    "a suite with RSA key exchange that is added",
    RSA_KEYS,
    [...TRUSTING, "+cs", "TLS_RSA_WITH_AES_128_GCM_SHA256"],
    {
      says: [
        "W: Ciphersuite 'TLS_RSA_WITH_AES_128_GCM_SHA256' uses RSA key " +
        "transport. RFC 9325 recommends that such cipher suites should not be " +
        "used.",
      ],
      ...differing(ADVICE, 0, /^W: .* uses RSA key transport\. RFC 7525 /),
    },
  ),
];

export const NOTHING_IN_COMMON: readonly TlsCase[] = [
  failing("only TLS 1.1", TLS_1_1, TRUSTING, NO_VERSION),
  failing("only TLS 1.0", TLS_1_0, TRUSTING, NO_VERSION),
  failing("only TLS 1.3, and +pz", TLS_1_3, [...TRUSTING, "+pz"], NO_VERSION),
  failing("only CBC", CBC, TRUSTING, NO_SUITE),
  failing("only RSA key exchange", RSA_KEYS, TRUSTING, NO_SUITE),
  failing("only NULL", NULL, TRUSTING, NO_SUITE),
  failing("only NULL, and +pa", NULL, [...TRUSTING, "+pa"], NO_SUITE),
  failing(
    "only a suite that is not in the profile",
    CHACHA,
    TRUSTING,
    NO_SUITE,
  ),
  failing("storescp +pa", storescp("pacs", "+pa"), TRUSTING, NO_SUITE),
  failing("storescp, and +pa", PACS, [...TRUSTING, "+pa"], NO_SUITE),
  failing(
    "only finite-field DH",
    DHE,
    TRUSTING,
    NO_SUITE,
    differing(NEWER_PROFILE, 0),
  ),
  failing(
    "storescp +pa, and we have no certificate",
    {
      kind: "storescp",
      identity: "pacs",
      args: ["-rc", "+pa"],
    },
    [...TRUSTING, "+pa"],
    [
      `${FAILED}000b:0c10 TLS error: sslv3 alert handshake failure`,
      "F: 000b:0f02 the peer demands a client certificate: use +tls KEY CERT",
    ],
  ),
  untrusted(
    "openssl is as strict as the runtime",
    storescp("stranger", "+pa"),
    [...TRUSTING, "+pa"],
    /^F: 000b:0412 .*: \/CN=stranger is signed by itself and not trusted; /,
  ),
];

const NOT_ALLOWED =
  "F: 000b:000a Ciphersuite not allowed in current DICOM security profile";

function unknown(name: string, hint: string): TlsCase {
  return failing(`the suite ${name}`, PACS, [...TRUSTING, "+cs", name], [
    "F: 0001:0007 Illegal call, perhaps wrong parameters",
    `F: 000b:0003 Unknown or invalid ciphersuite: ${name}; ${hint}`,
  ]);
}

/** Found out before anything is sent. */
export const REFUSED: readonly TlsCase[] = [
  unknown("FOO", "--list-ciphers (+cc) lists them"),
  unknown("AES128-SHA", "its name here is TLS_RSA_WITH_AES_128_CBC_SHA"),
  failing(
    "a suite without encryption",
    PACS,
    [...TRUSTING, "+cs", "TLS_RSA_WITH_NULL_SHA"],
    [
      "F: Unencrypted ciphersuite 'TLS_RSA_WITH_NULL_SHA' not permitted with " +
      "security profile 'BCP 195 RFC 8996 TLS Profile'",
      NOT_ALLOWED,
    ],
    differing(
      NEWER_PROFILE,
      1,
      "F: Unencrypted ciphersuite 'TLS_RSA_WITH_NULL_SHA' not permitted with " +
        "security profile 'Non-downgrading BCP 195 TLS Profile'",
    ),
  ),
  failing(
    "a suite without encryption, +py",
    PACS,
    [...TRUSTING, "+py", "+cs", "TLS_RSA_WITH_NULL_SHA"],
    [
      "F: Unencrypted ciphersuite 'TLS_RSA_WITH_NULL_SHA' not permitted with " +
      "security profile 'Non-downgrading BCP 195 TLS Profile'",
      NOT_ALLOWED,
    ],
  ),
  failing("a profile of which there is nothing", PACS, [...TRUSTING, "+pb"], [
    `${FAILED}000b:0001 Unable to create TLS transport layer`,
    /^F: 000b:0f0f this installation has no TLS for TLS_RSA_WITH_3DES_EDE_CBC_SHA \(TLSv1\.2, TLSv1\.1, TLSv1\): /,
  ], NEWER_OPTION),
];
