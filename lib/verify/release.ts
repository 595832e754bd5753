/** The orderly end of an association (PS3.8 section 7.2). */

import {
  expiryFault,
  faultCondition,
  faultOf,
  type PeerFault,
} from "../association/fault.ts";
import { ExpiredError, milliseconds } from "../net/deadline.ts";
import type { Run } from "./run.ts";
import { StageFailure } from "./stages.ts";

/**
 * Requests the release and waits for the answer, both together within the ACSE
 * timeout. Where the requests of both sides cross, the peer's is answered and
 * the answer to ours awaited (PS3.8 9.2, AR-8 and AR-9).
 *
 * @param tell whether a failure is worth an event: it is not where the
 * association was of no use anyway.
 * @throws {StageFailure}
 */
export async function release(run: Run, tell: boolean): Promise<void> {
  const { layer, settings } = run;
  using deadline = run.deadlines.start(milliseconds(settings.acseTimeout));
  try {
    await layer.requestRelease(deadline);
    for (;;) {
      const answer = await layer.receive(deadline);
      switch (answer.kind) {
        case "release-confirm":
          return;
        case "release-request":
          await layer.respondToRelease(deadline);
          break;
        case "abort":
        case "closed":
        case "p-data":
        case "provider-abort":
          throw faulted(run, faultOf(answer), tell);
        default:
          throw new Error(`${answer.kind} while a release is awaited`);
      }
    }
  } catch (error) {
    if (!(error instanceof ExpiredError)) throw error;
    throw faulted(run, expiryFault(error.expiry, layer.midPdu), tell);
  }
}

function faulted(run: Run, fault: PeerFault, tell: boolean): StageFailure {
  const condition = faultCondition(fault);
  if (tell && fault.kind !== "interrupted") {
    run.host.observe({ kind: "release-failed", condition });
  }
  return new StageFailure(fault, condition);
}
