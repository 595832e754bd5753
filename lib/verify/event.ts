/** What happens in a verification, told as it happens. */

import type { Negotiated } from "../association/negotiation.ts";
import type { UpperLayerEvent } from "../association/service.ts";
import type { Condition } from "../base/condition.ts";
import type { CommandSet } from "../dimse/command-set.ts";
import type { CommandMessage, MessageEvent } from "../dimse/message.ts";
import type {
  AssociateAccept,
  AssociateReject,
  AssociateRequest,
} from "../pdu/types.ts";

/** Everything a reporter may want to show, in the order in which it happens. */
export type VerificationEvent =
  | UpperLayerEvent
  /** What will be proposed, before anything is done. */
  | {
    readonly kind: "proposal";
    readonly request: AssociateRequest;
    /** As it was asked for; an odd one is proposed less one. */
    readonly maximumLength: number;
  }
  | { readonly kind: "requesting" }
  /** The transport connection is there. */
  | {
    readonly kind: "connected";
    /** In seconds; 0 and -1: no limit. */
    readonly socketTimeout: number;
  }
  /** The request is sent, the answer awaited. */
  | {
    readonly kind: "answer-awaited";
    /** In seconds. */
    readonly acseTimeout: number;
  }
  | { readonly kind: "illegal-title"; readonly condition: Condition }
  /** `length` is what the header of an A-ASSOCIATE-AC says, in bytes. */
  | { readonly kind: "accept-too-long"; readonly length: number }
  | { readonly kind: "association-failed"; readonly condition: Condition }
  | { readonly kind: "rejected"; readonly pdu: AssociateReject }
  | {
    readonly kind: "negotiated";
    readonly request: AssociateRequest;
    readonly accept: AssociateAccept;
    readonly negotiated: Negotiated;
  }
  | { readonly kind: "no-accepted-context" }
  | { readonly kind: "accepted"; readonly negotiated: Negotiated }
  | { readonly kind: "echo-request"; readonly messageId: number }
  | {
    readonly kind: "command-to-send";
    readonly contextId: number;
    readonly elements: CommandSet;
    /** Length of the encoded command set, in bytes. */
    readonly byteLength: number;
  }
  | { readonly kind: "response-awaited" }
  | MessageEvent
  | { readonly kind: "command-received"; readonly message: CommandMessage }
  | {
    readonly kind: "echo-response";
    readonly status: number;
    readonly message: CommandMessage;
  }
  | {
    readonly kind: "echo-failed";
    readonly condition: Condition;
    /** The response announced a data set, which C-ECHO does not have. */
    readonly announcesDataSet: boolean;
  }
  /** The exchanges are over, and no fault of the peer has ended them. */
  | { readonly kind: "ending"; readonly ending: "release" | "abort" }
  | { readonly kind: "release-failed"; readonly condition: Condition }
  /** `standing`: there is an association, which will be aborted. */
  | { readonly kind: "interrupted"; readonly standing: boolean };
