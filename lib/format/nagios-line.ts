/** The parts of a line of a Nagios plugin, by the plugin guidelines. Pure. */

import { escapeControls, hex } from "../base/text.ts";
import type { Range } from "../result/settings.ts";
import type { Formatted } from "./options.ts";
import { rangeText } from "./range.ts";
import { displayWidth, fitted } from "./width.ts";

/** From best to worst. */
export const STATES = ["OK", "WARNING", "UNKNOWN", "CRITICAL"] as const;

export type State = (typeof STATES)[number];

/** Exit codes of the guidelines. */
export const STATE_EXIT = {
  OK: 0,
  WARNING: 1,
  CRITICAL: 2,
  UNKNOWN: 3,
} as const;

export function worst(states: readonly State[]): State {
  return STATES[Math.max(0, ...states.map((one) => STATES.indexOf(one)))] ??
    "UNKNOWN";
}

/** One line without what the guidelines give a meaning. */
export function nagiosText(text: string): string {
  return escapeControls(text).replaceAll("|", `\\x${hex(0x7c, 2)}`);
}

/** What a label may not contain is taken out. */
export function labelText(text: string): string {
  return nagiosText(text).replace(/['=]/g, "_");
}

/** One value of the performance data. */
export interface Performance {
  readonly label: string;
  /** Decimal, no exponent. */
  readonly value: string;
  readonly unit: "" | "s" | "%";
  readonly warning?: Range | undefined;
  readonly critical?: Range | undefined;
  readonly minimum?: string;
  readonly maximum?: string;
}

export function performanceText(data: Performance): string {
  const fields = [
    `'${labelText(data.label)}'=${data.value}${data.unit}`,
    data.warning === undefined ? "" : rangeText(data.warning),
    data.critical === undefined ? "" : rangeText(data.critical),
    data.minimum ?? "",
    ...(data.maximum === undefined ? [] : [data.maximum]),
  ];
  return fields.join(";");
}

/** In columns, of the first line: more is cut off by some. */
const FIRST_LINE_WIDTH = 80;

/** What is to be laid out; all texts are escaped. */
export interface Output {
  readonly state: State;
  /** Should say it all in one line. */
  readonly text: string;
  /** Further lines; at least one, if there is performance data. */
  readonly lines: readonly string[];
  /** They say all of the text again. */
  readonly linesSayAll: boolean;
  /** For the first line, if there is room. */
  readonly performance: readonly Performance[];
  /** For later lines. */
  readonly morePerformance: readonly Performance[];
}

/**
 * The first line is a short one. A text that has no room in it is the second
 * line, and performance data then comes where the guidelines have it: behind
 * the last line of text.
 */
export function layOut(
  { state, text, lines, linesSayAll, performance, morePerformance }: Output,
): Formatted {
  const whole = `DICOM ${state} - ${text}`;
  const head = fitted(whole, FIRST_LINE_WIDTH);
  const data = performance.map(performanceText);
  const full = data.length === 0 ? head : `${head} | ${data.join(" ")}`;
  const fits = displayWidth(full) <= FIRST_LINE_WIDTH;
  const further = head === whole || linesSayAll ? lines : [text, ...lines];
  const late = [
    ...(fits ? [] : data),
    ...morePerformance.map(performanceText),
  ];
  const last = late[0] === undefined
    ? further.slice(-1)
    : [`${further.at(-1) ?? ""} | ${late[0]}`];
  const all = [
    fits ? full : head,
    ...further.slice(0, -1),
    ...last,
    ...late.slice(1),
  ];
  return {
    text: all.map((line) => `${line}\n`).join(""),
    exit: STATE_EXIT[state],
  };
}

/** What there is to say where no peer was checked: a fault of our own. */
export function nagiosUnknown(text: string): Formatted {
  return layOut({
    state: "UNKNOWN",
    text: nagiosText(text),
    lines: [],
    linesSayAll: false,
    performance: [],
    morePerformance: [],
  });
}
