/** What callers of the listening end did, as plain data. */

import type { AssociateReject } from "../pdu/types.ts";

/** What a caller proposed for one presentation context, and what it got. */
export interface CalledContext {
  readonly id: number;
  readonly abstractSyntax: string;
  readonly transferSyntaxes: readonly string[];
  /** PS3.8 Table 9-18; undefined: there was no acceptance. */
  readonly result: number | undefined;
  /** Of an accepted context. */
  readonly transferSyntax: string | undefined;
}

/** User identity (PS3.7 D.3.3.7), less all that is a secret. */
export interface CallerIdentity {
  /** 1 user name, 2 user name and passcode, 3 Kerberos, 4 SAML, 5 JWT. */
  readonly type: number;
  /** Of types 1 and 2 only: with the others, the field is the secret. */
  readonly userName: string | undefined;
  /** Whether a passcode, ticket, assertion or token was sent. */
  readonly secret: boolean;
  readonly responseRequested: boolean;
}

/** An A-ASSOCIATE-RQ (PS3.8 9.3.2) as it is told. Text is as it came. */
export interface CallerRequest {
  readonly callingAeTitle: string;
  readonly calledAeTitle: string;
  readonly protocolVersion: number;
  readonly applicationContext: string;
  /** Empty: none was sent. */
  readonly implementationClassUid: string;
  /** Empty: none was sent. */
  readonly implementationVersionName: string;
  /** In bytes (PS3.8 D.1); 0: no limit. */
  readonly maximumLength: number;
  readonly identity: CallerIdentity | undefined;
  /** What else was to be negotiated, in words. */
  readonly extras: readonly string[];
  readonly contexts: readonly CalledContext[];
}

export interface CallerTls {
  readonly version: string;
  readonly suite: string;
  /** Subject of the client's certificate; undefined: it showed none. */
  readonly subject: string | undefined;
}

/** How a connection ended. */
export type CallEnd =
  /** In order, by the caller. */
  | { readonly kind: "released" }
  | { readonly kind: "rejected"; readonly pdu: AssociateReject }
  | {
    readonly kind: "aborted-by-caller";
    readonly source: number;
    readonly reason: number;
  }
  /** Without a release, or before any request was whole. */
  | { readonly kind: "closed-by-caller" }
  /** Nothing, or nothing whole, came in time. */
  | { readonly kind: "silent" }
  /** A message that is no C-ECHO request. */
  | { readonly kind: "not-an-echo" }
  /** What came is not DICOM, or not allowed; `text` is safe to print. */
  | { readonly kind: "violation"; readonly text: string }
  | { readonly kind: "tls-failed"; readonly text: string }
  /** The listening end was stopped. */
  | { readonly kind: "stopped" };

/** One connection, from its start to its end. */
export interface Call {
  /** 1 for the first. */
  readonly number: number;
  readonly started: Date;
  /** "192.0.2.1:50123", "[2001:db8::1]:50123". */
  readonly from: string;
  readonly tls: CallerTls | undefined;
  /** Undefined: none came. */
  readonly request: CallerRequest | undefined;
  readonly accepted: boolean;
  /** C-ECHO requests that were answered. */
  readonly echoes: number;
  readonly end: CallEnd;
  /** In milliseconds. */
  readonly duration: number;
}

/** What there was until now. */
export interface CallCounts {
  readonly connections: number;
  readonly open: number;
  readonly accepted: number;
  readonly echoes: number;
  /** By the way in which they ended. */
  readonly ends: Readonly<Record<CallEnd["kind"], number>>;
}
