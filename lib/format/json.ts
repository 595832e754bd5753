/** JSON: all peers in one document, or a line for each (JSON Lines). Pure. */

import { escapeControls } from "../base/text.ts";
import type { PeerResult } from "../result/types.ts";
import {
  type Json,
  peerDocument,
  PROGRAM,
  SCHEMA_VERSION,
} from "./document.ts";
import type { LeftOut } from "./options.ts";

/** One document, indented. */
export function jsonReport(
  results: readonly PeerResult[],
  now: Date,
  leftOut: readonly LeftOut[] = [],
): string {
  const failed = results.filter(({ diagnosis }) => diagnosis !== undefined);
  return `${
    harmless({
      schemaVersion: SCHEMA_VERSION,
      program: PROGRAM,
      summary: {
        peers: results.length,
        verified: results.length - failed.length,
        failed: failed.length,
        leftOut: leftOut.length,
      },
      results: results.map((result) => peerDocument(result, now)),
      leftOut: leftOut.map(leftOutDocument),
    }, 2)
  }\n`;
}

/** One line, which can be written as soon as the peer is checked. */
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
export function jsonLeftOutLine(leftOut: LeftOut): string {
  return `${
    harmless({
      schemaVersion: SCHEMA_VERSION,
      program: PROGRAM,
      outcome: "left-out",
      leftOut: leftOutDocument(leftOut),
    })
  }\n`;
}

/** What was left out comes first: it is known before anything is checked. */
export function jsonLines(
  results: readonly PeerResult[],
  now: Date,
  leftOut: readonly LeftOut[] = [],
): string {
  return [
    ...leftOut.map(jsonLeftOutLine),
    ...results.map((result) => jsonLine(result, now)),
  ].join("");
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
