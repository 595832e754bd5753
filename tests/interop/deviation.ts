/** What a difference from the reference is, and in which lines it shows. */

/** One difference, and what it does to the output of a case. */
export interface Deviation {
  /** Short name, unique. */
  readonly id: string;
  readonly reference: string;
  readonly ours: string;
  readonly reason: string;
  /** Ours, where it is not that of the reference. */
  readonly exitCode?: number;
  /** Lines on standard error that only ours has: each must be there. */
  readonly onlyOurs?: readonly RegExp[];
  /** Lines on standard error that only the reference has: each must be there. */
  readonly onlyReference?: readonly RegExp[];
  /** Standard output is not compared, but must not be empty. */
  readonly ownWords?: true;
}

/** The same difference where it shows in other lines or another exit code. */
export function showing(
  deviation: Deviation,
  effect: Pick<Deviation, "exitCode" | "onlyOurs" | "onlyReference">,
): Deviation {
  return { ...deviation, ...effect };
}

/** All lines of a usage error, the last of which is `error: ` and `text`. */
export function usageError(text: string): readonly RegExp[] {
  return [
    /^<banner>$/,
    /^$/,
    /^echoscu: DICOM verification \(C-ECHO\) SCU$/,
    new RegExp(`^error: ${text}$`),
  ];
}

/** The lines at trace level that tell of one step of the state machine. */
export function transition(
  state: number,
  event: number,
  eventName: string,
  action: string,
): readonly RegExp[] {
  const literally = (text: string): RegExp =>
    new RegExp(`^${text.replace(/[()/]/g, "\\$&")}$`);
  return [
    literally(`T: DUL  FSM Table: State: ${state} Event: ${event}`),
    literally(`T: DUL  Event:  ${eventName}`),
    literally(`T: DUL  Action: ${action}`),
  ];
}

export const CLOSED_AFTER_ABORT = transition(
  13,
  16,
  "Transport connection closed",
  "AR 5 Stop ARTIM timer",
);

/** The user aborts in `state`, and the peer closes. */
export function abortedIn(state: number): readonly RegExp[] {
  return [
    ...transition(
      state,
      14,
      "A-ABORT request primitive",
      "AA 1 Send A ABORT PDU",
    ),
    ...CLOSED_AFTER_ABORT,
  ];
}
