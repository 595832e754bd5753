/** Raw parts of A-ASSOCIATE PDUs for tests that need odd ones. */

import { decodePdu } from "../../lib/pdu/codec.ts";
import type { AssociateAccept, AssociateRequest } from "../../lib/pdu/types.ts";
import { bytes } from "../support/golden.ts";
import { item, pdu } from "../support/pdus.ts";

/** The 68 bytes before the items: version 1, ANY-SCP, ECHOSCU. */
export const FIXED_FIELDS = bytes(
  "0001 0000", // protocol version, reserved
  '"ANY-SCP         "', // called AE title
  '"ECHOSCU         "', // calling AE title
  "00 ".repeat(32), // reserved
);

/** Application context item. */
export const APPLICATION_CONTEXT = bytes(
  "10 00 0015", // type, reserved, length 21
  '"1.2.840.10008.3.1.1.1"',
);

/** Presentation context item of an acceptance: context 1 accepted. */
export const ACCEPTED_CONTEXT = bytes(
  "21 00 0019", // type, reserved, length 25
  "01 00 00 00", // context ID, reserved, result: acceptance, reserved
  "40 00 0011", // transfer syntax sub-item, length 17
  '"1.2.840.10008.1.2"',
);

export const MAXIMUM_LENGTH = bytes("51 00 0004 00004000");
export const IMPLICIT = item(0x40, '"1.2.840.10008.1.2"');
export const EXPLICIT = item(0x40, '"1.2.840.10008.1.2.1"');

/** The user information item around `subItems`. */
export function userInformation(
  ...subItems: readonly Uint8Array[]
): Uint8Array {
  return item(0x50, ...subItems);
}

/** A whole PDU of `type` with `items` after the fixed fields. */
export function associate(
  type: number,
  ...items: readonly Uint8Array[]
): Uint8Array {
  return pdu(type, FIXED_FIELDS, ...items);
}

/** Reads an A-ASSOCIATE-AC with `items` after the fixed fields. */
export function readAccept(
  items: readonly Uint8Array[],
  warn?: (text: string) => void,
): AssociateAccept {
  const read = decodePdu(2, associate(2, ...items).subarray(6), warn);
  if (read.type !== "A-ASSOCIATE-AC") throw new Error(read.type);
  return read;
}

/** Reads an A-ASSOCIATE-RQ with `items` after the fixed fields. */
export function readRequest(...items: readonly Uint8Array[]): AssociateRequest {
  const read = decodePdu(1, associate(1, ...items).subarray(6));
  if (read.type !== "A-ASSOCIATE-RQ") throw new Error(read.type);
  return read;
}
