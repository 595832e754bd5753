/** A few words beside the reference's lines, for a person at a terminal. */

import type { Diagnosis } from "../result/types.ts";
import { WIDTH, wrapWords } from "./wrap.ts";

const MARK = "hint: ";
const STEP = "- ";

/** Lines that a hint has at most. */
const MOST = 4;

/**
 * Nothing for whoever has ended the run. Else the cause, then as many of the next steps as there is room for, the most
 * likely first. Every line is marked, so that nobody takes it for the log.
 */
export function hintLines(
  { code, cause, next }: Diagnosis,
): readonly string[] {
  if (code === "interrupted") return [];
  const lines = wrapWords(cause, WIDTH - MARK.length).slice(0, MOST - 1);
  for (const step of next) {
    const wrapped = wrapWords(step, WIDTH - MARK.length - STEP.length);
    if (lines.length + wrapped.length > MOST) break;
    lines.push(
      ...wrapped.map((line, index) => `${index === 0 ? STEP : "  "}${line}`),
    );
  }
  return lines.map((line) => `${MARK}${line}`);
}
