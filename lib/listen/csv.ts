/** Calls as rows of CSV, one for each connection. Pure. */

import { printable } from "../base/text.ts";
import { type Cell, csvRow } from "../format/csv-cell.ts";
import { endReason, identityType, shown } from "./text.ts";
import type { Call, CalledContext, CallerRequest } from "./types.ts";

const COLUMNS: readonly (readonly [string, (call: Call) => Cell])[] = [
  ["number", ({ number }) => number],
  ["started", ({ started }) => started.toISOString()],
  ["from", ({ from }) => from],
  ["duration_seconds", ({ duration }) => Math.round(duration * 1000) / 1e6],
  ["calling_ae_title", said((request) => request.callingAeTitle)],
  ["called_ae_title", said((request) => request.calledAeTitle)],
  ["implementation_uid", said((request) => request.implementationClassUid)],
  [
    "implementation_name",
    said((request) => request.implementationVersionName),
  ],
  ["maximum_length", ({ request }) => request?.maximumLength],
  ["contexts", ({ request }) => request?.contexts.length],
  ["tls_version", ({ tls }) => tls?.version],
  ["tls_suite", ({ tls }) => tls?.suite],
  ["client_certificate", ({ tls }) => tls?.subject],
  ["accepted", ({ accepted }) => accepted],
  ["echoes", ({ echoes }) => echoes],
  ["end", ({ end }) => end.kind],
  ["end_text", ({ end }) => endReason(end)],
  [
    "user_identity",
    ({ request }) => request?.identity && identityType(request.identity),
  ],
  ["user_name", said(({ identity }) => identity?.userName ?? "")],
  ["presentation_contexts", ({ request }) => request && allContexts(request)],
];

/** "1 UID [UID UID] 0 UID / 3 …": id, what was proposed, result, what is used. */
function allContexts({ contexts }: CallerRequest): string {
  return shown(contexts.map(oneContext), "contexts").join(" / ");
}

function oneContext(context: CalledContext): string {
  const { id, abstractSyntax, result, transferSyntax } = context;
  const syntaxes = shown(context.transferSyntaxes.map(printable), "syntaxes");
  return [
    id,
    printable(abstractSyntax),
    `[${syntaxes.join(" ")}]`,
    ...(result === undefined ? [] : [result]),
    ...(transferSyntax === undefined ? [] : [printable(transferSyntax)]),
  ].join(" ");
}

/** Text of the caller's, as a person may see it. */
function said(
  choose: (request: CallerRequest) => string,
): (call: Call) => Cell {
  return ({ request }) => request && printable(choose(request));
}

export function callHeader(): string {
  return csvRow(COLUMNS.map(([name]) => name));
}

export function callRow(call: Call): string {
  return csvRow(COLUMNS.map(([, cell]) => cell(call)));
}
