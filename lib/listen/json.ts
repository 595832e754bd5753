/**
 * Calls as JSON, one object a line. Text of a caller is as a person may see
 * it. Pure.
 */

import { printable } from "../base/text.ts";
import type { Json } from "../format/document.ts";
import { endReason, identityType } from "./text.ts";
import type { Call, CallCounts, CallerRequest } from "./types.ts";

/** Raised when a line of today breaks a program of yesterday. */
const SCHEMA_VERSION = 1;

function line(
  event: string,
  fields: { readonly [name: string]: Json },
): string {
  const schema = "echoscu-listen";
  const document = { schema, schemaVersion: SCHEMA_VERSION, event, ...fields };
  return `${JSON.stringify(document)}\n`;
}

export function listeningLine(
  { address, calledAeTitle, tls, metrics }: {
    readonly address: string;
    readonly calledAeTitle: string | undefined;
    readonly tls: boolean;
    readonly metrics?: string | undefined;
  },
  time: Date,
): string {
  return line("listening", {
    time: time.toISOString(),
    address,
    aeTitle: calledAeTitle === undefined ? null : printable(calledAeTitle),
    tls,
    metrics: metrics ?? null,
  });
}

/** In the place of lines that nobody has read in time. */
export function leftOutLine(lines: number, time: Date): string {
  return line("left-out", { time: time.toISOString(), lines });
}

/** One for each connection, when it is over. */
export function callLine(call: Call): string {
  const { tls, request, end } = call;
  return line("connection", {
    number: call.number,
    started: call.started.toISOString(),
    durationMs: Math.round(call.duration * 1000) / 1000,
    from: call.from,
    tls: tls === undefined ? null : {
      version: tls.version,
      suite: tls.suite,
      clientCertificate: tls.subject ?? null,
    },
    accepted: call.accepted,
    echoes: call.echoes,
    end: end.kind,
    endText: endReason(end),
    rejection: end.kind === "rejected"
      ? {
        result: end.pdu.result,
        source: end.pdu.source,
        reason: end.pdu.reason,
      }
      : null,
    request: request === undefined ? null : requestDocument(request),
  });
}

function requestDocument(request: CallerRequest): Json {
  const { identity } = request;
  return {
    callingAeTitle: printable(request.callingAeTitle),
    calledAeTitle: printable(request.calledAeTitle),
    protocolVersion: request.protocolVersion,
    applicationContext: printable(request.applicationContext),
    implementationClassUid: printable(request.implementationClassUid),
    implementationVersionName: printable(request.implementationVersionName),
    maximumLength: request.maximumLength,
    userIdentity: identity === undefined ? null : {
      type: identity.type,
      typeName: identityType(identity),
      userName: identity.userName === undefined
        ? null
        : printable(identity.userName),
      secretSent: identity.secret,
      positiveResponseRequested: identity.responseRequested,
    },
    otherItems: request.extras.map(printable),
    contexts: request.contexts.map((context) => ({
      id: context.id,
      abstractSyntax: printable(context.abstractSyntax),
      transferSyntaxes: context.transferSyntaxes.map(printable),
      result: context.result ?? null,
      transferSyntax: context.transferSyntax === undefined
        ? null
        : printable(context.transferSyntax),
    })),
  };
}

export function summaryLine(counts: CallCounts, time: Date): string {
  const { connections, accepted, echoes, ends } = counts;
  return line("summary", {
    time: time.toISOString(),
    connections,
    accepted,
    echoes,
    ends: { ...ends },
  });
}
