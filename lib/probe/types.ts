/** What came of asking a peer for its services, as plain data. */

import type { UserInformationItem } from "../pdu/types.ts";
import type { Failure, Outcome } from "../verify/outcome.ts";
import type { Family } from "./families.ts";
import type { Service } from "./services.ts";

/** What a peer said to one presentation context. */
export interface ContextAnswer {
  readonly family: Family;
  /** UIDs of the transfer syntaxes that were proposed. */
  readonly proposed: readonly string[];
  readonly verdict:
    | "accepted"
    | "refused"
    /** The peer's acceptance does not mention it. */
    | "unanswered"
    /** The peer ends every association in which it is proposed. */
    | "not-endured"
    /** No association came about in which it could be asked. */
    | "not-asked";
  /** Result of the context (PS3.8 Table 9-18), where there is one. */
  readonly result: number | undefined;
  /** The UID that was chosen; undefined: none. */
  readonly transferSyntax: string | undefined;
}

export interface ServiceAnswer {
  readonly service: Service;
  /** Whether there is any transfer syntax in which it is accepted. */
  readonly accepted: boolean;
  /** One for each of `service.families`, in their order. */
  readonly answers: readonly ContextAnswer[];
}

/** What a peer tells of itself in an acceptance. Text is as it came. */
export interface PeerIdentity {
  /** Empty: it sent none. */
  readonly implementationClassUid: string;
  /** Empty: it sent none. */
  readonly implementationVersionName: string;
  /** In bytes (PS3.8 D.1); 0: no limit. */
  readonly maximumLength: number;
  /** The reserved fields, which most peers send back (PS3.8 9.3.3). */
  readonly calledAeTitle: string;
  readonly callingAeTitle: string;
  /** Items beyond those above: windows, roles, extended negotiation … */
  readonly otherItems: readonly UserInformationItem[];
}

/** One association that was tried; times are in milliseconds. */
export interface AssociationRecord {
  readonly contexts: number;
  /** Of the contexts; undefined: there was no association. */
  readonly accepted: number | undefined;
  readonly duration: number;
  readonly failure: Failure | undefined;
}

export interface ProbeResult {
  /**
   * As of a verification without an echo. A failure means that not all could
   * be asked, or that the first association has not ended in order; stages are
   * those of all associations, one after another.
   */
  readonly outcome: Outcome;
  /** Undefined: no association came about. */
  readonly identity: PeerIdentity | undefined;
  /** In the order of the services asked for. */
  readonly services: readonly ServiceAnswer[];
  readonly associations: readonly AssociationRecord[];
  /** In milliseconds. */
  readonly duration: number;
}
