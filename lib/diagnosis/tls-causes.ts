/** What to say when TLS fails, other than by a certificate of the peer. */

import { type CauseEntries, type Particulars, seconds } from "./finding.ts";

const SEE_PROFILES = "See what can be offered: echoscu +ph, echoscu +cc";
/** The runtime has TLS 1.2 and 1.3 with few suites; openssl has the rest. */
function install({ withoutOpenssl }: Particulars): string[] {
  return withoutOpenssl
    ? ["Install the openssl program: it has more versions and suites"]
    : [];
}

const PEER_LOG = "Look into the log of the peer: it knows its reason";

export const TLS_CAUSES: CauseEntries<
  | "tls-on-plain-port"
  | "plain-on-tls-port"
  | "not-tls"
  | "tls-closed"
  | "tls-timeout"
  | "tls-nothing-in-common"
  | "tls-not-allowed"
  | "tls-not-set-up"
  | "tls-unavailable"
  | "tls-unproven"
  | "tls-client-certificate-required"
  | "tls-client-certificate-refused"
  | "tls-protocol"
> = {
  "tls-on-plain-port": {
    transient: false,
    cause: ({ peer }) => `${peer} speaks plain DICOM, and was spoken to in TLS`,
    next: () => [
      "Ask for the TLS port of the peer: 2762 is usual",
      "Or leave out +tls and +tla, where plain DICOM is allowed",
    ],
  },
  "plain-on-tls-port": {
    transient: false,
    cause: ({ peer }) => `${peer} wants TLS, and was spoken to without`,
    next: () => [
      "Use TLS: +tla, with the authority of its certificate: +cf FILE",
      "Show a certificate if it wants one: +tls KEY CERT in place of +tla",
      "Or ask for the plain port of the peer",
    ],
  },
  "not-tls": {
    transient: false,
    cause: ({ peer, seen }) => `${peer} speaks ${seen}, neither TLS nor DICOM`,
    next: () => [
      "Check the port: with TLS 2762 is usual, or 11112",
      "Ask the administrator of the peer for its DICOM port",
    ],
  },
  "tls-closed": {
    transient: false,
    cause: ({ peer, seen }) => `${peer} ${seen}`,
    next: () => [
      "Leave out +tls and +tla if the port is one for plain DICOM",
      PEER_LOG,
      "Show a certificate if it wants one: +tls KEY CERT",
      "Try an older profile with an old peer: see +ph",
    ],
  },
  "tls-timeout": {
    transient: true,
    cause: ({ peer, settings }) =>
      `${peer} did not finish the TLS handshake within ` +
      seconds(settings.connectTimeout, "the time for it"),
    next: () => [
      "Leave out +tls and +tla if the port is one for plain DICOM",
      "Check that the DICOM service of the peer is not stuck or overloaded",
      "Give a slow peer more time with -to",
    ],
  },
  "tls-nothing-in-common": {
    transient: false,
    cause: ({ peer }) =>
      `${peer} has no TLS version or cipher suite that was offered`,
    next: (particulars) =>
      [
        ...install(particulars),
        "Choose a profile that the peer has, or add a suite: +cs NAME",
        SEE_PROFILES,
        "Have an old peer updated to TLS 1.2 with ECDHE suites (PS3.15 B.12)",
        "Show a certificate if it wants one: +tls KEY CERT",
      ].slice(0, 4),
  },
  "tls-not-allowed": {
    transient: false,
    cause: ({ peer, seen }) =>
      `${peer} chose ${seen}, which the profile does not allow`,
    next: (particulars) => [
      ...install(particulars),
      "Allow it with +cs NAME, or choose a profile that has it: see +ph",
      "Or have the peer offer what the profile allows",
    ],
  },
  "tls-not-set-up": {
    transient: false,
    cause: ({ seen }) => `TLS cannot be set up on this side: ${seen}`,
    next: () => [
      "Check the files of +tls, +cf, +cd and +crl, or those of the peers file",
      "See what is in a certificate: echoscu +vc CERT",
      "Give an encrypted key its pass phrase: +pw, or at the prompt",
    ],
  },
  "tls-unavailable": {
    transient: false,
    cause: () => "this installation has no TLS for what is asked",
    next: ({ withoutOpenssl }) => [
      ...(withoutOpenssl
        ? ["Install the openssl program: it does what the runtime does not"]
        : []),
      "See what there is: echoscu +cc",
      "Or choose another profile: see +ph",
    ],
  },
  "tls-unproven": {
    transient: false,
    cause: ({ peer }) =>
      `whether ${peer} has the key of its certificate cannot be checked here`,
    next: () => [
      "Install the openssl program, which can",
      "Or give the peer a certificate of X.509 version 3",
      "Or use -ic, if it does not matter who the peer is",
    ],
  },
  "tls-client-certificate-required": {
    transient: false,
    cause: ({ peer }) => `${peer} demands a client certificate`,
    next: () => [
      "Use +tls KEY CERT in place of +tla",
      "Have one made by an authority that the peer trusts",
    ],
  },
  "tls-client-certificate-refused": {
    transient: false,
    cause: ({ peer, seen }) => `${peer} refuses the TLS connection: ${seen}`,
    next: () => [
      "Have the peer trust the certificate of +tls, or its authority",
      "Look at its dates and usage: echoscu +vc CERT",
      PEER_LOG,
    ],
  },
  "tls-protocol": {
    transient: false,
    cause: ({ peer, seen }) => `TLS with ${peer} failed: ${seen}`,
    next: () => [
      PEER_LOG,
      "See the details: --log-level debug",
      "Try another profile: see +ph",
    ],
  },
};
