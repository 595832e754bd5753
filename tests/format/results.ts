/** Results to format: fixed ones for examples, and one of each failure. */

import { tcpInitializationError } from "../../lib/base/condition.ts";
import { whole } from "../../lib/format/format.ts";
import type {
  FormatOptions,
  Formatted,
  Report,
  ReportOptions,
} from "../../lib/format/options.ts";
import type {
  CauseCode,
  Diagnosis,
  PeerResult,
  PersonStage,
} from "../../lib/result/types.ts";
import type { TlsSession } from "../../lib/tls/session.ts";
import type { Outcome } from "../../lib/verify/outcome.ts";
import type { Certificate } from "../../lib/x509/types.ts";

export const NOW = new Date("2026-11-24T12:00:00Z");

export const NO_THRESHOLDS: FormatOptions["thresholds"] = {
  warning: undefined,
  critical: undefined,
  certificateWarning: undefined,
  certificateCritical: undefined,
};

export const OPTIONS: FormatOptions = { thresholds: NO_THRESHOLDS, now: NOW };

/** All that a report says of these. */
export function reported(
  open: (options: ReportOptions) => Report,
  results: readonly PeerResult[],
  { now, ...options }: FormatOptions = OPTIONS,
): Formatted {
  return whole(open({ ...options, count: results.length }), results, now);
}

/** Valid for `days` from {@linkcode NOW}; there is nothing behind its data. */
export function certificate(
  name: string,
  issuer: string,
  days: number,
): Certificate {
  return {
    der: new Uint8Array(),
    version: 3,
    serialNumber: "4A01",
    subject: { der: new Uint8Array(), text: `/CN=${name}` },
    issuer: { der: new Uint8Array(), text: `/CN=${issuer}` },
    notBefore: new Date("2026-01-01T00:00:00Z"),
    notAfter: new Date(NOW.getTime() + days * 86_400_000),
    publicKey: { algorithm: "EC", bits: 256 },
    signatureHash: "SHA256",
    fingerprint: Array(16).fill("AB:0C").join(":"),
    unknownCritical: [],
    basicConstraints: undefined,
    keyUsage: undefined,
    extendedKeyUsage: undefined,
    alternativeNames: { dns: name === issuer ? [] : [name], ip: [] },
    subjectKeyId: undefined,
    authorityKeyId: undefined,
    commonName: name,
  };
}

const OWN = certificate("archive.example", "Hospital CA", 20);
const ROOT = certificate("Hospital CA", "Hospital CA", 2000);

export const SESSION: TlsSession = {
  engine: "built-in",
  version: "TLSv1.3",
  suite: "TLS_AES_128_GCM_SHA256",
  presented: [OWN],
  chain: [OWN, ROOT],
  problem: undefined,
  ignored: false,
};

const CONTEXT = {
  id: 1,
  abstractSyntax: "1.2.840.10008.1.1",
  result: 0,
  transferSyntax: "1.2.840.10008.1.2",
};

const NEGOTIATED: NonNullable<Outcome["negotiated"]> = {
  contexts: [CONTEXT],
  accepted: CONTEXT,
  peerMaximumLength: 16384,
  peerImplementationClassUid: "1.2.276.0.7230010.3.0.3.6.7",
  peerImplementationVersionName: "OFFIS_DCMTK_367",
  fragmentLength: 16372,
  maximumSendPdv: 16372,
  adjustments: [],
};

/** A peer that is well. */
export const VERIFIED: PeerResult = {
  target: {
    name: "PACS",
    host: "pacs.example",
    port: 104,
    callingAeTitle: "ECHOSCU",
    calledAeTitle: "PACS",
    tls: false,
  },
  started: new Date("2026-11-24T11:59:59.500Z"),
  duration: 12.345,
  outcome: {
    failure: undefined,
    stages: [],
    negotiated: NEGOTIATED,
    echoes: { sent: 1, succeeded: 1 },
  },
  stages: [
    { stage: "lookup", duration: 1.2, ok: true },
    { stage: "connect", duration: 0.8, ok: true },
    { stage: "association", duration: 6.5, ok: true },
    { stage: "echo", duration: 2.345, ok: true },
    { stage: "release", duration: 1.5, ok: true },
  ],
  addresses: {
    resolved: ["192.0.2.10"],
    local: "192.0.2.1:51234",
    remote: "192.0.2.10:104",
  },
  session: undefined,
  tlsFailure: undefined,
  attempts: 1,
  latencies: [2.345],
  diagnosis: undefined,
};

