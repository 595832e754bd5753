/**
 * A-ASSOCIATE PDUs as the reference shows them at debug level, as bytes, and at
 * trace level, item by item. Loaded only when a level asks for it. Pure: the
 * level prefix is the log's. Text from the peer is escaped.
 */

import { decodeLatin1, hex, printable } from "../base/text.ts";
import { readFixedFields } from "./associate.ts";
import { decodePduHeader } from "./codec.ts";
import { PduError } from "./error.ts";
import {
  CONTEXT_ITEM,
  ITEM_TYPE,
  nextItemType,
  openItem,
  pduScope,
  readUnknownItem,
  type Scope,
  TEXT_ITEM,
  USER_INFORMATION_ITEM,
} from "./items.ts";
import { CONTEXT_RESULT } from "./reasons.ts";
import type { PduName } from "./types.ts";
import { PDU_HEADER_LENGTH } from "./pdu-type.ts";
import { readUserInformationItem } from "./user-information.ts";

const DUMP_LIMIT = 512;
const ROW_LENGTH = 16;

/** The reference dumps these two and no other. */
const DUMP_NAMES: Readonly<Partial<Record<PduName, string>>> = {
  "A-ASSOCIATE-RQ": "Associate Request",
  "A-ASSOCIATE-AC": "Associate Accept",
};

/**
 * The dump of debug level: a heading, then 16 bytes a row. Takes a whole PDU
 * with its header. The text has several lines; it ends with a line feed where
 * the last row is full, so that an empty line follows it as in the reference.
 */
export function dumpPdu(bytes: Uint8Array): string {
  const name = decodePduHeader(bytes)?.name;
  const title = name === undefined ? "Unknown" : DUMP_NAMES[name] ?? name;
  const length = bytes.byteLength - PDU_HEADER_LENGTH;
  let text = `PDU Type: ${title}, PDU Length: ${length}` +
    ` + ${PDU_HEADER_LENGTH} bytes PDU header\n`;
  if (bytes.byteLength > DUMP_LIMIT) {
    text += `Only dumping ${DUMP_LIMIT} bytes.\n`;
  }
  bytes.subarray(0, DUMP_LIMIT).forEach((byte, i) => {
    text += `  ${hex(byte, 2)}`;
    if ((i + 1) % ROW_LENGTH === 0) text += "\n";
  });
  return text;
}

/** The lines of trace level about a PDU header, of six bytes. */
export function traceHeader(header: Uint8Array): string[] {
  const bytes = header.subarray(0, PDU_HEADER_LENGTH);
  const digits = Array.from(bytes, (byte) => hex(byte, 2));
  const messages = [`Read PDU HEAD TCP: ${digits.join(" ")}`];
  const read = decodePduHeader(bytes);
  if (read?.name !== undefined) {
    messages.push(
      `Read PDU HEAD TCP: type: ${hex(read.type, 2)},` +
        ` length: ${read.length} (${hex(read.length, 2)})`,
    );
  }
  return messages;
}

function nextItem(scope: Scope, parent: string, lines: string[]): number {
  const type = nextItemType(scope);
  lines.push(
    `Parsing remaining ${scope.reader.remaining} bytes of ${parent}\n` +
      `Next item type: ${hex(type, 2)}`,
  );
  return type;
}

function subItem(type: number, length: number, content: string): string {
  const digits = String(length).padStart(4, "0");
  return `Subitem parse: Type ${hex(type, 2)}, Length ${digits}, ${content}`;
}

function traceText(scope: Scope, lines: string[]): void {
  const { type, length, reader } = openItem(scope, "item", TEXT_ITEM);
  const content = printable(decodeLatin1(reader.rest("text")));
  lines.push(subItem(type, length, `Content: ${content}`));
}

function traceContext(scope: Scope, lines: string[]): void {
  const item = openItem(scope, "presentation context", CONTEXT_ITEM);
  const { type, length, reader } = item;
  const id = reader.u8("presentation context ID");
  reader.skip("reserved", 1);
  const result = reader.u8("result");
  reader.skip("reserved", 1);
  lines.push(
    `Parsing Presentation Context: (${hex(type, 2)}), Length: ${length}\n` +
      `Presentation Context ID: ${hex(id, 2)}`,
  );
  const isRefused = type === ITEM_TYPE.presentationContextResult &&
    result !== CONTEXT_RESULT.acceptance;
  while (!isRefused && reader.remaining > 0) {
    switch (nextItem(item, "Presentation Context", lines)) {
      case ITEM_TYPE.abstractSyntax:
        traceText(item, lines);
        lines.push("Successfully parsed Abstract Syntax");
        break;
      case ITEM_TYPE.transferSyntax:
        traceText(item, lines);
        lines.push("Successfully parsed Transfer Syntax");
        break;
      default:
        readUnknownItem(item);
    }
  }
}

