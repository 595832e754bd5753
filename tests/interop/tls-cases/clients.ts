/** Peers that want to see a certificate of ours. */

import type { PeerName } from "../tls-certificates.ts";
import {
  differing,
  FAILED,
  failing,
  type Line,
  sServer,
  storescp,
  type TlsCase,
  TRUSTING,
  verified,
} from "../tls-case.ts";
import { LATE_ALERT } from "../tls-deviations.ts";
import type { TlsPeer } from "../tls-peers.ts";

/** The reference may be too late to read why the peer has closed. */
const OR_RESET = differing(
  LATE_ALERT,
  1,
  /^F: .*: 0006:(0317 Peer aborted Association|031d TCP I\/O Error) /,
);

function showing(identity: PeerName): readonly string[] {
  const own = ["+tls", `${identity}.key`, `${identity}.pem`, "-pw"];
  return [...own, "+cf", "root.pem"];
}

const DEMANDS = ["-Verify", "3", "-verify_return_error", "-CAfile", "root.pem"];
const OLD = sServer("pacs", "-tls1_2", ...DEMANDS);
const NEW = sServer("pacs", "-tls1_3", ...DEMANDS);
const STORESCP: TlsPeer = {
  kind: "storescp",
  identity: "pacs",
  args: ["-rc"],
};
const DEMAND = "a certificate of the root";
const SCP: TlsPeer = { kind: "scp", identity: "pacs", demands: DEMAND };

const ABORTED =
  `${FAILED}0006:0317 Peer aborted Association (or never connected)`;
const WANTED =
  "F: 000b:0f02 the peer demands a client certificate: use +tls KEY CERT";

function refused(code: string, alert: string, why: string): readonly Line[] {
  return [
    `000b:${code} TLS error: ${alert}`,
    `F: 000b:0f03 the peer does not accept our certificate, ${why}: let it ` +
    "trust the one of +tls, or use another",
  ];
}

/** Told when the handshake is over for us: with TLS 1.3, that is always so. */
function refusedLate(
  name: string,
  peer: TlsPeer,
  options: readonly string[],
  [first = "", ...more]: readonly Line[],
): TlsCase {
  const says = [ABORTED, `F: ${first}`, ...more];
  return failing(name, peer, options, says, OR_RESET);
}

const UNKNOWN_CA = refused(
  "0c18",
  "tlsv1 alert unknown ca",
  "it does not trust its issuer",
);
const NONE_REQUIRED = "000b:0c5c TLS error: tlsv13 alert certificate required";

export const CLIENTS: readonly TlsCase[] = [
  verified("TLS 1.2, ours is accepted", OLD, showing("scu")),
  verified("TLS 1.3, ours is accepted", NEW, showing("scu")),
  verified("our SCP accepts ours", SCP, showing("scu")),
  verified("ours is shown only if it is asked for", storescp("pacs"), [
    ...showing("expired"),
  ]),
  failing("TLS 1.2, we have none", OLD, TRUSTING, [
    `${FAILED}000b:0c10 TLS error: sslv3 alert handshake failure`,
    WANTED,
  ]),
  refusedLate("TLS 1.3, we have none", NEW, TRUSTING, [NONE_REQUIRED, WANTED]),
  refusedLate("storescp, we have none", STORESCP, TRUSTING, [
    NONE_REQUIRED,
    WANTED,
  ]),
  refusedLate("our SCP, we have none", SCP, TRUSTING, [NONE_REQUIRED, WANTED]),
  failing("TLS 1.2, a stranger's", OLD, showing("stranger"), [
    `${FAILED}${UNKNOWN_CA[0]}`,
    ...UNKNOWN_CA.slice(1),
  ]),
  refusedLate("TLS 1.3, a stranger's", NEW, showing("stranger"), UNKNOWN_CA),
  refusedLate(
    "storescp, a stranger's",
    STORESCP,
    showing("stranger"),
    UNKNOWN_CA,
  ),
  // It closes without a word.
  failing("our SCP, a stranger's", SCP, showing("stranger"), [
    ABORTED,
  ], OR_RESET),
  refusedLate(
    "storescp, one that has expired",
    STORESCP,
    showing("expired"),
    refused(
      "0c15",
      "sslv3 alert certificate expired",
      "it has expired, or the peer's clock is wrong",
    ),
  ),
];
