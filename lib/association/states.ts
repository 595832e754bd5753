/**
 * The DICOM upper layer protocol machine (PS3.8 section 9.2, Table 9-10) as a
 * table, with the standard's names of states, events and actions.
 */

export type State =
  | "Sta1"
  | "Sta2"
  | "Sta3"
  | "Sta4"
  | "Sta5"
  | "Sta6"
  | "Sta7"
  | "Sta8"
  | "Sta9"
  | "Sta10"
  | "Sta11"
  | "Sta12"
  | "Sta13";

/** Events of PS3.8 Table 9-10, in the order of its rows. */
export const EVENTS = [
  "A-ASSOCIATE request",
  "transport connection confirmation",
  "A-ASSOCIATE-AC PDU",
  "A-ASSOCIATE-RJ PDU",
  "transport connection indication",
  "A-ASSOCIATE-RQ PDU",
  "A-ASSOCIATE response (accept)",
  "A-ASSOCIATE response (reject)",
  "P-DATA request",
  "P-DATA-TF PDU",
  "A-RELEASE request",
  "A-RELEASE-RQ PDU",
  "A-RELEASE-RP PDU",
  "A-RELEASE response",
  "A-ABORT request",
  "A-ABORT PDU",
  "transport connection closed",
  "ARTIM timer expired",
  "unrecognized or invalid PDU",
] as const;

export type Event = (typeof EVENTS)[number];

/**
 * The state that each action leads to (PS3.8 Tables 9-6 to 9-9). Two actions
 * have a choice: AE-6 by whether the request is acceptable to the service
 * provider, AR-8 by which side requested the association.
 */
export const NEXT_STATE = {
  "AE-1": "Sta4",
  "AE-2": "Sta5",
  "AE-3": "Sta6",
  "AE-4": "Sta1",
  "AE-5": "Sta2",
  "AE-6": ["Sta3", "Sta13"],
  "AE-7": "Sta6",
  "AE-8": "Sta13",
  "DT-1": "Sta6",
  "DT-2": "Sta6",
  "AR-1": "Sta7",
  "AR-2": "Sta8",
  "AR-3": "Sta1",
  "AR-4": "Sta13",
  "AR-5": "Sta1",
  "AR-6": "Sta7",
  "AR-7": "Sta8",
  "AR-8": ["Sta9", "Sta10"],
  "AR-9": "Sta11",
  "AR-10": "Sta12",
  "AA-1": "Sta13",
  "AA-2": "Sta1",
  "AA-3": "Sta1",
  "AA-4": "Sta1",
  "AA-5": "Sta1",
  "AA-6": "Sta13",
  "AA-7": "Sta13",
  "AA-8": "Sta13",
} as const satisfies Record<string, State | readonly [State, State]>;

export type Action = keyof typeof NEXT_STATE;

/** What every state from Sta6 to Sta12 does unless its own row says else. */
const ESTABLISHED = {
  "A-ASSOCIATE-AC PDU": "AA-8",
  "A-ASSOCIATE-RJ PDU": "AA-8",
  "A-ASSOCIATE-RQ PDU": "AA-8",
  "P-DATA-TF PDU": "AA-8",
  "A-RELEASE-RQ PDU": "AA-8",
  "A-RELEASE-RP PDU": "AA-8",
  "A-ABORT request": "AA-1",
  "A-ABORT PDU": "AA-3",
  "transport connection closed": "AA-4",
  "unrecognized or invalid PDU": "AA-8",
} as const;

/** What each state does on each event; a pair that is missing cannot occur. */
export const TABLE: Readonly<
  Record<State, Readonly<Partial<Record<Event, Action>>>>
> = {
  Sta1: {
    "A-ASSOCIATE request": "AE-1",
    "transport connection indication": "AE-5",
  },
  Sta2: {
    "A-ASSOCIATE-AC PDU": "AA-1",
    "A-ASSOCIATE-RJ PDU": "AA-1",
    "A-ASSOCIATE-RQ PDU": "AE-6",
    "P-DATA-TF PDU": "AA-1",
    "A-RELEASE-RQ PDU": "AA-1",
    "A-RELEASE-RP PDU": "AA-1",
    "A-ABORT PDU": "AA-2",
    "transport connection closed": "AA-5",
    "ARTIM timer expired": "AA-2",
    "unrecognized or invalid PDU": "AA-1",
  },
  Sta3: {
    ...ESTABLISHED,
    "A-ASSOCIATE response (accept)": "AE-7",
    "A-ASSOCIATE response (reject)": "AE-8",
  },
  Sta4: {
    "transport connection confirmation": "AE-2",
    "A-ABORT request": "AA-2",
    "transport connection closed": "AA-4",
  },
  Sta5: {
    ...ESTABLISHED,
    "A-ASSOCIATE-AC PDU": "AE-3",
    "A-ASSOCIATE-RJ PDU": "AE-4",
  },
  Sta6: {
    ...ESTABLISHED,
    "P-DATA request": "DT-1",
    "P-DATA-TF PDU": "DT-2",
    "A-RELEASE request": "AR-1",
    "A-RELEASE-RQ PDU": "AR-2",
  },
  Sta7: {
    ...ESTABLISHED,
    "P-DATA-TF PDU": "AR-6",
    "A-RELEASE-RQ PDU": "AR-8",
    "A-RELEASE-RP PDU": "AR-3",
  },
  Sta8: {
    ...ESTABLISHED,
    "P-DATA request": "AR-7",
    "A-RELEASE response": "AR-4",
  },
  Sta9: { ...ESTABLISHED, "A-RELEASE response": "AR-9" },
  Sta10: { ...ESTABLISHED, "A-RELEASE-RP PDU": "AR-10" },
  Sta11: { ...ESTABLISHED, "A-RELEASE-RP PDU": "AR-3" },
  Sta12: { ...ESTABLISHED, "A-RELEASE response": "AR-4" },
  Sta13: {
    "A-ASSOCIATE-AC PDU": "AA-6",
    "A-ASSOCIATE-RJ PDU": "AA-6",
    "A-ASSOCIATE-RQ PDU": "AA-7",
    "P-DATA-TF PDU": "AA-6",
    "A-RELEASE-RQ PDU": "AA-6",
    "A-RELEASE-RP PDU": "AA-6",
    "A-ABORT PDU": "AA-2",
    "transport connection closed": "AR-5",
    "ARTIM timer expired": "AA-2",
    "unrecognized or invalid PDU": "AA-7",
  },
};

/** Thrown when the program itself asks for what its state does not allow. */
export class ForbiddenTransitionError extends Error {
  override readonly name = "ForbiddenTransitionError";
  constructor(readonly state: State, readonly event: Event) {
    super(`no action for "${event}" in ${state}`);
  }
}

/**
 * The action for an event in a state.
 *
 * @throws {ForbiddenTransitionError} for a pair that the table leaves empty.
 */
export function actionFor(state: State, event: Event): Action {
  const action = TABLE[state][event];
  if (action === undefined) throw new ForbiddenTransitionError(state, event);
  return action;
}

/**
 * The state after an action.
 *
 * @param second for AE-6 that the request is not acceptable, for AR-8 that
 * this side accepted the association; without meaning for other actions.
 */
export function stateAfter(action: Action, second: boolean): State {
  const next = NEXT_STATE[action];
  return typeof next === "string" ? next : next[second ? 1 : 0];
}
