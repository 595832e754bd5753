/** The table for people, of one peer or many. Pure. */

import { escapeControls } from "../base/text.ts";
import type { PeerResult } from "../result/types.ts";
import { endpoint, seconds } from "./facts.ts";
import {
  type LeftOut,
  leftOutText,
  type Report,
  type ReportOptions,
} from "./options.ts";
import { table } from "./table.ts";

/** What the table shows of a peer; all of it is safe to print. */
interface Row {
  readonly name: string | undefined;
  readonly failed: boolean;
  readonly cells: readonly string[];
}

/**
 * What failed stands first, else the order is kept; then what was left out of
 * a peers file, and a line of totals.
 */
export function textReport({ leftOut = [] }: ReportOptions): Report {
  const rows: Row[] = [];
  return {
    begin: "",
    take: (result) => {
      const row = rowOf(result);
      return () => {
        rows.push(row);
        return "";
      };
    },
    end: () => ({ rest: [textTable(rows, leftOut)] }),
  };
}

function rowOf({ target, diagnosis, duration }: PeerResult): Row {
  const { name } = target;
  return {
    name: name === undefined ? undefined : escapeControls(name),
    failed: diagnosis !== undefined,
    cells: [
      endpoint(target),
      diagnosis === undefined ? "verified" : "FAILED",
      `${seconds(Math.round(duration))} s`,
      diagnosis?.stage ?? "",
      diagnosis === undefined ? "" : escapeControls(diagnosis.cause),
    ],
  };
}

function textTable(
  rows: readonly Row[],
  leftOut: readonly LeftOut[],
): string {
  const failed = rows.filter((row) => row.failed);
  const verified = rows.filter((row) => !row.failed);
  const named = rows.some(({ name }) => name !== undefined);
  const header = ["PEER", "RESULT", "TIME", "STAGE", "CAUSE"];
  const lines = [...failed, ...verified].map(({ name = "-", cells }) =>
    named ? [name, ...cells] : cells
  );
  return table([named ? ["NAME", ...header] : header, ...lines]) +
    leftOut.map((one) => `left out: ${escapeControls(leftOutText(one))}\n`)
      .join("") +
    totals(rows.length, failed.length, leftOut.length);
}

function totals(all: number, failed: number, leftOut: number): string {
  return `${all} ${all === 1 ? "peer" : "peers"}: ` +
    `${all - failed} verified, ${failed} failed` +
    (leftOut === 0 ? "\n" : `, ${leftOut} left out\n`);
}
