/** TLS that could not be set up, as the result of a check. */

import { diagnose } from "../diagnosis/diagnose.ts";
import type { PeerResult, Target } from "../result/types.ts";
import { unstarted } from "../result/unmeasured.ts";
import type { Failure } from "../verify/outcome.ts";
import type { VerificationSettings } from "../verify/settings.ts";

/** Of a peer to which nothing was sent. */
export function setUpResult(
  target: Target,
  settings: VerificationSettings,
  failure: Failure,
): PeerResult {
  const result = unstarted(target, failure, "tls");
  const diagnosis = diagnose(result, { settings, deadline: undefined });
  return {
    ...result,
    diagnosis: diagnosis?.code === "interrupted"
      ? { ...diagnosis, cause: "interrupted before anything was sent" }
      : diagnosis,
  };
}
