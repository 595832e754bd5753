/**
 * Items and sub-items of A-ASSOCIATE-RQ and -AC: type, reserved, 16-bit length,
 * value (PS3.8 9.3.1). Each is read through a reader of its own that ends where
 * the item ends.
 */

import { illegalPdu } from "../base/condition.ts";
import { Reader } from "../base/reader.ts";
import { encodeLatin1, unpaddedText } from "../base/text.ts";
import type { Writer } from "../base/writer.ts";
import { illegalLengthText, PduError, type PduFault } from "./error.ts";
import { PDU_HEADER_LENGTH } from "./pdu-type.ts";
import type { PduName, UnknownItem } from "./types.ts";

/** Item type bytes (PS3.8 9.3.2, 9.3.3 and D.1, PS3.7 D.3.3). */
export const ITEM_TYPE = {
  applicationContext: 0x10,
  presentationContextRequest: 0x20,
  presentationContextResult: 0x21,
  abstractSyntax: 0x30,
  transferSyntax: 0x40,
  userInformation: 0x50,
  maximumLength: 0x51,
  implementationClassUid: 0x52,
  asynchronousOperationsWindow: 0x53,
  roleSelection: 0x54,
  implementationVersionName: 0x55,
  extendedNegotiation: 0x56,
  commonExtendedNegotiation: 0x57,
  userIdentity: 0x58,
  userIdentityResponse: 0x59,
} as const;

/** Bytes before every item's value. */
const ITEM_HEADER_LENGTH = 4;

/** Longest UID (PS3.5 9.1); the reference takes no longer text item. */
export const MAXIMUM_TEXT_LENGTH = 64;

/**
 * Most items and sub-items of one PDU; each takes a peer four bytes and us
 * hundreds. In a request, 128 presentation contexts with all 53 transfer
 * syntaxes have 7,040; in an acceptance each has one.
 */
function mostItems(pdu: PduName): number {
  return pdu === "A-ASSOCIATE-AC" ? 2048 : 8192;
}

/** Takes one line about something odd that was let pass. */
export type Warn = (text: string) => void;

/** A stretch of a PDU that is being read, and where in the PDU it is. */
export interface Scope {
  readonly pdu: PduName;
  /** Items that this one is in, and itself, joined by " > ". */
  readonly path: string;
  readonly reader: Reader;
  readonly warn: Warn | undefined;
  /** What may still come in this PDU. */
  readonly budget: { items: number };
}

/** The scope of a whole PDU: `body` is what follows its header. */
export function pduScope(pdu: PduName, body: Uint8Array, warn?: Warn): Scope {
  return {
    pdu,
    path: "",
    reader: new Reader(body, PDU_HEADER_LENGTH),
    warn,
    budget: { items: mostItems(pdu) },
  };
}

/** How an item is read, and the reference's word for it in errors. */
export interface ItemRule {
  readonly word: string;
  /** Fewest bytes, header included, that there must be for it. */
  readonly least: number;
  /** Fewest bytes of value. */
  readonly leastValue: number;
  /** Most bytes of value. */
  readonly mostValue: number;
  /** Bytes that the value should have; another length is warned of. */
  readonly usualValue?: number;
}

function rule(
  word: string,
  least = ITEM_HEADER_LENGTH,
  leastValue = 0,
  mostValue = 0xffff,
): ItemRule {
  return { word, least, leastValue, mostValue };
}

export const TEXT_ITEM = rule("subitem", 4, 0, MAXIMUM_TEXT_LENGTH);
export const OTHER_ITEM = rule("dummy item");
export const CONTEXT_ITEM = rule("presentation context", 8, 4);
export const USER_INFORMATION_ITEM = rule("user info");
export const MAXIMUM_LENGTH_ITEM: ItemRule = {
  ...rule("Max PDU", 8),
  usualValue: 4,
};
export const ROLE_SELECTION_ITEM = rule("SCU-SCP role list", 8);
export const EXTENDED_NEGOTIATION_ITEM = rule("extended negotiation", 6);

