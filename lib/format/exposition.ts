/** The Prometheus text format, version 0.0.4. Pure. */

import { escapeControls } from "../base/text.ts";

export type Labels = Readonly<Record<string, string>>;

export interface Sample {
  readonly labels: Labels;
  readonly value: number;
  /** "_sum" or "_count" of a summary; undefined: none. */
  readonly suffix?: string;
}

/** All that is said under one name; units are base units. */
export interface Family {
  readonly name: string;
  readonly type: "gauge" | "counter" | "summary";
  /** One line. */
  readonly help: string;
  readonly samples: readonly Sample[];
}

/**
 * HELP and TYPE once for each family that has samples. What is dangerous in
 * labels is escaped, and what the format wants escaped as well.
 */
export function exposition(families: readonly Family[]): string {
  return families.filter(({ samples }) => samples.length > 0)
    .map(familyText).join("");
}

function familyText({ name, type, help, samples }: Family): string {
  const lines = samples.map(({ labels, value, suffix = "" }) =>
    `${name}${suffix}${labelsText(labels)} ${valueText(value)}\n`
  );
  const escaped = help.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
  return `# HELP ${name} ${escaped}\n# TYPE ${name} ${type}\n${lines.join("")}`;
}

function labelsText(labels: Labels): string {
  const parts = Object.entries(labels)
    .map(([name, value]) => `${name}="${labelValue(value)}"`);
  return parts.length === 0 ? "" : `{${parts.join(",")}}`;
}

function labelValue(text: string): string {
  return escapeControls(text).replace(/[\\"]/g, "\\$&");
}

function valueText(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? "+Inf" : "-Inf";
}
