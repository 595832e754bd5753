/** Calls as lines for a person; all of it is safe to print. Pure. */

import { escapeControls, printable } from "../base/text.ts";
import {
  contextResultText,
  describeAbort,
  describeRejection,
} from "../pdu/reasons.ts";
import { nameOf } from "../probe/names.ts";
import type {
  Call,
  CallCounts,
  CalledContext,
  CallEnd,
  CallerIdentity,
  CallerRequest,
  CallerTls,
} from "./types.ts";

/** More contexts, transfer syntaxes or other items are only counted. */
const MOST_SHOWN = 128;

/** The first of them, and how many more there are. */
export function shown(
  lines: readonly string[],
  what: string,
  most = MOST_SHOWN,
): readonly string[] {
  return lines.length <= most
    ? lines
    : [...lines.slice(0, most), `… ${lines.length - most} more ${what}`];
}

/** Longest text of a caller that is shown. */
const MOST_LENGTH = 200;

function value(text: string): string {
  const safe = printable(text);
  if (safe === "") return "(none)";
  return safe.length > MOST_LENGTH ? `${safe.slice(0, MOST_LENGTH)}…` : safe;
}

/** What is known once a request has its answer. */
export type AnsweredCall =
  & Pick<
    Call,
    "number" | "started" | "from" | "accepted"
  >
  & {
    readonly tls: CallerTls | undefined;
    readonly request: CallerRequest;
  };

/** Told when the request is answered. */
export function requestText(call: AnsweredCall): string {
  const { number, started, from, request, tls } = call;
  const { contexts } = request;
  const accepted = contexts.filter(({ result }) => result === 0).length;
  return lines([
    `#${number} ${started.toISOString()} ${from} requests an association`,
    ...(tls === undefined ? [] : [
      `  TLS:                   ${value(tls.version)}, ${value(tls.suite)}`,
      `  Client Certificate:    ${value(tls.subject ?? "")}`,
    ]),
    `  Calling AE Title:      ${value(request.callingAeTitle)}`,
    `  Called AE Title:       ${value(request.calledAeTitle)}`,
    `  Implementation UID:    ${value(request.implementationClassUid)}`,
    `  Implementation Name:   ${value(request.implementationVersionName)}`,
    `  Maximum PDU Length:    ${request.maximumLength || "no limit"}`,
    ...(request.identity === undefined
      ? []
      : [`  User Identity:         ${identityText(request.identity)}`]),
    ...shown(request.extras, "items").map((text) => `  ${value(text)}`),
    `  Presentation Contexts: ${contexts.length} proposed, ` +
    (call.accepted ? `${accepted} accepted` : "association rejected"),
    ...shown(contexts.map(contextText), "contexts")
      .map((text) => `    ${text}`),
  ]);
}

function contextText(context: CalledContext): string {
  const { id, abstractSyntax, result, transferSyntax } = context;
  const syntaxes = shown(
    context.transferSyntaxes.slice(0, MOST_SHOWN).map(nameOf),
    "transfer syntaxes",
    8,
  ).join(", ");
  const what = `${id} ${nameOf(abstractSyntax)}`;
  if (result === undefined) return `${what} [${syntaxes}]`;
  return result === 0
    ? `${what}: accepted, ${nameOf(transferSyntax ?? "")} of [${syntaxes}]`
    : `${what}: ${contextResultText(result).toLowerCase()} [${syntaxes}]`;
}

const IDENTITY_TYPES: Readonly<Record<number, string>> = {
  1: "user name",
  2: "user name and passcode",
  3: "Kerberos service ticket",
  4: "SAML assertion",
  5: "JSON Web Token",
};

/** The name of a type of user identity (PS3.7 Table D.3-14). */
export function identityType({ type }: CallerIdentity): string {
  return IDENTITY_TYPES[type] ?? `type ${type}`;
}

function identityText(identity: CallerIdentity): string {
  const { userName, secret, responseRequested } = identity;
  return [
    identityType(identity),
    ...(userName === undefined ? [] : [value(userName)]),
    ...(secret ? ["secret not shown"] : []),
    ...(responseRequested ? ["positive response requested"] : []),
  ].join(", ");
}

/** Told when the connection is over. */
export function endText(call: Call): string {
  const { number, from, duration } = call;
  const seconds = (duration / 1000).toFixed(3);
  return lines([`#${number} ${from} ${outcomeText(call)} (${seconds} s)`]);
}

/** "2 echoes answered, released" */
function outcomeText({ echoes, end }: Call): string {
  const answered = echoes === 0 ? "" : `${counted(echoes, "echo")} answered, `;
  return answered + endReason(end);
}

/** All of a call in one line, without a line break. */
export function callText(call: Call): string {
  const { number, from, request } = call;
  return [
    `#${number} ${from}`,
    ...(request === undefined ? [] : [callerText(request)]),
    outcomeText(call),
  ].join(": ");
}

function callerText(request: CallerRequest): string {
  const { contexts, identity } = request;
  const accepted = contexts.filter(({ result }) => result === 0).length;
  return [
    `${value(request.callingAeTitle)} calls ${value(request.calledAeTitle)}`,
    value(request.implementationVersionName || request.implementationClassUid),
    `${accepted} of ${counted(contexts.length, "context")} accepted`,
    ...(identity === undefined ? [] : [identityText(identity)]),
  ].join(", ");
}

/** "1 echo", "2 echoes" */
export function counted(
  count: number,
  what: "association" | "call" | "connection" | "context" | "echo",
): string {
  const ending = count === 1 ? "" : what === "echo" ? "es" : "s";
  return `${count} ${what}${ending}`;
}

/** How it ended, in words; safe to print. */
export function endReason(end: CallEnd): string {
  switch (end.kind) {
    case "released":
      return "released";
    case "rejected": {
      const { result, source, reason } = describeRejection(end.pdu);
      return `rejected by us: ${result}, ${source}, ${reason}`;
    }
    case "aborted-by-caller": {
      const { source, reason } = describeAbort(end);
      return `aborted by the caller: ${source}` +
        (reason === undefined ? "" : `, ${reason}`);
    }
    case "closed-by-caller":
      return "closed by the caller without a release";
    case "silent":
      return "ended by us: the caller was silent for too long";
    case "not-an-echo":
      return "aborted by us: only C-ECHO is answered here";
    case "violation":
      return `aborted by us: ${escapeControls(end.text)}`;
    case "tls-failed":
      return `no TLS: ${escapeControls(end.text)}`;
    case "stopped":
      return "ended by us: no longer listening";
  }
}

/** Told in the end. */
export function summaryText(counts: CallCounts): string {
  const { connections, accepted, echoes } = counts;
  return lines([
    `Connections: ${connections}, associations accepted: ${accepted}, ` +
    `echoes answered: ${echoes}${waysText(counts)}`,
  ]);
}

/** " (2 released, 1 rejected)"; empty: none has ended. */
export function waysText({ ends }: CallCounts): string {
  const ways = Object.entries(ends)
    .filter(([, count]) => count > 0)
    .map(([end, count]) => `${count} ${end}`);
  return ways.length === 0 ? "" : ` (${ways.join(", ")})`;
}

function lines(all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join("");
}