/** The same over TLS, over IPv6, with ten echoes. */
export const VERIFIED_TLS: PeerResult = {
  ...VERIFIED,
  target: {
    ...VERIFIED.target,
    name: "Archive",
    host: "archive.example",
    port: 2762,
    calledAeTitle: "ARCHIVE",
    tls: true,
  },
  duration: 48.5,
  outcome: { ...VERIFIED.outcome, echoes: { sent: 10, succeeded: 10 } },
  stages: VERIFIED.stages.toSpliced(2, 0, {
    stage: "tls",
    duration: 21,
    ok: true,
  }),
  addresses: {
    resolved: ["2001:db8::10"],
    local: "[2001:db8::1]:51235",
    remote: "[2001:db8::10]:2762",
  },
  session: SESSION,
  latencies: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
};

/** A peer that is not; nothing of it was seen. */
export function failed(
  code: CauseCode,
  stage: PersonStage,
  more: Partial<Diagnosis> = {},
): PeerResult {
  const condition = tcpInitializationError("Connection refused");
  return {
    ...VERIFIED,
    target: {
      ...VERIFIED.target,
      name: "CT 1",
      host: "ct1.example",
      port: 11112,
      calledAeTitle: "CT1",
    },
    duration: 3.1,
    outcome: {
      failure: {
        stage: "connect",
        cause: { kind: "transport", fault: "refused" },
        condition,
      },
      stages: [],
      negotiated: undefined,
      echoes: { sent: 0, succeeded: 0 },
    },
    stages: [{ stage, duration: 3.1, ok: false }],
    addresses: { resolved: [], local: undefined, remote: undefined },
    latencies: [],
    diagnosis: {
      stage,
      code,
      cause: `what is wrong: ${code}`,
      next: ["check this", "then that"],
      condition,
      transient: false,
      ...more,
    },
  };
}

/** The one of the examples. */
export const REFUSED: PeerResult = failed("refused", "connect", {
  cause: "nothing listens on port 11112 of ct1.example",
  next: [
    "start the DICOM service of the peer, or correct the port",
    "let the firewall of the peer pass the port",
  ],
  transient: true,
});

/** Where each cause shows. */
export const STAGE_OF: Readonly<Record<CauseCode, PersonStage>> = {
  "illegal-peer": "lookup",
  "illegal-title": "association",
  "lookup-failed": "lookup",
  "refused": "connect",
  "unreachable": "connect",
  "connect-timeout": "connect",
  "connect-failed": "connect",
  "not-dicom": "association",
  "tls-on-plain-port": "tls",
  "plain-on-tls-port": "association",
  "not-tls": "tls",
  "tls-closed": "tls",
  "tls-timeout": "tls",
  "tls-nothing-in-common": "tls",
  "tls-not-allowed": "tls",
  "tls-not-set-up": "tls",
  "tls-unavailable": "tls",
  "tls-unproven": "tls",
  "tls-client-certificate-required": "tls",
  "tls-client-certificate-refused": "tls",
  "tls-protocol": "tls",
  "certificate-expired": "tls",
  "certificate-not-yet-valid": "tls",
  "certificate-unknown-issuer": "tls",
  "certificate-self-signed": "tls",
  "certificate-untrusted-root": "tls",
  "certificate-revoked": "tls",
  "certificate-wrong-name": "tls",
  "certificate-wrong-usage": "tls",
  "certificate-weak": "tls",
  "certificate-no-crl": "tls",
  "certificate-invalid": "tls",
  "called-title-unknown": "association",
  "calling-title-unknown": "association",
  "rejected-congestion": "association",
  "rejected-limit": "association",
  "rejected-other": "association",
  "association-timeout": "association",
  "association-closed": "association",
  "association-aborted": "association",
  "no-context": "association",
  "echo-timeout": "echo",
  "echo-closed": "echo",
  "echo-aborted": "echo",
  "echo-status": "echo",
  "protocol-error": "echo",
  "release-failed": "release",
  "no-dictionary": "echo",
  "deadline": "echo",
  "interrupted": "echo",
};

/** A failure of each kind. */
export const FAILURES: readonly PeerResult[] = (
  Object.keys(STAGE_OF) as CauseCode[]
).map((code) => failed(code, STAGE_OF[code]));
