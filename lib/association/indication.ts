/** What a PDU tells the user of the upper layer. Pure. */

import type { Pdu } from "../pdu/types.ts";
import type { Indication } from "./service.ts";
import type { Action } from "./states.ts";

/**
 * Actions on receiving a PDU (PS3.8 Tables 9-6 to 9-9) that indicate it;
 * undefined: the action does not, because the PDU is not expected.
 */
export function indicationOf(action: Action, pdu: Pdu): Indication | undefined {
  switch (pdu.type) {
    case "A-ASSOCIATE-RQ":
      return action === "AE-6" ? { kind: "associate-request", pdu } : undefined;
    case "A-ASSOCIATE-AC":
      return action === "AE-3" ? { kind: "associate-accept", pdu } : undefined;
    case "A-ASSOCIATE-RJ":
      return action === "AE-4" ? { kind: "associate-reject", pdu } : undefined;
    case "P-DATA-TF":
      return action === "DT-2" || action === "AR-6"
        ? { kind: "p-data", values: pdu.values }
        : undefined;
    case "A-RELEASE-RQ":
      return action === "AR-2" || action === "AR-8"
        ? { kind: "release-request", collision: action === "AR-8" }
        : undefined;
    case "A-RELEASE-RP":
      return action === "AR-3" || action === "AR-10"
        ? { kind: "release-confirm" }
        : undefined;
    case "A-ABORT":
      return { kind: "abort", source: pdu.source, reason: pdu.reason };
  }
}
