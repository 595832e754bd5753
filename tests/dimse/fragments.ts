/** Command sets in PDVs (PS3.8 Annex E). */

import { COMMAND_LAST, COMMAND_MORE, pdv } from "../support/pdus.ts";

/** Bytes as fragments of these lengths; the last takes what is left. */
export function fragments(
  bytes: Uint8Array,
  lengths: readonly number[],
): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (const length of lengths) {
    if (at + length >= bytes.byteLength) break;
    pieces.push(bytes.subarray(at, at += length));
  }
  pieces.push(bytes.subarray(at));
  return pieces.map((piece, index) =>
    pdv(1, index === pieces.length - 1 ? COMMAND_LAST : COMMAND_MORE, piece)
  );
}