/** Throws a {@linkcode PduError} about the field at `offset`. */
export function fail(
  scope: Scope,
  field: string,
  offset: number,
  fault: PduFault,
  text: string,
): never {
  throw new PduError({
    pdu: scope.pdu,
    field: scope.path === "" ? field : `${scope.path} > ${field}`,
    offset,
    fault,
    condition: illegalPdu(text),
  });
}

/** An item that was opened: its reader ends where the item ends. */
export interface Item extends Scope {
  readonly type: number;
  /** Bytes that there were for it, header included. */
  readonly available: number;
  /** Bytes of value, as its header says. */
  readonly length: number;
}

/** The type of the next item; the scope must not be at its end. */
export function nextItemType(scope: Scope): number {
  return scope.reader.peek("item type");
}

/**
 * Reads the header of the next item and opens its value. Throws
 * {@linkcode PduError} when the item does not fit into its parent.
 */
export function openItem(scope: Scope, field: string, rule: ItemRule): Item {
  const { reader } = scope;
  const { offset, remaining: available } = reader;
  if (--scope.budget.items < 0) {
    const text = `DUL more than ${mostItems(scope.pdu)} items.`;
    fail(scope, field, offset, "wrong-count", text);
  }
  if (available < rule.least) {
    const text = illegalLengthText(rule.word, available, rule.least);
    fail(scope, field, offset, "truncated", text);
  }
  const type = reader.u8(field);
  reader.skip(field, 1);
  const length = reader.u16(field);
  if (rule.usualValue !== undefined && length !== rule.usualValue) {
    scope.warn?.(
      `Invalid length (${length}) for ${field} item, must be ${rule.usualValue}`,
    );
  }
  if (length > rule.mostValue) {
    const text = `DUL illegal ${rule.word} length ${length}.` +
      ` Maximum allowed size is ${rule.mostValue}.`;
    fail(scope, field, offset, "too-long", text);
  }
  if (length < rule.leastValue || length > reader.remaining) {
    const fault = length < rule.leastValue ? "bad-length" : "overrun";
    const { word, leastValue } = rule;
    const text = illegalLengthText(word, available, leastValue, length);
    fail(scope, field, offset, fault, text);
  }
  return {
    pdu: scope.pdu,
    path: scope.path === "" ? field : `${scope.path} > ${field}`,
    reader: reader.block(field, length),
    warn: scope.warn,
    budget: scope.budget,
    type,
    available,
    length,
  };
}

/** Reads an item that is not known, or need not be understood. */
export function readUnknownItem(scope: Scope): UnknownItem {
  const item = openItem(scope, "unknown item", OTHER_ITEM);
  return { itemType: item.type, data: item.reader.rest("item") };
}

const NUL = 0x00;
const BLANK = 0x20;

/** A UID or title: some peers pad with NUL, some with blanks (PS3.5 9.1). */
export function readPadded(
  reader: Reader,
  field: string,
  length: number,
): string {
  return unpaddedText(reader.bytes(field, length), [NUL, BLANK]);
}

/** Reads an item that holds one UID. */
export function readUidItem(scope: Scope, field: string): string {
  const { reader, length } = openItem(scope, field, TEXT_ITEM);
  return readPadded(reader, field, length);
}

/** Reads an item that holds a text in which blanks count. */
export function readTextItem(scope: Scope, field: string): string {
  const { reader } = openItem(scope, field, TEXT_ITEM);
  return unpaddedText(reader.rest(field), [NUL]);
}

/** Writes an item; its length is what `value` writes. */
export function writeItem(
  writer: Writer,
  type: number,
  value: () => void,
): void {
  writer.u8(type);
  writer.zeros(1);
  writer.block16(value);
}

/** Writes an item that holds one text. */
export function writeTextItem(
  writer: Writer,
  type: number,
  text: string,
): void {
  writeItem(writer, type, () => writer.bytes(encodeLatin1(text)));
}
