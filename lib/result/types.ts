/** What came of checking a peer, with all that a person or a program may ask. */

import type { Condition } from "../base/condition.ts";
import type { TlsFailure } from "../tls/failure.ts";
import type { TlsSession } from "../tls/session.ts";
import type { Outcome } from "../verify/outcome.ts";

/** The parts of a verification as a person thinks of them, in order. */
export type PersonStage =
  | "lookup"
  | "connect"
  | "tls"
  | "association"
  | "echo"
  | "release";

/** Whom it was about, as asked for. */
export interface Target {
  /** Of a peers file; undefined: it has none. */
  readonly name: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly callingAeTitle: string;
  readonly calledAeTitle: string;
  readonly tls: boolean;
}

/** One stage that was reached; times are in milliseconds. */
export interface StageTime {
  readonly stage: PersonStage;
  readonly duration: number;
  readonly ok: boolean;
}

/** Ends of the TCP connection, "192.0.2.1:104", as the system tells them. */
export interface Addresses {
  /** All that the name stands for, in the order in which they were tried. */
  readonly resolved: readonly string[];
  readonly local: string | undefined;
  readonly remote: string | undefined;
}

/**
 * Why a peer is not verified: stable names, for programs. The texts for people
 * are in lib/diagnosis.
 */
export type CauseCode =
  | "illegal-peer"
  | "illegal-title"
  | "lookup-failed"
  | "refused"
  | "unreachable"
  | "connect-timeout"
  | "connect-failed"
  | "not-dicom"
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
  | "certificate-expired"
  | "certificate-not-yet-valid"
  | "certificate-unknown-issuer"
  | "certificate-self-signed"
  | "certificate-untrusted-root"
  | "certificate-revoked"
  | "certificate-wrong-name"
  | "certificate-wrong-usage"
  | "certificate-weak"
  | "certificate-no-crl"
  | "certificate-invalid"
  | "called-title-unknown"
  | "calling-title-unknown"
  | "rejected-congestion"
  | "rejected-limit"
  | "rejected-other"
  | "association-timeout"
  | "association-closed"
  | "association-aborted"
  | "no-context"
  | "echo-timeout"
  | "echo-closed"
  | "echo-aborted"
  | "echo-status"
  | "protocol-error"
  | "release-failed"
  | "no-dictionary"
  | "deadline"
  | "interrupted";

/** What a person is told of a failure. */
export interface Diagnosis {
  readonly stage: PersonStage;
  readonly code: CauseCode;
  /** One line. Nothing in it is dangerous to print. */
  readonly cause: string;
  /** What to check next, most likely first, one line each. */
  readonly next: readonly string[];
  /** The reference's, where it has one. */
  readonly condition: Condition | undefined;
  /** Whether it can pass by itself, so that trying again makes sense. */
  readonly transient: boolean;
}

/** One peer, checked. */
export interface PeerResult {
  readonly target: Target;
  readonly started: Date;
  /** From look-up to release, of the last attempt, in milliseconds. */
  readonly duration: number;
  readonly outcome: Outcome;
  readonly stages: readonly StageTime[];
  readonly addresses: Addresses;
  /** Undefined: TLS was not asked for, or no handshake was finished. */
  readonly session: TlsSession | undefined;
  readonly tlsFailure: TlsFailure | undefined;
  /** 1 without retries. */
  readonly attempts: number;
  /** Round trips of echoes that were answered, in ms: the latest million. */
  readonly latencies: readonly number[];
  /** Undefined: the peer is verified. */
  readonly diagnosis: Diagnosis | undefined;
}