function traceUserInformationItem(
  scope: Scope,
  type: number,
  lines: string[],
): void {
  if (
    type === ITEM_TYPE.implementationClassUid ||
    type === ITEM_TYPE.implementationVersionName
  ) return traceText(scope, lines);
  const before = scope.reader.remaining;
  const read = readUserInformationItem(scope);
  const length = before - scope.reader.remaining - 4;
  switch (read.item) {
    case "maximum-length":
      lines.push(
        `Maximum PDU Length: ${read.maximumLength}`,
        "Successfully parsed Maximum PDU Length",
      );
      break;
    case "role-selection": {
      const uid = printable(read.sopClassUid);
      const roles = `SCU: ${read.scuRole} SCP: ${read.scpRole}`;
      const content = `Content: SOP Class: ${uid} ${roles}`;
      lines.push(subItem(type, length, content));
      break;
    }
    case "extended-negotiation": {
      // The reference means these digits, but prints the bytes themselves.
      const values = Array.from(
        read.serviceClassApplicationInformation,
        (byte) => `${hex(byte, 2)} `,
      );
      const content = `SOP Class: ${printable(read.sopClassUid)}`;
      lines.push(
        `ExtNeg ${subItem(type, length, content)}`,
        `   values: ${values.join("")}`,
      );
      break;
    }
  }
}

function traceUserInformation(scope: Scope, lines: string[]): void {
  const item = openItem(scope, "user information", USER_INFORMATION_ITEM);
  lines.push(
    `Parsing user info field (${hex(item.type, 2)}), Length: ${item.length}`,
  );
  while (item.reader.remaining > 0) {
    const type = nextItem(item, "User Information", lines);
    traceUserInformationItem(item, type, lines);
  }
}

function traceItems(scope: Scope, lines: string[]): void {
  while (scope.reader.remaining > 0) {
    switch (nextItem(scope, "A-ASSOCIATE PDU", lines)) {
      case ITEM_TYPE.applicationContext:
        traceText(scope, lines);
        lines.push("Successfully parsed Application Context");
        break;
      case ITEM_TYPE.presentationContextRequest:
      case ITEM_TYPE.presentationContextResult:
        traceContext(scope, lines);
        lines.push("Successfully parsed Presentation Context");
        break;
      case ITEM_TYPE.userInformation:
        traceUserInformation(scope, lines);
        lines.push("Successfully parsed User Information");
        break;
      default:
        readUnknownItem(scope);
    }
  }
}

/**
 * The walk of trace level through an A-ASSOCIATE-RQ or -AC with its header: one
 * string a message, some of two lines or more. Where the PDU is ill-formed the
 * walk ends; where its fixed fields are missing or its protocol version is not
 * ours there is none. Throws nothing.
 */
export function traceAssociate(bytes: Uint8Array): string[] {
  const header = decodePduHeader(bytes);
  const name = header?.name;
  if (name !== "A-ASSOCIATE-RQ" && name !== "A-ASSOCIATE-AC") return [];
  const lines: string[] = [];
  try {
    const body = bytes.subarray(PDU_HEADER_LENGTH);
    const scope = pduScope(name, body);
    const fixed = readFixedFields(scope);
    if ((fixed.protocolVersion & 1) === 0) return [];
    lines.push(
      `PDU type: ${header?.type} (${name.replace("E-", "E ")}),` +
        ` PDU Length: ${header?.length}\n` +
        `DICOM Protocol: ${fixed.protocolVersion.toString(16)}\n` +
        `Called AP Title:  ${printable(fixed.calledAeTitle)}\n` +
        `Calling AP Title: ${printable(fixed.callingAeTitle)}`,
    );
    traceItems(scope, lines);
  } catch (error) {
    if (!(error instanceof PduError)) throw error;
  }
  return lines;
}
