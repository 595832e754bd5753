/** What is shown of a connection: -v and -d. */

import type { Case } from "../case.ts";
import { HOST, PORT } from "../case.ts";
import {
  certificateOf,
  fingerprintOf,
  type PeerName,
} from "../tls-certificates.ts";
import { sServer, storescp, TRUSTING } from "../tls-case.ts";
import { DETAILS } from "../tls-deviations.ts";
import type { TlsPeer } from "../tls-peers.ts";

export interface DetailsCase extends Omit<Case, "peer"> {
  readonly peer: TlsPeer;
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|\/]/g, "\\$&");
}

interface Shown {
  readonly identity: PeerName;
  /** Of the peer's certificate. */
  readonly subject: string;
  readonly issuer: string;
  readonly version: string;
  readonly suite: string;
  /** What the reference calls the suite, if that is not its own name. */
  readonly opensslSuite?: string;
  readonly engine?: string;
  readonly left?: string;
  /** Subjects, the peer's own first. */
  readonly chain: readonly string[];
  readonly ignored?: true;
}

const DAY = "\\d{4}-\\d\\d-\\d\\d";
const TIME = "\\w{3} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d \\d{4} GMT";

/** Lines that only ours has at -v. */
function summary(shown: Shown): RegExp[] {
  const { identity, subject, issuer, version, suite } = shown;
  const { left = "(364|365) days left", ignored } = shown;
  const fingerprint = fingerprintOf(certificateOf(identity));
  return [
    new RegExp(`^I: TLS Connection: ${version}, ${suite}$`),
    new RegExp(`^I: Peer Certificate: ${literally(subject)}$`),
    new RegExp(`^I:   Issued By: ${literally(issuer)}$`),
    new RegExp(`^I:   Valid: ${DAY} to ${DAY} \\(${left}\\)$`),
    new RegExp(`^I:   SHA-256 Fingerprint: ${fingerprint}$`),
    ...(ignored ? [/^I: {3}Not Verified \(--ignore-peer-cert\)$/] : []),
  ];
}

/** Lines that only ours has in the block at -d. */
function extras(shown: Shown): RegExp[] {
  const { identity, chain, engine = "built-in" } = shown;
  const fingerprint = fingerprintOf(certificateOf(identity));
  return [
    /^D: {3}Serial no\. {2}: [0-9A-F]{32}$/,
    new RegExp(`^D:   Fingerprint : ${fingerprint}$`),
    ...(chain.length > 1 ? [/^D: Certificate chain$/] : []),
    ...(chain.length > 1
      ? chain.map((subject, at) =>
        new RegExp(`^D:   ${at}: ${literally(subject)}, not after ${TIME}$`)
      )
      : []),
    new RegExp(`^D:   Cryptography: ${engine}$`),
  ];
}

const NO_SERIAL = /^D: {3}Serial no\. {2}: -1$/;

function suiteLine(suite: string): RegExp {
  return new RegExp(`^D:   Ciphersuite : ${suite}, encryption: \\d+ bits$`);
}

/** -v and -d of a peer that is trusted. */
function both(
  name: string,
  peer: TlsPeer,
  options: readonly string[],
  shown: Shown,
): DetailsCase[] {
  const { opensslSuite } = shown;
  return [
    {
      name: `${name}, -v`,
      peer,
      args: ["-v", ...options, HOST, PORT],
      deviation: { ...DETAILS, onlyOurs: summary(shown) },
    },
    {
      name: `${name}, -d`,
      peer,
      args: ["-d", ...options, HOST, PORT],
      deviation: {
        ...DETAILS,
        onlyOurs: [
          ...summary(shown),
          ...extras(shown),
          ...(opensslSuite === undefined ? [] : [suiteLine(shown.suite)]),
        ],
        onlyReference: [
          NO_SERIAL,
          ...(opensslSuite === undefined ? [] : [suiteLine(opensslSuite)]),
        ],
      },
    },
  ];
}

const PACS: Shown = {
  identity: "pacs",
  subject: "/CN=pacs",
  issuer: "/CN=Root",
  version: "TLSv1.3",
  suite: "TLS_AES_256_GCM_SHA384",
  chain: ["/CN=pacs", "/CN=Root"],
};

export const SHOWN: readonly DetailsCase[] = [
  ...both("TLS 1.3", storescp("pacs"), TRUSTING, PACS),
  ...both(
    "TLS 1.2",
    sServer(
      "pacs",
      ...["-tls1_2", "-cipher", "ECDHE-RSA-AES256-GCM-SHA384"],
    ),
    TRUSTING,
    {
      ...PACS,
      version: "TLSv1.2",
      suite: "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
      opensslSuite: "ECDHE-RSA-AES256-GCM-SHA384",
    },
  ),
  ...both("an intermediate", storescp("chained"), TRUSTING, {
    ...PACS,
    identity: "chained",
    subject: "/CN=chained",
    issuer: "/CN=Middle",
    chain: ["/CN=chained", "/CN=Middle", "/CN=Root"],
  }),
  ...both("-ic", storescp("stranger"), ["+tla", "-ic"], {
    ...PACS,
    identity: "stranger",
    subject: "/CN=stranger",
    issuer: "/CN=stranger",
    chain: ["/CN=stranger"],
    ignored: true,
  }),
  ...both(
    "with openssl",
    storescp("pacs", "+pa"),
    [...TRUSTING, "+pa"],
    {
      ...PACS,
      version: "TLSv1.2",
      suite: "TLS_RSA_WITH_AES_128_CBC_SHA",
      opensslSuite: "AES128-SHA",
      engine: "openssl",
    },
  ),
  {
    name: "a peer that is not trusted, -v",
    peer: storescp("expired"),
    args: ["-v", ...TRUSTING, HOST, PORT],
    deviation: {
      ...DETAILS,
      onlyOurs: [
        ...summary({
          ...PACS,
          identity: "expired",
          subject: "/CN=expired",
          left: "expired",
        }),
        /^F: 000b:040a X\.509 .* \/CN=expired has expired on /,
      ],
    },
  },
  {
    name: "control characters in a name, -v",
    peer: storescp("hostile-name"),
    args: ["-v", ...TRUSTING, HOST, PORT],
    deviation: {
      ...DETAILS,
      onlyOurs: summary({
        ...PACS,
        identity: "hostile-name",
        subject: "/CN=pacs\\x0AF: all is well\\x1B[2J",
      }),
    },
  },
];
