/** What came of a verification, as plain data. */

import type { PeerFault } from "../association/fault.ts";
import type { Negotiated } from "../association/negotiation.ts";
import type { Condition } from "../base/condition.ts";
import type { MessageFault } from "../dimse/message.ts";
import type { TransportFault } from "../net/transport.ts";
import type { AssociateReject } from "../pdu/types.ts";

/** The parts of a verification, in order. Connecting includes the look-up. */
export type Stage =
  | "connect"
  | "tls"
  | "association"
  | "echo"
  | "release"
  | "abort";

/** Why a verification failed. */
export type FailureCause =
  | { readonly kind: "transport"; readonly fault: TransportFault }
  /** Something that TLS needs on this side; nothing was sent. */
  | { readonly kind: "not-set-up" }
  | { readonly kind: "illegal-title" }
  | { readonly kind: "rejected"; readonly pdu: AssociateReject }
  | { readonly kind: "no-accepted-context" }
  | { readonly kind: "no-dictionary" }
  /** Any status but Success (PS3.7 section 9.3.5.2 and Annex C). */
  | { readonly kind: "status"; readonly status: number }
  | PeerFault
  | MessageFault;

/** What went wrong in a stage. */
export interface StageFault {
  readonly cause: FailureCause;
  /** Undefined where the reference has no condition for it. */
  readonly condition: Condition | undefined;
}

/** One stage that was reached; times are in milliseconds. */
export interface StageRecord {
  readonly stage: Stage;
  /** Since the verification began. */
  readonly start: number;
  readonly duration: number;
  /** The first fault; undefined: the stage has succeeded. */
  readonly fault: StageFault | undefined;
}

/** Why the peer is not verified. */
export interface Failure extends StageFault {
  readonly stage: Stage;
}

/** How many C-ECHO exchanges there were, and how they ended. */
export interface EchoCounts {
  readonly sent: number;
  /** Answered with status Success. */
  readonly succeeded: number;
}

/** The peer is verified exactly when there is no failure. */
export interface Outcome {
  /** The first fault of all, or the interruption, whatever was before. */
  readonly failure: Failure | undefined;
  readonly stages: readonly StageRecord[];
  /** Undefined: no association was established. */
  readonly negotiated: Negotiated | undefined;
  readonly echoes: EchoCounts;
}
