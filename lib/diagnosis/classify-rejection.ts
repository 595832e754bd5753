/** What an A-ASSOCIATE-RJ says (PS3.8 Table 9-21). Pure. */

import {
  describeRejection,
  REJECT_REASON,
  REJECT_RESULT,
  REJECT_SOURCE,
} from "../pdu/reasons.ts";
import type { AssociateReject } from "../pdu/types.ts";
import type { CauseCode } from "../result/types.ts";
import type { Found } from "./finding.ts";

const { serviceUser, serviceProviderPresentation } = REJECT_REASON;

/** Source and reason together have a meaning; all others are one code. */
const CODES: readonly (readonly [number, number, CauseCode])[] = [
  [
    REJECT_SOURCE.serviceUser,
    serviceUser.calledAeTitleNotRecognized,
    "called-title-unknown",
  ],
  [
    REJECT_SOURCE.serviceUser,
    serviceUser.callingAeTitleNotRecognized,
    "calling-title-unknown",
  ],
  [
    REJECT_SOURCE.serviceProviderPresentation,
    serviceProviderPresentation.temporaryCongestion,
    "rejected-congestion",
  ],
  [
    REJECT_SOURCE.serviceProviderPresentation,
    serviceProviderPresentation.localLimitExceeded,
    "rejected-limit",
  ],
];

/** Congestion and limits pass, whatever the peer calls them. */
export function classifyRejection(pdu: AssociateReject): Found {
  const { result, source, reason } = describeRejection(pdu);
  const found = CODES.find(([of, why]) =>
    of === pdu.source && why === pdu.reason
  );
  const code = found?.[2] ?? "rejected-other";
  const passes = pdu.result === REJECT_RESULT.transient ||
    code === "rejected-congestion" || code === "rejected-limit";
  return {
    code,
    seen: `${result}, ${source}: ${reason}`,
    transient: passes,
  };
}
