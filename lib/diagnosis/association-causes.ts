/** What to say when there is a connection, and no association on it. */

import { VERIFICATION_SOP_CLASS } from "../base/uids.ts";
import { type CauseEntries, type Particulars, seconds } from "./finding.ts";

const PEER_LOG = "Look into the log of the peer: it knows its reason";

/** A peer that does not know a caller often says nothing, or aborts. */
function knowUs({ calling, from }: Particulars): string {
  return `Check that the peer knows ${calling} at ${from}`;
}

function checkCalled({ called }: Particulars): string {
  return `Check the title of the peer, ${called}: -aec TITLE`;
}

/** Only where more was proposed than is usual. */
function proposeLess({ settings }: Particulars): string[] {
  const { transferSyntaxCount, presentationContextCount } = settings;
  return transferSyntaxCount > 1 || presentationContextCount > 1
    ? ["Propose less: leave out -pts and -ppc"]
    : [];
}

/** Where the port may be one for TLS. */
function tryTls({ tls }: Particulars): string[] {
  return tls ? [] : ["Check whether the port is one for TLS: try +tla -ic"];
}

export const ASSOCIATION_CAUSES: CauseEntries<
  | "illegal-title"
  | "not-dicom"
  | "called-title-unknown"
  | "calling-title-unknown"
  | "rejected-congestion"
  | "rejected-limit"
  | "rejected-other"
  | "association-timeout"
  | "association-closed"
  | "association-aborted"
  | "no-context"
> = {
  "illegal-title": {
    transient: false,
    cause: ({ seen }) => `the ${seen} AE title is empty`,
    next: () => ["Give titles of 1 to 16 characters: -aet TITLE -aec TITLE"],
  },
  "not-dicom": {
    transient: false,
    cause: ({ peer, seen }) => `${peer} does not speak DICOM: ${seen}`,
    next: ({ protocol }) => [
      ...(protocol === "HL7"
        ? ["Use the DICOM port of the peer: that of HL7 is another"]
        : protocol === "HTTP"
        ? ["Use the DICOM port: that of its web pages or DICOMweb is another"]
        : []),
      "Check the port: 104 and 11112 are usual",
      "Ask the administrator of the peer for its DICOM port",
    ],
  },
  "called-title-unknown": {
    transient: false,
    cause: ({ peer, called }) => `${peer} does not know the title ${called}`,
    next: ({ called, calledByDefault }) => [
      ...(calledByDefault
        ? [`Give the title of the peer with -aec: ${called} is a mere default`]
        : []),
      "Ask for the exact title of the peer: case and blanks count",
      "Check that it is the right peer: address and port",
    ],
  },
  "calling-title-unknown": {
    transient: false,
    cause: ({ peer, calling, own }) =>
      `${peer} does not know the caller: title ${calling}` +
      (own === undefined ? "" : `, from ${own}`),
    next: ({ calling, own = "of this host" }) => [
      `Add ${calling} with the address ${own} to the peer's list of callers`,
      "Or use a title that it knows for this host: -aet TITLE",
      "Behind NAT the peer sees another address: its log shows which",
    ],
  },
  "rejected-congestion": {
    transient: true,
    cause: ({ peer }) => `${peer} is too busy for now: temporary congestion`,
    next: () => [
      "Try again after a while: --retry N --retry-delay SECONDS",
      "Check the load of the peer, its disk and its queues",
    ],
  },
  "rejected-limit": {
    transient: true,
    cause: ({ peer }) =>
      `${peer} has as many associations as it allows: local limit exceeded`,
    next: () => [
      "Try again after a while: --retry N --retry-delay SECONDS",
      "Look for callers that leave associations open",
      "Have its limit of associations raised",
    ],
  },
  "rejected-other": {
    transient: false,
    cause: ({ peer, seen }) => `${peer} rejected the association: ${seen}`,
    next: (particulars) => [
      PEER_LOG,
      knowUs(particulars),
      checkCalled(particulars),
    ],
  },
  "association-timeout": {
    transient: true,
    cause: ({ peer, seen, settings }) =>
      `connected, but ${peer} ${seen} within ` +
      seconds(settings.acseTimeout, "the time for it"),
    next: (particulars) => [
      "Check that the DICOM service of the peer is not stuck or overloaded",
      ...tryTls(particulars),
      "Check the port: web servers and HL7 listeners stay silent as well",
      "Give a slow peer more time with -ta",
    ],
  },
  "association-closed": {
    transient: false,
    cause: ({ peer, seen }) => `${peer} ${seen}`,
    next: (particulars) =>
      [
        ...proposeLess(particulars),
        ...tryTls(particulars),
        knowUs(particulars),
        checkCalled(particulars),
        "Check firewalls and proxies in between: they close such connections",
      ].slice(0, 4),
  },
  "association-aborted": {
    transient: false,
    cause: ({ peer, seen }) =>
      `${peer} aborted in place of an answer to the association request ` +
      `(${seen})`,
    next: (particulars) => [
      ...proposeLess(particulars),
      knowUs(particulars),
      checkCalled(particulars),
      PEER_LOG,
    ],
  },
  "no-context": {
    transient: false,
    cause: ({ peer, seen }) =>
      `${peer} accepted the association, but not Verification: ${seen}`,
    next: ({ called }) => [
      `Enable Verification (C-ECHO, ${VERIFICATION_SOP_CLASS}) for ${called}`,
      "Check that this title belongs to a service that answers C-ECHO",
      "See what it would accept: --probe",
    ],
  },
};
