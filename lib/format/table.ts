/** Text in columns. Pure. */

import { displayWidth, fitted, padded } from "./width.ts";

/** Of any column but the last, in columns of the terminal. */
const MOST_WIDTH = 40;

const GAP = "  ";

/**
 * Each row on a line of its own; the columns are as wide as what stands in
 * them, within limits. The cells must be safe to print.
 */
export function table(rows: readonly (readonly string[])[]): string {
  const fit = rows.map((row) =>
    row.map((cell, at) =>
      at === row.length - 1 ? cell : fitted(cell, MOST_WIDTH)
    )
  );
  const widths: number[] = [];
  for (const row of fit) {
    row.forEach((cell, at) => {
      widths[at] = Math.max(widths[at] ?? 0, displayWidth(cell));
    });
  }
  return fit.map((row) =>
    `${
      row.map((cell, at) => padded(cell, widths[at] ?? 0)).join(GAP).trimEnd()
    }\n`
  ).join("");
}
