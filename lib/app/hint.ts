/** A few words more for a person at a terminal, when a drop-in call fails. */

import { diagnose } from "../diagnosis/diagnose.ts";
import type { Host } from "../host.ts";
import { hintLines } from "../report/hint.ts";
import type { Diagnosis } from "../result/types.ts";
import { targetOf, unmeasured } from "../result/unmeasured.ts";
import type { TlsFailure } from "../tls/failure.ts";
import type { Failure, Outcome } from "../verify/outcome.ts";
import type { VerificationSettings } from "../verify/settings.ts";
import { setUpResult } from "./tls-failure.ts";

/** What is known when nothing was measured. */
export interface Failed {
  readonly outcome: Outcome;
  readonly settings: VerificationSettings;
  readonly tls: boolean;
  readonly tlsFailure: TlsFailure | undefined;
}

/** Tells the cause and what to check next, marked so as to be no log line. */
export function giveHint(
  { outcome, settings, tls, tlsFailure }: Failed,
  host: Host,
): void {
  const result = unmeasured(targetOf(settings, tls), outcome);
  const hints = { settings, deadline: undefined };
  tell(diagnose({ ...result, tlsFailure }, hints), host);
}

/** The same where TLS could not even be set up. */
export function giveSetUpHint(
  settings: VerificationSettings,
  failure: Failure,
  host: Host,
): void {
  const target = targetOf(settings, true);
  tell(setUpResult(target, settings, failure).diagnosis, host);
}

function tell(diagnosis: Diagnosis | undefined, host: Host): void {
  if (diagnosis === undefined) return;
  for (const line of hintLines(diagnosis)) host.writeError(`${line}\n`);
}
