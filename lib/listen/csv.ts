/** Calls as rows of CSV, one for each connection. Pure. */

import { printable } from "../base/text.ts";
import { type Cell, csvRow } from "../format/csv-cell.ts";
import { endReason } from "./text.ts";
import type { Call, CallerRequest } from "./types.ts";

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
];

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
