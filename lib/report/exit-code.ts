/** The exit code of a verification: the one place where it is decided. */

import type { Outcome } from "../verify/outcome.ts";

/** Exit codes of the reference that this program uses. */
export const EXIT_CODE = {
  verified: 0,
  /** Command line, connection, rejection, no presentation context, release. */
  failed: 1,
  /** A certificate that was to be judged is not good. */
  badInputFile: 22,
  /** Association aborted, or echo failed. */
  echoFailed: 70,
  /** What should not happen; the same number as EX_SOFTWARE of sysexits. */
  internalError: 70,
} as const;

/** 0 for a peer that was verified and for no other. */
export function exitCode(outcome: Outcome): number {
  const { failure } = outcome;
  if (failure === undefined) return EXIT_CODE.verified;
  return failure.stage === "echo" ? EXIT_CODE.echoFailed : EXIT_CODE.failed;
}
