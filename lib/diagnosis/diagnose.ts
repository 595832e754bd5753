/** From the result of a check to its cause and what to do about it. Pure. */

import { escapeControls } from "../base/text.ts";
import type { DiagnosisHints } from "../result/run.ts";
import type { CauseCode, Diagnosis } from "../result/types.ts";
import { ASSOCIATION_CAUSES } from "./association-causes.ts";
import { CERTIFICATE_CAUSES } from "./certificate-causes.ts";
import { classify } from "./classify.ts";
import { EXCHANGE_CAUSES } from "./exchange-causes.ts";
import type {
  CauseEntry,
  Finding,
  Particulars,
  Undiagnosed,
} from "./finding.ts";
import { ownAddress, peerName, sentTitle } from "./names.ts";
import { NETWORK_CAUSES } from "./network-causes.ts";
import { TLS_CAUSES } from "./tls-causes.ts";

export type { Undiagnosed } from "./finding.ts";

/** The words for every cause there is. */
export const CAUSES: Readonly<Record<CauseCode, CauseEntry>> = {
  ...NETWORK_CAUSES,
  ...TLS_CAUSES,
  ...CERTIFICATE_CAUSES,
  ...ASSOCIATION_CAUSES,
  ...EXCHANGE_CAUSES,
};

/** The called title that holds without an option. */
const DEFAULT_CALLED = "ANY-SCP";

/** Undefined: the peer is verified. */
export function diagnose(
  result: Undiagnosed,
  hints: DiagnosisHints,
): Diagnosis | undefined {
  const { failure } = result.outcome;
  if (failure === undefined) return undefined;
  const finding = classify(result, failure, hints);
  const entry = CAUSES[finding.code];
  const particulars = particularsOf(result, finding, hints);
  return {
    stage: finding.stage,
    code: finding.code,
    cause: escapeControls(entry.cause(particulars)),
    next: entry.next(particulars).map(escapeControls),
    // Of an end that we have made the reference has none.
    condition: failure.cause.kind === "interrupted"
      ? undefined
      : failure.condition,
    transient: finding.transient ?? entry.transient,
  };
}

function particularsOf(
  { target, addresses, started, duration }: Undiagnosed,
  finding: Finding,
  { settings, deadline }: DiagnosisHints,
): Particulars {
  const own = ownAddress(addresses);
  return {
    ...finding,
    host: escapeControls(target.host),
    port: target.port,
    peer: peerName(target, addresses),
    calling: sentTitle(target.callingAeTitle),
    called: sentTitle(target.calledAeTitle),
    calledByDefault: target.calledAeTitle === DEFAULT_CALLED,
    own,
    from: own ?? "this host",
    tls: target.tls,
    settings,
    deadline,
    time: new Date(started.getTime() + duration),
  };
}
