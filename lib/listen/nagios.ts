/** The sums of a listening end as a Nagios plugin tells them. Pure. */

import type { Formatted } from "../format/options.ts";
import {
  layOut,
  nagiosText,
  type Performance,
  type State,
} from "../format/nagios-line.ts";
import { callText, counted, waysText } from "./text.ts";
import type { Call, CallCounts } from "./types.ts";

/** So many calls are shown, the last ones. */
const MOST_CALLS = 10;

/** The last calls, as lines. */
export class LastCalls {
  readonly #lines: string[] = [];
  #dropped = 0;

  add(call: Call): void {
    this.#lines.push(callText(call));
    if (this.#lines.length <= MOST_CALLS) return;
    this.#lines.shift();
    this.#dropped++;
  }

  get lines(): readonly string[] {
    return this.#dropped === 0
      ? this.#lines
      : [`… ${counted(this.#dropped, "call")} before these`, ...this.#lines];
  }
}

/**
 * OK if an echo was answered; CRITICAL if none was, whether or not somebody has
 * called; UNKNOWN if this program has failed.
 *
 * @param calls as lines, escaped or not.
 * @param faulty an error of our own has ended a call.
 */
export function listenVerdict(
  counts: CallCounts,
  calls: readonly string[],
  faulty: boolean,
): Formatted {
  const { connections, accepted, echoes, ends } = counts;
  const refused = ends.rejected + ends["tls-failed"];
  const { state, text } = faulty
    ? OUR_FAULT
    : echoes > 0
    ? { state: "OK", text: answered(counts, refused) } as const
    : { state: "CRITICAL", text: unanswered(counts) } as const;
  return layOut({
    state,
    text,
    lines: [
      `${counted(connections, "connection")}${waysText(counts)}`,
      ...calls.map(nagiosText),
    ],
    linesSayAll: false,
    performance: [
      count("echoes", echoes),
      count("associations", accepted),
      count("refused", refused),
      count("connections", connections),
    ],
    morePerformance: [],
  });
}

const OUR_FAULT: { readonly state: State; readonly text: string } = {
  state: "UNKNOWN",
  text: "an internal error has ended a call, see standard error",
};

function answered({ echoes, accepted }: CallCounts, refused: number): string {
  return `${counted(echoes, "echo")} answered, ` +
    `${counted(accepted, "association")}, ${refused} refused`;
}

function unanswered(counts: CallCounts): string {
  const { connections } = counts;
  return connections === 0
    ? "nobody has called"
    : `no echo answered on ${counted(connections, "connection")}` +
      waysText(counts);
}

function count(label: string, value: number): Performance {
  return { label, value: `${value}`, unit: "", minimum: "0" };
}
