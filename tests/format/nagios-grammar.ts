/**
 * The output of a plugin by the grammar of the Nagios plugin guidelines:
 *
 *     output  = first [ "|" perfdata ] LF *( line LF )
 *                 [ line "|" perfdata LF *( perfdata LF ) ]
 *     perfdata = item *( SP item )
 *     item    = "'" label "'=" value [unit] [";" warn [";" crit [";" min
 *               [";" max]]]]
 */

import assert from "node:assert/strict";

export interface Item {
  readonly label: string;
  readonly value: number;
  readonly unit: string;
  readonly warning: string;
  readonly critical: string;
  readonly minimum: string;
  readonly maximum: string;
}

export interface Output {
  readonly state: string;
  readonly text: string;
  readonly lines: readonly string[];
  readonly performance: readonly Item[];
}

const NUMBER = String.raw`-?\d+(?:\.\d+)?`;
const RANGE = `@?(?:(?:${NUMBER}|~):)?(?:${NUMBER})?`;
const ITEM = new RegExp(
  `'([^'=|]+)'=(${NUMBER})(s|us|ms|%|[KMGT]?B|c|)` +
    `(?:;(${RANGE})(?:;(${RANGE})(?:;((?:${NUMBER})?)(?:;((?:${NUMBER})?))?)?)?)?` +
    "(?: +|$)",
  "y",
);

/** Fails on what the grammar does not have. */
export function parseOutput(output: string): Output {
  assert.ok(output.endsWith("\n"));
  const [first = "", ...more] = output.slice(0, -1).split("\n");
  const [head, data = ""] = halves(first);
  const match = /^DICOM (OK|WARNING|CRITICAL|UNKNOWN) - (\S.*)$/.exec(head);
  assert.ok(match, head);
  const at = more.findIndex((line) => line.includes("|"));
  const lines = at < 0 ? more : more.slice(0, at);
  const tail: string[] = [data];
  if (at >= 0) {
    const [last, firstData] = halves(more[at] ?? "");
    lines.push(last);
    tail.push(firstData ?? "", ...more.slice(at + 1));
  }
  return {
    state: match[1] ?? "",
    text: match[2] ?? "",
    lines,
    performance: tail.flatMap(parseItems),
  };
}

function halves(line: string): readonly [string, string | undefined] {
  const parts = line.split("|");
  assert.ok(parts.length <= 2, `two pipes: ${line}`);
  return [(parts[0] ?? "").trimEnd(), parts[1]];
}

function parseItems(text: string): Item[] {
  const trimmed = text.trim();
  const items: Item[] = [];
  ITEM.lastIndex = 0;
  while (ITEM.lastIndex < trimmed.length) {
    const from = ITEM.lastIndex;
    const match = ITEM.exec(trimmed);
    assert.ok(match, `no performance data: ${trimmed.slice(from)}`);
    const [, label = "", value, unit = "", ...rest] = match;
    const [warning = "", critical = "", minimum = "", maximum = ""] = rest;
    items.push({
      label,
      value: Number(value),
      unit,
      warning,
      critical,
      minimum,
      maximum,
    });
  }
  return items;
}
