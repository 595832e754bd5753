/** The table for people, of one peer or many. Pure. */

import { escapeControls } from "../base/text.ts";
import type { PeerResult } from "../result/types.ts";
import { endpoint, seconds } from "./facts.ts";
import { type LeftOut, leftOutText } from "./options.ts";
import { table } from "./table.ts";

/**
 * What failed stands first, else the order is kept; then what was left out of
 * a peers file, and a line of totals.
 */
export function textTable(
  results: readonly PeerResult[],
  leftOut: readonly LeftOut[] = [],
): string {
  const failed = results.filter(({ diagnosis }) => diagnosis !== undefined);
  const verified = results.filter(({ diagnosis }) => diagnosis === undefined);
  const named = results.some(({ target }) => target.name !== undefined);
  const header = ["PEER", "RESULT", "TIME", "STAGE", "CAUSE"];
  const rows = [...failed, ...verified].map((result) => {
    const { target, diagnosis, duration } = result;
    return [
      ...(named ? [escapeControls(target.name ?? "-")] : []),
      endpoint(target),
      diagnosis === undefined ? "verified" : "FAILED",
      `${seconds(Math.round(duration))} s`,
      diagnosis?.stage ?? "",
      diagnosis === undefined ? "" : escapeControls(diagnosis.cause),
    ];
  });
  return table([named ? ["NAME", ...header] : header, ...rows]) +
    leftOut.map((one) => `left out: ${escapeControls(leftOutText(one))}\n`)
      .join("") +
    totals(results.length, failed.length, leftOut.length);
}

function totals(all: number, failed: number, leftOut: number): string {
  return `${all} ${all === 1 ? "peer" : "peers"}: ` +
    `${all - failed} verified, ${failed} failed` +
    (leftOut === 0 ? "\n" : `, ${leftOut} left out\n`);
}
