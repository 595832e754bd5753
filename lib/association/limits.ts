/** How much a peer can make us hold. Pure. */

import type { PduName } from "../pdu/types.ts";

/** Longest A-ASSOCIATE-AC that is taken from a peer, as by the reference. */
const MAXIMUM_ACCEPT_LENGTH = 1024 * 1024;

/**
 * Longest A-ASSOCIATE-RQ that is taken from a peer, in bytes: 128 contexts with
 * all sixty transfer syntaxes there are take some 200 KiB, and leave more for
 * the user information, 64 KiB at most (PS3.8 9.3.2.3), than anybody sends.
 */
export const MAXIMUM_REQUEST_LENGTH = 256 * 1024;

/**
 * How much longer than the maximum we announced a P-DATA-TF may be, in bytes:
 * some peers leave the headers of PDU and PDV, six bytes each, out of account.
 */
export const PDATA_TOLERANCE = 12;

/** Longest PDU of any other type; they have four bytes (PS3.8 9.3.4 ff.). */
const MAXIMUM_CONTROL_LENGTH = 1024;

/**
 * The longest body, in bytes, that is taken for a PDU.
 *
 * @param name undefined: of a type that the standard does not know.
 * @param maximumLength the maximum length that we announced (PS3.8 D.1).
 */
export function lengthLimit(
  name: PduName | undefined,
  maximumLength: number,
): number {
  switch (name) {
    case "A-ASSOCIATE-RQ":
      return MAXIMUM_REQUEST_LENGTH;
    case "A-ASSOCIATE-AC":
      return MAXIMUM_ACCEPT_LENGTH;
    case "P-DATA-TF":
      return maximumLength + PDATA_TOLERANCE;
    case undefined:
      return 0;
    default:
      return MAXIMUM_CONTROL_LENGTH;
  }
}

/** The same without the tolerance, for a person. */
export function announcedLimit(name: PduName, maximumLength: number): number {
  return name === "P-DATA-TF"
    ? maximumLength
    : lengthLimit(name, maximumLength);
}
