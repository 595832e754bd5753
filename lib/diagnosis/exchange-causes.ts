/** What to say when there was an association, or the run was cut short. */

import { isPassingStatus } from "./status-name.ts";
import type { PersonStage } from "../result/types.ts";
import { ASSOCIATION_CAUSES } from "./association-causes.ts";
import { type CauseEntries, type CauseEntry, seconds } from "./finding.ts";
import { NETWORK_CAUSES } from "./network-causes.ts";
import { TLS_CAUSES } from "./tls-causes.ts";

const PEER_LOG = "Look into the log of the peer: it knows its reason";
const RECORD = "Record it for the maker of the peer: --log-level trace";

const ECHO_TIMEOUT: CauseEntry = {
  transient: true,
  cause: ({ peer, seen, settings }) =>
    `${peer} accepted the association, but ${seen} within ` +
    seconds(
      settings.dimseTimeout ?? settings.socketTimeout,
      "the time for it",
    ),
  next: () => [
    "Check that the DICOM service of the peer is not stuck or overloaded",
    PEER_LOG,
    "Give a slow peer more time with -td",
  ],
};

/** Where there is no answer in a stage, whoever measures the time. */
const TIMEOUTS: Readonly<Record<PersonStage, CauseEntry>> = {
  lookup: NETWORK_CAUSES["lookup-failed"],
  connect: NETWORK_CAUSES["connect-timeout"],
  tls: TLS_CAUSES["tls-timeout"],
  association: ASSOCIATION_CAUSES["association-timeout"],
  echo: ECHO_TIMEOUT,
  release: ECHO_TIMEOUT,
};

export const EXCHANGE_CAUSES: CauseEntries<
  | "echo-timeout"
  | "echo-closed"
  | "echo-aborted"
  | "echo-status"
  | "protocol-error"
  | "release-failed"
  | "no-dictionary"
  | "deadline"
  | "interrupted"
> = {
  "echo-timeout": ECHO_TIMEOUT,
  "echo-closed": {
    transient: false,
    cause: ({ peer, seen }) => `${peer} ${seen} in place of a C-ECHO response`,
    next: () => [
      PEER_LOG,
      "Check whether its service has crashed or was restarted",
      "Check firewalls and proxies in between: they close such connections",
    ],
  },
  "echo-aborted": {
    transient: false,
    cause: ({ peer, seen }) =>
      `${peer} aborted in place of a C-ECHO response (${seen})`,
    next: () => [
      PEER_LOG,
      "Check that the peer allows C-ECHO for this caller",
    ],
  },
  "echo-status": {
    transient: false,
    cause: ({ peer, seen }) => `${peer} answered C-ECHO with status ${seen}`,
    next: ({ status = 0 }) => [
      ...(status === 0x0122 || status === 0x0118 || status === 0x0211
        ? ["Enable Verification (C-ECHO) on the peer"]
        : status === 0x0124
        ? ["Have the peer allow C-ECHO for this caller"]
        : isPassingStatus(status)
        ? ["Check disk and memory of the peer", "Try again: --retry N"]
        : []),
      PEER_LOG,
    ],
  },
  "protocol-error": {
    transient: false,
    cause: ({ peer, seen }) => `${peer} breaks the DICOM protocol: ${seen}`,
    next: () => [
      "Check that the port is the DICOM one of the right peer",
      RECORD,
      "Check what is in between: a proxy may cut or change the data",
    ],
  },
  "release-failed": {
    transient: false,
    cause: ({ peer, seen }) =>
      `${peer} answered C-ECHO, then did not release the association: ${seen}`,
    next: () => [
      "Go on: the peer works, only its end of associations does not",
      RECORD,
      "Or end with an abort: --abort",
    ],
  },
  "no-dictionary": {
    transient: false,
    cause: () => "the data dictionary that DCMDICTPATH names cannot be used",
    next: () => [
      "Unset DCMDICTPATH: a dictionary is built in",
      "Or let it name files that are there and complete",
    ],
  },
  deadline: {
    transient: false,
    cause: ({ deadline, seen }) =>
      `not done within the deadline of ${
        seconds(deadline, "the run")
      }: ${seen}`,
    next: (particulars) => [
      ...TIMEOUTS[particulars.stage].next(particulars).slice(0, 2),
      "See how long each stage took: --explain",
      "Give it more time: --deadline SECONDS",
    ],
  },
  interrupted: {
    transient: false,
    cause: ({ seen }) => `interrupted while ${seen}`,
    next: () => ["Run it again"],
  },
};
