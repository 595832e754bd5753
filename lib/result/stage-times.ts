/** The stages as a person thinks of them, out of those of a verification. Pure. */

import type { StageRecord } from "../verify/outcome.ts";
import type { PersonStage, StageTime } from "./types.ts";

/** What the records do not tell. */
export interface StageFacts {
  /** How long the look-up took in milliseconds; undefined: none was made. */
  readonly lookup:
    | { readonly duration: number }
    /** It did not come to an end. */
    | "unfinished"
    | undefined;
  /** Time between echoes in which nothing was to be done, in milliseconds. */
  readonly paused: number;
  /** The exchanges were over, so that an A-ABORT was the ending asked for. */
  readonly ended: boolean;
}

/** In the order in which they were reached. */
export function stageTimes(
  records: readonly StageRecord[],
  facts: StageFacts,
): readonly StageTime[] {
  return records.flatMap((record) => timesOf(record, facts));
}

function timesOf(
  { stage, duration, fault }: StageRecord,
  { lookup, paused, ended }: StageFacts,
): StageTime[] {
  const time = (stage: PersonStage, duration: number): StageTime => ({
    stage,
    duration: Math.max(0, duration),
    ok: fault === undefined,
  });
  switch (stage) {
    case "connect": {
      const illegal = fault?.cause.kind === "transport" &&
        fault.cause.fault === "illegal-peer";
      if (lookup === "unfinished" || illegal) return [time("lookup", duration)];
      if (lookup === undefined) return [time("connect", duration)];
      return [
        { stage: "lookup", duration: lookup.duration, ok: true },
        time("connect", duration - lookup.duration),
      ];
    }
    case "echo":
      return [time("echo", duration - paused)];
    case "abort":
      return ended ? [time("release", duration)] : [];
    default:
      return [time(stage, duration)];
  }
}
