/** The PDUs of four bytes: rejection, release and abort (PS3.8 9.3.4-9.3.8). */

import { Reader } from "../base/reader.ts";
import type { Writer } from "../base/writer.ts";
import { ILLEGAL_PDU_LENGTH } from "../base/condition.ts";
import { PduError } from "./error.ts";
import type {
  Abort,
  AssociateReject,
  ReleaseRequest,
  ReleaseResponse,
} from "./types.ts";
import { PDU_HEADER_LENGTH } from "./pdu-type.ts";

export type ControlPdu =
  | AssociateReject
  | ReleaseRequest
  | ReleaseResponse
  | Abort;

/** Bytes after the header, by the standard. */
const CONTROL_LENGTH = 4;

/** Surplus bytes are passed over up to this length, as the reference does. */
const CONTROL_LENGTH_LIMIT = 128;

/**
 * Reads what follows the header. Throws {@linkcode PduError} for fewer than 4
 * bytes and for more than 128.
 */
export function decodeControl(
  type: ControlPdu["type"],
  body: Uint8Array,
): ControlPdu {
  const length = body.byteLength;
  if (length < CONTROL_LENGTH || length > CONTROL_LENGTH_LIMIT) {
    throw new PduError({
      pdu: type,
      field: "PDU length",
      offset: 2,
      fault: length < CONTROL_LENGTH ? "bad-length" : "too-long",
      condition: ILLEGAL_PDU_LENGTH,
    });
  }
  const reader = new Reader(body, PDU_HEADER_LENGTH);
  switch (type) {
    case "A-RELEASE-RQ":
    case "A-RELEASE-RP":
      return { type };
    case "A-ASSOCIATE-RJ":
      reader.skip("reserved", 1);
      return {
        type,
        result: reader.u8("result"),
        source: reader.u8("source"),
        reason: reader.u8("reason"),
      };
    case "A-ABORT":
      reader.skip("reserved", 2);
      return {
        type,
        source: reader.u8("source"),
        reason: reader.u8("reason"),
      };
  }
}

/** Writes what follows the header. */
export function encodeControl(writer: Writer, pdu: ControlPdu): void {
  switch (pdu.type) {
    case "A-RELEASE-RQ":
    case "A-RELEASE-RP":
      writer.zeros(CONTROL_LENGTH);
      break;
    case "A-ASSOCIATE-RJ":
      writer.zeros(1);
      writer.u8(pdu.result);
      writer.u8(pdu.source);
      writer.u8(pdu.reason);
      break;
    case "A-ABORT":
      writer.zeros(2);
      writer.u8(pdu.source);
      writer.u8(pdu.reason);
      break;
  }
}
