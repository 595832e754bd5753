/** Peers that speak something else, or nothing. */

import {
  differing,
  FAILED,
  failing,
  type Line,
  storescp,
  type TlsCase,
  TRUSTING,
  verified,
} from "../tls-case.ts";
import { HANDSHAKE_LIMIT, SEED } from "../tls-deviations.ts";
import type { RawBehaviour, TlsPeer } from "../tls-peers.ts";

const PACS = storescp("pacs");

function raw(does: RawBehaviour): TlsPeer {
  return { kind: "raw", does };
}

/** Answers the first message of the handshake with this, and closes. */
function answering(...bytes: readonly number[]): TlsPeer {
  return raw({
    says: Uint8Array.from(bytes),
    when: "after the client",
    then: "closes",
  });
}

function text(words: string): number[] {
  return [...new TextEncoder().encode(words)];
}

function alert(description: number): TlsPeer {
  return answering(21, 3, 3, 0, 2, 2, description);
}

/** The begin of a ServerHello. */
const HALF_A_HELLO = [22, 3, 3, 0, 60, 2, 0, 0, 56, 3, 3];

const WRONG_VERSION = `${FAILED}000b:090b TLS error: wrong version number`;
const CLOSED = "F: 000b:0f0a the peer closed the connection in the TLS " +
  "handshake, no reason given: if it speaks plain DICOM, leave out +tls and " +
  "+tla";
const ENDED: readonly Line[] = [
  `${FAILED}000b:0926 TLS error: unexpected eof while reading`,
  CLOSED,
];

function speaks(name: string, peer: TlsPeer): TlsCase {
  return failing(name, peer, TRUSTING, [
    WRONG_VERSION,
    `F: 000b:0f09 the peer speaks ${name} on this port, not TLS: check the port`,
  ]);
}

export const OTHER_PROTOCOLS: readonly TlsCase[] = [
  failing("storescp without TLS", { kind: "storescp" }, TRUSTING, [
    `${FAILED}000b:0017 OpenSSL I/O error (SSL_ERROR_SYSCALL)`,
    CLOSED,
  ]),
  failing("an A-ABORT", answering(7, 0, 0, 0, 0, 4, 0, 0, 2, 0), TRUSTING, [
    WRONG_VERSION,
    "F: 000b:0f08 the peer speaks plain DICOM on this port: leave out +tls " +
    "and +tla",
  ]),
  speaks("HTTP", answering(...text("HTTP/1.1 400 Bad Request\r\n\r\n"))),
  speaks("HL7 (MLLP)", answering(...text("\x0bMSH|^~\\&|\x1c\r"))),
  speaks(
    "SSH",
    raw({ says: Uint8Array.from(text("SSH-2.0-x\r\n")), then: "waits" }),
  ),
  speaks(
    "FTP or SMTP",
    raw({ says: Uint8Array.from(text("220 ready\r\n")), then: "waits" }),
  ),
  failing(
    "garbage",
    answering(0xde, 0xad, 0xbe, 0xef, 1, 2, 3, 4, 5, 6),
    TRUSTING,
    [
      WRONG_VERSION,
      "F: 000b:0f09 the peer does not speak TLS, it answers de ad be ef 01 02 " +
      "03 04 05 06: check the port",
    ],
  ),
  failing("closes at once", raw({ then: "closes" }), TRUSTING, [
    /^F: Association Request Failed: 000b:0(926 TLS|017 OpenSSL) /,
    CLOSED,
  ], {
    reference: { not: "whether it closes or resets is a matter of chance" },
  }),
  failing("closes when it is asked", answering(), TRUSTING, ENDED),
  failing("closes in a message", answering(...HALF_A_HELLO), TRUSTING, ENDED),
  failing("nobody listens", { kind: "nobody" }, TRUSTING, [
    `${FAILED}0006:031c TCP Initialization Error: Connection refused`,
  ]),
];

export const ALERTS: readonly TlsCase[] = [
  failing("internal_error", alert(80), TRUSTING, [
    `${FAILED}000b:0c38 TLS error: tlsv1 alert internal error`,
    "F: 000b:0f0b the peer gave up TLS with the alert internal_error (80): " +
    "its log may say more",
  ]),
  failing("unrecognized_name", alert(112), TRUSTING, [
    `${FAILED}000b:0c58 TLS error: tlsv1 unrecognized name`,
    "F: 000b:0f0b the peer does not know the name of --request-sni: use " +
    "--no-sni",
  ]),
  failing("handshake_failure", alert(40), TRUSTING, [
    `${FAILED}000b:0c10 TLS error: sslv3 alert handshake failure`,
    "F: 000b:0f04 the peer has no suite or version that was offered: see +ph " +
    "and +cs for what can be offered",
  ]),
];

const TOO_LONG: readonly Line[] = [
  `${FAILED}000b:000b TLS read operation did not complete ` +
  "(SSL_ERROR_WANT_READ)",
  "F: 000b:0f0d the TLS handshake took too long: see -to",
];

export const TIME_LIMITS: readonly TlsCase[] = [
  failing(
    "silent in the handshake",
    raw({ then: "waits" }),
    [...TRUSTING, "-to", "1"],
    TOO_LONG,
    differing(HANDSHAKE_LIMIT, "hang"),
  ),
  failing(
    "silent in a message",
    raw({ says: Uint8Array.from(HALF_A_HELLO), then: "waits" }),
    [...TRUSTING, "-to", "1"],
    TOO_LONG,
    differing(HANDSHAKE_LIMIT, "hang"),
  ),
  failing(
    "silent in the handshake with openssl",
    raw({ then: "waits" }),
    [...TRUSTING, "+pa", "-to", "1"],
    TOO_LONG,
    differing(HANDSHAKE_LIMIT, "hang"),
  ),
  verified("time enough", PACS, [...TRUSTING, "-to", "10"]),
];

const ABORTED =
  `${FAILED}0006:0317 Peer aborted Association (or never connected)`;

/** We speak plain DICOM, they want TLS. */
export const PLAIN: readonly TlsCase[] = [
  // It closes without a word.
  failing("storescp +tls", PACS, [], [ABORTED]),
  failing("an alert of TLS", alert(70), [], [
    `${FAILED}0006:0321 Unrecognized PDU type: 15`,
    "F: 0006:0321 the peer speaks TLS on this port: use +tls or +tla",
  ]),
];

export const SEEDS: readonly TlsCase[] = [
  verified("a seed file", PACS, [...TRUSTING, "+rs", "root.der"]),
  verified("no such seed file", PACS, [...TRUSTING, "+rs", "nofile"]),
  verified("a seed that cannot be written", PACS, [
    ...[...TRUSTING, "+rs", "root.der", "+wf", "nodir/seed"],
  ], {
    says: [
      "W: 000b:0007 Cannot write random seed 'nodir/seed'",
      "W: 000b:0f13 there is no such folder: check the path",
    ],
    ...differing(SEED, 0),
  }),
  ...[
    ["nofile", "there is no such file: check the path"],
    ["garbage.pem", "it holds no DH PARAMETERS in PEM"],
  ].map(([file = "", cause = ""]) =>
    verified(`+dp ${file}`, PACS, [...TRUSTING, "+dp", file], {
      says: [
        `W: unable to load temporary DH parameter file '${file}', ignoring`,
        `W: ${cause}`,
      ],
      reference: { not: "the installed release has no such option" },
    })
  ),
];
