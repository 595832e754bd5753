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
  /** An iterator makes them on the way, and once. */
  readonly samples: readonly Sample[] | IteratorObject<Sample>;
}

/**
 * HELP and TYPE once for each family that has samples. What is dangerous in
 * labels is escaped, and what the format wants escaped as well.
 */
export function exposition(families: Iterable<Family>): string {
  return [...expositionParts(families)].join("");
}

/** Of a part, in characters, or little more. */
const PART_LENGTH = 65_536;

/** The same piece by piece; a piece is whole lines. */
export function* expositionParts(
  families: Iterable<Family>,
): Generator<string> {
  for (const family of families) {
    const { name } = family;
    let part = "";
    let any = false;
    for (const { labels, value, suffix = "" } of family.samples) {
      if (!any) part += headText(family);
      any = true;
      part += `${name}${suffix}${labelsText(labels)} ${valueText(value)}\n`;
      if (part.length < PART_LENGTH) continue;
      yield part;
      part = "";
    }
    if (part !== "") yield part;
  }
}

function headText({ name, type, help }: Family): string {
  const escaped = help.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
  return `# HELP ${name} ${escaped}\n# TYPE ${name} ${type}\n`;
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
