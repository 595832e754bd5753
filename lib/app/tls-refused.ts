/** TLS that cannot be set up, and the word on why. */

import { type Condition, formatCondition } from "../base/condition.ts";
import { app, type Log } from "../log/log.ts";
import { EXIT_CODE } from "../report/exit-code.ts";

/** Nothing can be done; all is said. */
export interface Refused {
  readonly kind: "refused";
  readonly exit: number;
  readonly condition: Condition;
}

/** Tells why nothing can be done. */
export function refuse(condition: Condition, log: Log): Refused {
  log.write(app("fatal", formatCondition(condition)));
  return { kind: "refused", exit: EXIT_CODE.failed, condition };
}
