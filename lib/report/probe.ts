/** What came of probing, for a person and for a program. Pure. */

import { VERIFICATION_SOP_CLASS } from "../base/uids.ts";
import { printable } from "../base/text.ts";
import { contextResultText } from "../pdu/reasons.ts";
import { nameOf } from "../probe/names.ts";
import type { ServiceGroup } from "../probe/services.ts";
import type {
  ContextAnswer,
  PeerIdentity,
  ProbeResult,
  ServiceAnswer,
} from "../probe/types.ts";

const GROUPS: readonly (readonly [ServiceGroup, string])[] = [
  ["verification", "Verification"],
  ["worklist", "Worklist"],
  ["query-retrieve", "Query/Retrieve"],
  ["workflow", "Workflow"],
  ["print", "Print"],
  ["image-storage", "Storage of images"],
  ["other-storage", "Storage of other objects"],
];

/** Identity, then each service with what was chosen, or why it is refused. */
export function probeText(result: ProbeResult): string {
  const { services, identity } = result;
  const accepted = services.filter((one) => one.accepted).length;
  const { length } = result.associations;
  const lines = [
    `Accepted: ${accepted} of ${services.length} services ` +
    `(${length} ${length === 1 ? "association" : "associations"}, ` +
    `${(result.duration / 1000).toFixed(3)} s)`,
    ...(identity === undefined ? [] : identityLines(identity)),
    ...GROUPS.flatMap(([group, title]) => groupLines(services, group, title)),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

/** Longest text of a peer that is shown. */
const MOST_LENGTH = 200;

function shown(text: string): string {
  return printable(text).slice(0, MOST_LENGTH) || "(none)";
}

function identityLines(identity: PeerIdentity): string[] {
  return [
    `Implementation Class UID:    ${shown(identity.implementationClassUid)}`,
    `Implementation Version Name: ${shown(identity.implementationVersionName)}`,
    `Maximum PDU Length:          ${identity.maximumLength || "no limit"}`,
    `Called AE Title Sent Back:   ${shown(identity.calledAeTitle)}`,
    ...identity.otherItems.map(({ item }) =>
      `Further Item:                ${item}`
    ),
  ];
}

function groupLines(
  services: readonly ServiceAnswer[],
  group: ServiceGroup,
  title: string,
): string[] {
  const members = services.filter(({ service }) => service.group === group);
  if (members.length === 0) return [];
  const width = Math.max(...members.map(({ service }) => service.name.length));
  const count = members.filter((one) => one.accepted).length;
  return [
    "",
    `${title}: ${count} of ${members.length}`,
    ...members.map(({ service, accepted, answers }) =>
      `  ${accepted ? "yes" : "no "}  ${service.name.padEnd(width)}  ${
        accepted ? chosen(answers) : whyNot(answers)
      }`
    ),
  ];
}

function chosen(answers: readonly ContextAnswer[]): string {
  return answers.flatMap(({ transferSyntax }) =>
    transferSyntax === undefined ? [] : [nameOf(transferSyntax)]
  ).join(", ");
}

/** All contexts of a service have different transfer syntaxes only. */
function whyNot(answers: readonly ContextAnswer[]): string {
  return [...new Set(answers.map(reason))].join(", ");
}

function reason({ verdict, result }: ContextAnswer): string {
  switch (verdict) {
    case "refused":
      return contextResultText(result ?? 0).toLowerCase();
    case "not-endured":
      return "the peer ends the association when it is proposed";
    case "not-asked":
      return "not asked";
    case "unanswered":
      return "not mentioned in the answer";
    case "accepted":
      return "accepted";
  }
}

/** Raised when a document of today breaks a program of yesterday. */
const SCHEMA_VERSION = 1;

/**
 * The same for a program: what is not known is null, text of the peer is as a
 * person may see it, times are in milliseconds. Why it failed is for the
 * diagnosis to tell.
 */
export function probeDocument(result: ProbeResult): ProbeDocument {
  const { outcome, identity, services, associations, duration } = result;
  const own = identity && {
    implementationClassUid: printable(identity.implementationClassUid),
    implementationVersionName: printable(identity.implementationVersionName),
    maximumLength: identity.maximumLength,
    calledAeTitle: printable(identity.calledAeTitle),
    callingAeTitle: printable(identity.callingAeTitle),
    otherItems: identity.otherItems.map(({ item }) => item),
  };
  return {
    schema: "echoscu-probe",
    schemaVersion: SCHEMA_VERSION,
    outcome: outcome.failure === undefined ? "probed" : "failed",
    failedStage: outcome.failure?.stage ?? null,
    durationMs: rounded(duration),
    verification: services.some(({ service, accepted }) =>
      accepted && service.uid === VERIFICATION_SOP_CLASS
    ),
    peer: own ?? null,
    associations: associations.map((one) => ({
      contexts: one.contexts,
      accepted: one.accepted ?? null,
      durationMs: rounded(one.duration),
      failedStage: one.failure?.stage ?? null,
      failure: one.failure?.cause.kind ?? null,
    })),
    services: services.map(({ service, accepted, answers }) => ({
      uid: service.uid,
      keyword: service.keyword,
      name: service.name,
      group: service.group,
      accepted,
      contexts: answers.map((answer) => ({
        family: answer.family,
        verdict: answer.verdict,
        result: answer.result ?? null,
        transferSyntax: answer.transferSyntax ?? null,
      })),
    })),
  };
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}

/** For `JSON.stringify`. */
export interface ProbeDocument {
  readonly schema: "echoscu-probe";
  readonly schemaVersion: number;
  readonly outcome: "probed" | "failed";
  readonly failedStage: string | null;
  readonly durationMs: number;
  /** Whether Verification is accepted. */
  readonly verification: boolean;
  readonly peer: {
    readonly implementationClassUid: string;
    readonly implementationVersionName: string;
    /** In bytes; 0: no limit. */
    readonly maximumLength: number;
    readonly calledAeTitle: string;
    readonly callingAeTitle: string;
    readonly otherItems: readonly string[];
  } | null;
  readonly associations: readonly {
    readonly contexts: number;
    readonly accepted: number | null;
    readonly durationMs: number;
    readonly failedStage: string | null;
    readonly failure: string | null;
  }[];
  readonly services: readonly {
    readonly uid: string;
    readonly keyword: string;
    readonly name: string;
    readonly group: ServiceGroup;
    readonly accepted: boolean;
    readonly contexts: readonly {
      readonly family: string;
      readonly verdict: ContextAnswer["verdict"];
      readonly result: number | null;
      readonly transferSyntax: string | null;
    }[];
  }[];
}
