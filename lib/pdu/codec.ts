/** From PDU to bytes and back, for all seven (PS3.8 9.3). Nothing here waits. */

import { unrecognizedPduType } from "../base/condition.ts";
import { Writer } from "../base/writer.ts";
import { decodeAssociate, encodeAssociate } from "./associate.ts";
import { decodeControl, encodeControl } from "./control.ts";
import { PduError } from "./error.ts";
import type { Warn } from "./items.ts";
import { decodePData, encodePData } from "./p-data.ts";
import type { Pdu, PduName } from "./types.ts";
import { PDU_HEADER_LENGTH, PDU_TYPE } from "./pdu-type.ts";

const NAMES: readonly (PduName | undefined)[] = [
  undefined,
  "A-ASSOCIATE-RQ",
  "A-ASSOCIATE-AC",
  "A-ASSOCIATE-RJ",
  "P-DATA-TF",
  "A-RELEASE-RQ",
  "A-RELEASE-RP",
  "A-ABORT",
];

/** What the first six bytes of a PDU say. */
export interface PduHeader {
  readonly type: number;
  /** Undefined where the standard knows no such type. */
  readonly name: PduName | undefined;
  /** Bytes that follow the header, as the peer says: check before use. */
  readonly length: number;
}

/**
 * Reads the header at the start of `bytes`, and undefined while there are fewer
 * than six of them: ask again when more have come.
 */
export function decodePduHeader(bytes: Uint8Array): PduHeader | undefined {
  if (bytes.byteLength < PDU_HEADER_LENGTH) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, PDU_HEADER_LENGTH);
  const type = view.getUint8(0);
  return { type, name: NAMES[type], length: view.getUint32(2) };
}

/**
 * Reads a PDU from its type byte and all the bytes that follow its header. Data
 * in the result are views of `body`. Surplus and odd things that the reference
 * lets pass are told to `warn`, a line each. Throws {@linkcode PduError} and
 * nothing else.
 */
export function decodePdu(type: number, body: Uint8Array, warn?: Warn): Pdu {
  const name = NAMES[type];
  switch (name) {
    case "P-DATA-TF":
      return decodePData(body);
    case "A-ASSOCIATE-RQ":
    case "A-ASSOCIATE-AC":
      return decodeAssociate(name, body, warn);
    case undefined:
      throw new PduError({
        pdu: undefined,
        field: "PDU type",
        offset: 0,
        fault: "unknown-type",
        condition: unrecognizedPduType(type),
      });
    default:
      return decodeControl(name, body);
  }
}

function encodeBody(writer: Writer, pdu: Pdu): void {
  switch (pdu.type) {
    case "P-DATA-TF":
      return encodePData(writer, pdu);
    case "A-ASSOCIATE-RQ":
    case "A-ASSOCIATE-AC":
      return encodeAssociate(writer, pdu);
    default:
      return encodeControl(writer, pdu);
  }
}

/**
 * Writes a whole PDU, header included, reserved bytes zero. Throws WriteError
 * for a value that does not fit its field, such as a context ID above 255 or an
 * item of more than 65535 bytes.
 */
export function encodePdu(pdu: Pdu): Uint8Array {
  const writer = new Writer();
  writer.u8(PDU_TYPE[pdu.type]);
  writer.zeros(1);
  writer.block32(() => encodeBody(writer, pdu));
  return writer.finish();
}
