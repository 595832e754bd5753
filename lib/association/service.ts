/**
 * The upper layer service as its user sees it (PS3.8 section 7): settings,
 * indications, and the events that tell how the protocol goes.
 */

import type { Condition } from "../base/condition.ts";
import type { PeerProtocol } from "../net/peer-protocol.ts";
import type { PduFault } from "../pdu/error.ts";
import type {
  AssociateAccept,
  AssociateReject,
  AssociateRequest,
  PduName,
  PresentationDataValue,
} from "../pdu/types.ts";
import type { Action, Event, State } from "./states.ts";

/** What happened, for whoever wants to see it (the debug and trace log). */
export type UpperLayerEvent =
  | {
    readonly kind: "transition";
    readonly state: State;
    readonly event: Event;
    readonly action: Action;
  }
  /** The six bytes of a header, before the rest has come. */
  | { readonly kind: "pdu-header"; readonly header: Uint8Array }
  /** `bytes` include the header; it may not be decodable. */
  | {
    readonly kind: "pdu-received";
    readonly name: PduName;
    readonly bytes: Uint8Array;
    /** Odd things in it that the reference lets pass, a line each. */
    readonly warnings: readonly string[];
  }
  | {
    readonly kind: "pdu-to-send";
    readonly name: PduName;
    readonly bytes: Uint8Array;
  };

/** Why the upper layer itself aborted (A-P-ABORT). */
export type Violation =
  /** Valid, but not allowed in the present state. */
  | { readonly kind: "unexpected-pdu"; readonly name: PduName }
  | {
    readonly kind: "unrecognized-pdu";
    readonly type: number;
    /** What the peer speaks instead; undefined: who knows. */
    readonly protocol?: PeerProtocol;
  }
  | {
    readonly kind: "too-long";
    readonly name: PduName;
    readonly length: number;
    readonly limit: number;
  }
  | {
    readonly kind: "invalid-pdu";
    readonly name: PduName;
    /** Path of the field, outermost item first. */
    readonly field: string;
    /** In bytes from the start of the PDU. */
    readonly offset: number;
    readonly fault: PduFault;
    readonly condition: Condition;
    /** Of the A-ABORT that answers it (PS3.8 Table 9-26). */
    readonly abortReason: number;
  }
  /** An A-ASSOCIATE-AC that is no answer to what was proposed. */
  | {
    readonly kind: "wrong-acceptance";
    readonly condition: Condition;
    /** Of the A-ABORT that answers it (PS3.8 Table 9-26). */
    readonly abortReason: number;
  };

/** What the peer did, as the service primitives of PS3.8 section 7. */
export type Indication =
  | { readonly kind: "associate-request"; readonly pdu: AssociateRequest }
  | { readonly kind: "associate-accept"; readonly pdu: AssociateAccept }
  | { readonly kind: "associate-reject"; readonly pdu: AssociateReject }
  | {
    readonly kind: "p-data";
    readonly values: readonly PresentationDataValue[];
  }
  | { readonly kind: "release-request"; readonly collision: boolean }
  | { readonly kind: "release-confirm" }
  /** The peer's A-ABORT. */
  | {
    readonly kind: "abort";
    readonly source: number;
    readonly reason: number;
  }
  /** We aborted because of what the peer sent. */
  | { readonly kind: "provider-abort"; readonly violation: Violation }
  | {
    readonly kind: "closed";
    readonly midPdu: boolean;
    readonly cause?: Condition;
  };

/** Bounds of the upper layer, in bytes and milliseconds. */
export interface UpperLayerSettings {
  readonly side: "requestor" | "acceptor";
  /** The maximum length that we announce (PS3.8 D.1). */
  readonly maximumLength: number;
  /** From the first byte of a PDU to its last, and for each write. */
  readonly pduTimeout: number | undefined;
  /** How long to wait for the peer to close after we ended (PS3.8 9.1.5). */
  readonly artimTimeout: number;
  /** Only PDUs with warnings are told of; left out: everything is. */
  readonly warningsOnly?: boolean;
}
