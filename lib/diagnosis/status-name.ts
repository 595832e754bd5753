/** What the status of a DIMSE response is called. */

import { hex } from "../base/text.ts";

/** PS3.7 Annex C. */
const NAMES: Readonly<Record<number, string>> = {
  0x0000: "Success",
  0x0001: "Warning",
  0x0105: "No such Attribute",
  0x0106: "Invalid Attribute Value",
  0x0107: "Attribute List Error",
  0x0110: "Processing Failure",
  0x0111: "Duplicate SOP Instance",
  0x0112: "No such SOP Instance",
  0x0113: "No such Event Type",
  0x0114: "No such Argument",
  0x0115: "Invalid Argument Value",
  0x0116: "Attribute Value Out of Range",
  0x0117: "Invalid SOP Instance",
  0x0118: "No such SOP Class",
  0x0119: "Class-Instance Conflict",
  0x0120: "Missing Attribute",
  0x0121: "Missing Attribute Value",
  0x0122: "Refused: SOP Class Not Supported",
  0x0123: "No such Action",
  0x0124: "Refused: Not Authorized",
  0x0210: "Duplicate Invocation",
  0x0211: "Unrecognized Operation",
  0x0212: "Mistyped Argument",
  0x0213: "Resource Limitation",
  0xfe00: "Cancel",
  0xff00: "Pending",
  0xff01: "Pending, with a warning",
};

/** Values with the same beginning (PS3.7 Annex C, PS3.4 Table B.2-1). */
const RANGES: readonly (readonly [number, number, string])[] = [
  [0xa700, 0xa7ff, "Refused: Out of Resources"],
  [0xa900, 0xa9ff, "Error: Data Set does not match SOP Class"],
  [0xa000, 0xafff, "Failure of the service"],
  [0xb000, 0xbfff, "Warning of the service"],
  [0xc000, 0xcfff, "Failure: Cannot Understand"],
];

/** "0122H (Refused: SOP Class Not Supported)" */
export function statusName(status: number): string {
  const name = NAMES[status] ??
    RANGES.find(([from, to]) => status >= from && status <= to)?.[2] ??
    "not a status of the standard";
  return `${hex(status, 4).toUpperCase()}H (${name})`;
}

/** Refusals that last only as long as something is used up. */
export function isPassingStatus(status: number): boolean {
  return status === 0x0213 || (status >= 0xa700 && status <= 0xa7ff);
}
