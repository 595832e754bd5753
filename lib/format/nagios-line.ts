/** The parts of a line of a Nagios plugin, by the plugin guidelines. Pure. */

import { escapeControls, hex } from "../base/text.ts";
import type { Range } from "../result/settings.ts";
import type { Formatted } from "./options.ts";
import { rangeText } from "./range.ts";

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

/** What there is to say where no peer was checked: a fault of our own. */
export function nagiosUnknown(text: string): Formatted {
  return {
    text: `DICOM UNKNOWN - ${nagiosText(text)}\n`,
    exit: STATE_EXIT.UNKNOWN,
  };
}
