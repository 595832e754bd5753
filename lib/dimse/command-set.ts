/** Command sets: Implicit VR Little Endian, group 0000 (PS3.7 section 6.3). */

import { Reader, ReadError } from "../base/reader.ts";
import { encodeLatin1, hex, PADDING, unpaddedText } from "../base/text.ts";
import { Writer } from "../base/writer.ts";

/** Tags of the command elements that C-ECHO uses (PS3.7 Table E.1-1). */
export const TAG = {
  commandGroupLength: 0x00000000,
  affectedSopClassUid: 0x00000002,
  commandField: 0x00000100,
  messageId: 0x00000110,
  messageIdBeingRespondedTo: 0x00000120,
  commandDataSetType: 0x00000800,
  status: 0x00000900,
} as const;

/** Status Success (PS3.7 section C.1.1). */
export const STATUS_SUCCESS = 0x0000;

/** Command fields of C-ECHO (PS3.7 Table E.1-1). */
export const COMMAND_FIELD = {
  echoRequest: 0x0030,
  echoResponse: 0x8030,
} as const;

/** Requests of PS3.7 Table E.1-1; a response has bit 15 set as well. */
const REQUEST_FIELDS: readonly number[] = [
  0x0001, // C-STORE
  0x0010, // C-GET
  0x0020, // C-FIND
  0x0021, // C-MOVE
  COMMAND_FIELD.echoRequest,
  0x0100, // N-EVENT-REPORT
  0x0110, // N-GET
  0x0120, // N-SET
  0x0130, // N-ACTION
  0x0140, // N-CREATE
  0x0150, // N-DELETE
];

const CANCEL_REQUEST = 0x0fff;

/** Whether the standard defines a command field. */
export function isKnownCommandField(field: number): boolean {
  return field === CANCEL_REQUEST || REQUEST_FIELDS.includes(field & 0x7fff);
}

/** Command data set type that says: none (PS3.7 section E.1). */
export const NO_DATA_SET = 0x0101;

/** One element; its value is padded to an even length. */
export interface CommandElement {
  /** Group in the upper, element in the lower 16 bits. */
  readonly tag: number;
  readonly value: Uint8Array;
}

/** Elements in the order in which they came, or are to be sent. */
export type CommandSet = readonly CommandElement[];

/** An element of VR US. */
export function unsignedShort(tag: number, number: number): CommandElement {
  return { tag, value: Uint8Array.of(number & 0xff, number >> 8) };
}

/** An element of VR UI, padded with NUL (PS3.5 section 9.1). */
export function uniqueIdentifier(tag: number, uid: string): CommandElement {
  return { tag, value: encodeLatin1(uid.length % 2 === 0 ? uid : `${uid}\0`) };
}

/** Encodes a command set with its group length first. */
export function encodeCommandSet(elements: CommandSet): Uint8Array {
  const writer = new Writer();
  writer.u32le(TAG.commandGroupLength);
  writer.u32le(4);
  writer.block32le(() => {
    for (const { tag, value } of elements) {
      writer.u16le(tag >>> 16);
      writer.u16le(tag & 0xffff);
      writer.u32le(value.byteLength);
      writer.bytes(value);
    }
  });
  return writer.finish();
}

/** What bytes hold of a command set, and why the rest of them is none. */
export interface DecodedCommandSet {
  readonly elements: CommandSet;
  /** Undefined: all bytes were understood. */
  readonly fault: string | undefined;
}

/**
 * Decodes a command set, group length included, as far as it can be read. An
 * element that comes twice is a fault; group length and order are not tested.
 */
export function decodeCommandSet(bytes: Uint8Array): DecodedCommandSet {
  const reader = new Reader(bytes);
  const elements: CommandElement[] = [];
  const tags = new Set<number>();
  let fault: string | undefined;
  try {
    while (reader.remaining > 0) {
      const offset = reader.offset;
      const group = reader.u16le("group number");
      if (group !== 0) {
        fault ??= `group ${hex(group, 4)} at offset ${offset}`;
        return { elements, fault };
      }
      const tag = reader.u16le("element number");
      const length = reader.u32le("value length");
      elements.push({ tag, value: reader.bytes("value", length) });
      if (tags.has(tag)) {
        fault ??= `element (0000,${hex(tag, 4)}) again at offset ${offset}`;
      }
      tags.add(tag);
    }
    return { elements, fault };
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    return { elements, fault: fault ?? error.message };
  }
}

/** Value of an element of VR US; undefined unless there is exactly one. */
export function getUnsignedShort(
  elements: CommandSet,
  tag: number,
): number | undefined {
  const value = elements.find((element) => element.tag === tag)?.value;
  if (value?.byteLength !== 2) return undefined;
  const [low = 0, high = 0] = value;
  return low | high << 8;
}

/** Value of an element of VR UI or AE, without padding. */
export function getText(
  elements: CommandSet,
  tag: number,
): string | undefined {
  const value = elements.find((element) => element.tag === tag)?.value;
  return value && unpaddedText(value, PADDING);
}
