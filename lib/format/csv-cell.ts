/** Cells and rows of CSV (RFC 4180) that a spreadsheet takes for text. Pure. */

import { escapeControls } from "../base/text.ts";

/** Undefined: an empty cell. */
export type Cell = string | number | boolean | undefined;

/**
 * What spreadsheets take for the start of a formula, also behind the separators
 * of other countries and in full width.
 */
const FORMULA = /(^|[;\t|])(\s*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/g;

/** Text gets an apostrophe before whatever could be a formula. */
export function csvCell(cell: Cell): string {
  if (typeof cell !== "string") return cell === undefined ? "" : String(cell);
  const text = escapeControls(cell.replace(FORMULA, "$1$2'"));
  return /[",;]|^\s|\s$|^'/.test(text)
    ? `"${text.replaceAll('"', '""')}"`
    : text;
}

export function csvRow(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}
