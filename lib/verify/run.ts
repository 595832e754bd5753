/** What the stages of one verification share. */

import type { Condition } from "../base/condition.ts";
import type { UpperLayer } from "../association/upper-layer.ts";
import type { Deadlines, Interruption } from "../net/deadline.ts";
import type { Connect, Secure } from "../net/transport.ts";
import type { VerificationEvent } from "./event.ts";
import type { VerificationSettings } from "./settings.ts";
import type { StageFailure } from "./stages.ts";

/** What a verification needs from outside. */
export interface VerificationHost {
  readonly connect: Connect;
  /** Undefined: the transport is TCP as it is. */
  readonly secure?: Secure | undefined;
  /** A monotonic clock in milliseconds. */
  readonly now: () => number;
  /** Told of everything as it happens. */
  readonly observe: (event: VerificationEvent) => void;
  /**
   * Whether `observe` is told of the steps of the protocol, too: many, and of
   * use to a debug log only. Left out: it is.
   */
  readonly steps?: boolean;
  /** Settles when `observe` has caught up; undefined, or left out: it has. */
  readonly behind?: () => Promise<void> | undefined;
  /** Aborted: the association is aborted on the wire and the run ends. */
  readonly signal: Interruption | undefined;
  /**
   * Why no command set can be built, as the reference has it without a usable
   * data dictionary; undefined: it can.
   */
  readonly dictionaryFault: Condition | undefined;
}

/** One verification under way. */
export interface Run {
  readonly settings: VerificationSettings;
  readonly host: VerificationHost;
  readonly layer: UpperLayer;
  /** Told of steps that the upper layer knows nothing of; undefined: nobody. */
  readonly step?: VerificationHost["observe"] | undefined;
  /** Expire when the host's signal is aborted. */
  readonly deadlines: Deadlines;
  /** Notes a failure that does not end the run; the first one counts. */
  readonly note: (failure: StageFailure) => void;
}
