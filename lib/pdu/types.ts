/**
 * The seven protocol data units of the DICOM upper layer (PS3.8 section 9.3)
 * as plain, readonly data. Nothing here reads, writes or waits.
 *
 * Text fields hold one character a byte (ISO 8859-1), so that what came from a
 * peer is kept exactly; it is escaped where it is printed.
 */

import type { PDU_TYPE } from "./pdu-type.ts";

export type PduName = keyof typeof PDU_TYPE;

/** An item that this program does not know, kept as it came. */
export interface UnknownItem {
  readonly itemType: number;
  readonly data: Uint8Array;
}

/** Proposed presentation context (PS3.8 9.3.2.2). */
export interface ProposedContext {
  /** Odd, 1 to 255. */
  readonly id: number;
  readonly abstractSyntax: string;
  readonly transferSyntaxes: readonly string[];
}

/** Result of one presentation context (PS3.8 9.3.3.2). */
export interface ContextResult {
  readonly id: number;
  /** See `CONTEXT_RESULT` in reasons.ts; other values are kept as they came. */
  readonly result: number;
  /** Empty where the peer sent none; significant only when accepted. */
  readonly transferSyntax: string;
}

/** One sub-item of the user information item (PS3.8 D.1, PS3.7 D.3.3). */
export type UserInformationItem =
  /** PS3.8 D.1: 0 means no maximum is specified. */
  | { readonly item: "maximum-length"; readonly maximumLength: number }
  /** PS3.7 D.3.3.2.1 */
  | { readonly item: "implementation-class-uid"; readonly uid: string }
  /** PS3.7 D.3.3.2.3 */
  | { readonly item: "implementation-version-name"; readonly name: string }
  /** PS3.7 D.3.3.3 */
  | {
    readonly item: "asynchronous-operations-window";
    readonly maximumInvoked: number;
    readonly maximumPerformed: number;
  }
  /** PS3.7 D.3.3.4 */
  | {
    readonly item: "role-selection";
    readonly sopClassUid: string;
    readonly scuRole: number;
    readonly scpRole: number;
  }
  /** PS3.7 D.3.3.5 */
  | {
    readonly item: "extended-negotiation";
    readonly sopClassUid: string;
    readonly serviceClassApplicationInformation: Uint8Array;
  }
  /** PS3.7 D.3.3.6 */
  | {
    readonly item: "common-extended-negotiation";
    readonly sopClassUid: string;
    readonly serviceClassUid: string;
    readonly relatedGeneralSopClassUids: readonly string[];
    /** What a later version of the item may carry (PS3.7 Table D.3-12). */
    readonly reserved: Uint8Array;
  }
  /** PS3.7 D.3.3.7.1, in a request */
  | {
    readonly item: "user-identity";
    readonly identityType: number;
    readonly positiveResponseRequested: boolean;
    readonly primaryField: Uint8Array;
    readonly secondaryField: Uint8Array;
  }
  /** PS3.7 D.3.3.7.2, in an answer */
  | {
    readonly item: "user-identity-response";
    readonly serverResponse: Uint8Array;
  }
  | ({ readonly item: "unknown" } & UnknownItem);

/** What a request and its acceptance have in common. */
interface AssociateFields {
  /** Bit field; bit 0 is version 1 (PS3.8 9.3.2). */
  readonly protocolVersion: number;
  /** Without trailing blanks; written padded to 16 bytes. */
  readonly calledAeTitle: string;
  /** Without trailing blanks; written padded to 16 bytes. */
  readonly callingAeTitle: string;
  readonly applicationContext: string;
  readonly userInformation: readonly UserInformationItem[];
  readonly unknownItems: readonly UnknownItem[];
}

/** PS3.8 9.3.2 */
export interface AssociateRequest extends AssociateFields {
  readonly type: "A-ASSOCIATE-RQ";
  readonly presentationContexts: readonly ProposedContext[];
}

/** PS3.8 9.3.3; the titles are the reserved fields, not to be tested. */
export interface AssociateAccept extends AssociateFields {
  readonly type: "A-ASSOCIATE-AC";
  readonly presentationContexts: readonly ContextResult[];
}

/** PS3.8 9.3.4; what the numbers mean is in reasons.ts. */
export interface AssociateReject {
  readonly type: "A-ASSOCIATE-RJ";
  readonly result: number;
  readonly source: number;
  readonly reason: number;
}

/** Presentation data value (PS3.8 9.3.5.1 and Annex E). */
export interface PresentationDataValue {
  readonly contextId: number;
  /** Bit 0 of the message control header: command, not data set. */
  readonly isCommand: boolean;
  /** Bit 1 of the message control header: last fragment. */
  readonly isLast: boolean;
  readonly data: Uint8Array;
}

/** PS3.8 9.3.5 */
export interface PDataTf {
  readonly type: "P-DATA-TF";
  readonly values: readonly PresentationDataValue[];
}

/** PS3.8 9.3.6 */
export interface ReleaseRequest {
  readonly type: "A-RELEASE-RQ";
}

/** PS3.8 9.3.7 */
export interface ReleaseResponse {
  readonly type: "A-RELEASE-RP";
}

/** PS3.8 9.3.8; what the numbers mean is in reasons.ts. */
export interface Abort {
  readonly type: "A-ABORT";
  readonly source: number;
  readonly reason: number;
}

export type Pdu =
  | AssociateRequest
  | AssociateAccept
  | AssociateReject
  | PDataTf
  | ReleaseRequest
  | ReleaseResponse
  | Abort;
