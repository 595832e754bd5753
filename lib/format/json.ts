/** JSON: all peers in one document, or a line for each (JSON Lines). Pure. */

import { escapeControls } from "../base/text.ts";
import type { PeerResult } from "../result/types.ts";
import {
  type Json,
  peerDocument,
  PROGRAM,
  SCHEMA_VERSION,
} from "./document.ts";
import type { LeftOut, Report, ReportOptions, Taken } from "./options.ts";

/**
 * One document, indented. What can be known only at the end stands there, so
 * that the results need not be kept until then.
 */
export function jsonReport({ leftOut = [] }: ReportOptions): Report {
  let count = 0;
  let failures = 0;
  const take = (result: PeerResult, now: Date): Taken => {
    const text = indented(peerDocument(result, now), 4);
    const failed = result.diagnosis !== undefined;
    return () => {
      if (failed) failures++;
      return `${count++ === 0 ? "" : ","}\n    ${text}`;
    };
  };
  return {
    begin: `{
  "schemaVersion": ${SCHEMA_VERSION},
  "program": ${indented(PROGRAM, 2)},
  "results": [`,
    take,
    end: () => {
      const summary = {
        peers: count,
        verified: count - failures,
        failed: failures,
        leftOut: leftOut.length,
      };
      return {
        rest: [
          `${count === 0 ? "" : "\n  "}],
  "leftOut": ${indented(leftOut.map(leftOutDocument), 2)},
  "summary": ${indented(summary, 2)}
}
`,
        ],
      };
    },
  };
}

/** As it stands in a document, `depth` columns from the left. */
function indented(document: Json, depth: number): string {
  return harmless(document, 2).replaceAll("\n", `\n${" ".repeat(depth)}`);
}

/** A line for each; what was left out comes first, for it is known first. */
export function jsonLinesReport({ leftOut = [] }: ReportOptions): Report {
  return {
    begin: leftOut.map(jsonLeftOutLine).join(""),
    take: (result, now) => {
      const line = jsonLine(result, now);
      return () => line;
    },
    end: () => ({ rest: [] }),
  };
}

/** One line. */
export function jsonLine(result: PeerResult, now: Date): string {
  return `${
    harmless({
      schemaVersion: SCHEMA_VERSION,
      program: PROGRAM,
      ...peerDocument(result, now),
    })
  }\n`;
}

/** One line for what was left out of a peers file. */
function jsonLeftOutLine(leftOut: LeftOut): string {
  return `${
    harmless({
      schemaVersion: SCHEMA_VERSION,
      program: PROGRAM,
      outcome: "left-out",
      leftOut: leftOutDocument(leftOut),
    })
  }\n`;
}

function leftOutDocument({ line, reason }: LeftOut): Json {
  return { line: line ?? null, reason: escapeControls(reason) };
}

/**
 * Values stay what they are, yet the text can be shown on a terminal: what
 * `JSON.stringify` leaves of control and format characters is escaped as well.
 */
function harmless(document: Json, indent?: number): string {
  return JSON.stringify(document, undefined, indent).replace(
    /[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}]/gu,
    (c) => c.split("").map(unicodeEscape).join(""),
  );
}

/** @param unit one unit of UTF-16 */
function unicodeEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
