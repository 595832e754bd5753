/** P-DATA-TF and its presentation data values (PS3.8 9.3.5 and Annex E). */

import {
  type Condition,
  ILLEGAL_PDU,
  ILLEGAL_PDU_LENGTH,
} from "../base/condition.ts";
import { Reader } from "../base/reader.ts";
import type { Writer } from "../base/writer.ts";
import { PduError, type PduFault } from "./error.ts";
import type { PDataTf, PresentationDataValue } from "./types.ts";
import { PDU_HEADER_LENGTH } from "./pdu-type.ts";

const LENGTH_FIELD = 4;

/** Context ID and message control header, which every value has. */
const LEAST_VALUE_LENGTH = 2;

/** Bits of the message control header (PS3.8 E.2). */
const COMMAND = 0b01;
const LAST = 0b10;

function fail(
  offset: number,
  fault: PduFault,
  condition: Condition,
): never {
  const field = "presentation data value";
  throw new PduError({ pdu: "P-DATA-TF", field, offset, fault, condition });
}

/** `count` is the number of values so far, the one that overruns included. */
function wrongSum(count: number): Condition {
  const text = `PDV lengths don't add up correctly: ${count} PDVs.` +
    " This probably indicates a malformed P-DATA PDU. PDU type is 04.";
  return { ...ILLEGAL_PDU, text };
}

/**
 * Reads what follows the header, one value or more; their data are views of
 * `body`. Throws {@linkcode PduError}.
 */
export function decodePData(body: Uint8Array): PDataTf {
  const reader = new Reader(body, PDU_HEADER_LENGTH);
  const values: PresentationDataValue[] = [];
  while (reader.remaining > 0) {
    const { offset } = reader;
    if (reader.remaining < LENGTH_FIELD) {
      fail(offset, "truncated", wrongSum(values.length));
    }
    const length = reader.u32("length");
    if (length < LEAST_VALUE_LENGTH) {
      const text = `PDV with invalid length ${length} encountered.` +
        " This probably indicates a malformed P DATA PDU.";
      fail(offset, "bad-length", { ...ILLEGAL_PDU_LENGTH, text });
    }
    if (length > reader.remaining) {
      fail(offset, "overrun", wrongSum(values.length + 1));
    }
    const contextId = reader.u8("presentation context ID");
    const control = reader.u8("message control header");
    values.push({
      contextId,
      isCommand: (control & COMMAND) !== 0,
      isLast: (control & LAST) !== 0,
      data: reader.bytes("data", length - LEAST_VALUE_LENGTH),
    });
  }
  if (values.length === 0) {
    const text = "PDU without any PDVs encountered. In DT_2_IndicatePData." +
      "  This probably indicates a  malformed P DATA PDU.";
    fail(PDU_HEADER_LENGTH, "wrong-count", { ...ILLEGAL_PDU, text });
  }
  return { type: "P-DATA-TF", values };
}

/** Writes what follows the header. */
export function encodePData(writer: Writer, pdu: PDataTf): void {
  for (const { contextId, isCommand, isLast, data } of pdu.values) {
    writer.block32(() => {
      writer.u8(contextId);
      writer.u8((isCommand ? COMMAND : 0) | (isLast ? LAST : 0));
      writer.bytes(data);
    });
  }
}
