/** The user information item and its sub-items (PS3.8 D.1, PS3.7 D.3.3). */

import { Reader, ReadError } from "../base/reader.ts";
import { encodeLatin1 } from "../base/text.ts";
import type { Writer } from "../base/writer.ts";
import { illegalLengthText } from "./error.ts";
import {
  EXTENDED_NEGOTIATION_ITEM,
  fail,
  ITEM_TYPE as TYPE,
  MAXIMUM_LENGTH_ITEM,
  MAXIMUM_TEXT_LENGTH,
  nextItemType,
  openItem,
  OTHER_ITEM,
  readPadded,
  readTextItem,
  readUidItem,
  readUnknownItem,
  ROLE_SELECTION_ITEM,
  type Scope,
  USER_INFORMATION_ITEM,
  writeItem,
  writeTextItem,
} from "./items.ts";
import type { UserInformationItem } from "./types.ts";

/** Two bytes of length, then a UID. */
function readCountedUid(reader: Reader, field: string): string {
  return readPadded(reader, field, reader.u16(`${field} length`));
}

function writeCountedUid(writer: Writer, uid: string): void {
  writer.block16(() => writer.bytes(encodeLatin1(uid)));
}

function readMaximumLength(scope: Scope): UserInformationItem {
  const field = "maximum length";
  const { offset } = scope.reader;
  const item = openItem(scope, field, MAXIMUM_LENGTH_ITEM);
  if (item.length < 4) {
    const { word } = MAXIMUM_LENGTH_ITEM;
    const text = illegalLengthText(word, item.available, 0, item.length);
    fail(scope, field, offset, "bad-length", text);
  }
  return { item: "maximum-length", maximumLength: item.reader.u32(field) };
}

function readRoleSelection(
  scope: Scope,
): UserInformationItem {
  const field = "role selection";
  const { offset } = scope.reader;
  const { reader, length } = openItem(scope, field, ROLE_SELECTION_ITEM);
  const word = `${ROLE_SELECTION_ITEM.word} UID`;
  if (length < 4) {
    const text = illegalLengthText(word, length, 4);
    fail(scope, field, offset, "bad-length", text);
  }
  const uidLength = reader.u16("SOP Class UID length");
  if (uidLength > length - 4) {
    const text = illegalLengthText(word, length, 0, uidLength);
    fail(scope, `${field} > SOP Class UID`, offset, "overrun", text);
  }
  if (uidLength > MAXIMUM_TEXT_LENGTH) {
    scope.warn?.(
      `Provided role SOP Class UID length ${uidLength} is larger than` +
        ` maximum allowed UID length ${MAXIMUM_TEXT_LENGTH}` +
        ` (will use ${MAXIMUM_TEXT_LENGTH} bytes max)`,
    );
  }
  const taken = Math.min(uidLength, MAXIMUM_TEXT_LENGTH);
  const sopClassUid = readPadded(reader, "SOP Class UID", taken);
  reader.skip("SOP Class UID", uidLength - taken);
  return {
    item: "role-selection",
    sopClassUid,
    scuRole: reader.u8("SCU role"),
    scpRole: reader.u8("SCP role"),
  };
}

function readExtendedNegotiation(
  scope: Scope,
): UserInformationItem {
  const field = "SOP class extended negotiation";
  const { offset } = scope.reader;
  const item = openItem(scope, field, EXTENDED_NEGOTIATION_ITEM);
  const { reader, length } = item;
  const word = `${EXTENDED_NEGOTIATION_ITEM.word} item`;
  if (length < 2) {
    const text = illegalLengthText(word, item.available, 2);
    fail(scope, field, offset, "bad-length", text);
  }
  const uidLength = reader.u16("SOP Class UID length");
  if (uidLength > reader.remaining) {
    const text = illegalLengthText(word, length, 0, uidLength);
    fail(scope, `${field} > SOP Class UID`, offset, "overrun", text);
  }
  return {
    item: "extended-negotiation",
    sopClassUid: readPadded(reader, "SOP Class UID", uidLength),
    serviceClassApplicationInformation: reader.rest("information"),
  };
}

function readUserIdentity(scope: Scope): UserInformationItem {
  const { offset, remaining } = scope.reader;
  const { reader } = openItem(scope, "user identity", OTHER_ITEM);
  try {
    return {
      item: "user-identity",
      identityType: reader.u8("user identity type"),
      positiveResponseRequested: reader.u8("positive response requested") !== 0,
      primaryField: reader.bytes("primary field", reader.u16("length")),
      secondaryField: reader.bytes("secondary field", reader.u16("length")),
    };
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    const text = illegalLengthText("user identity rq", remaining, 10);
    fail(scope, "user identity", offset, "truncated", text);
  }
}

function readUserIdentityResponse(scope: Scope): UserInformationItem {
  const field = "user identity response";
  const { offset, remaining } = scope.reader;
  // The spelling is the reference's.
  const text = `DUL illegal user identify ac length ${remaining}.`;
  if (remaining < 6) {
    const more = " Need at least 6 bytes for user identify ac";
    fail(scope, field, offset, "truncated", text + more);
  }
  const { reader, length } = openItem(scope, field, OTHER_ITEM);
  const response = length < 2 ? 0 : reader.u16("server response length");
  if (length < 2 || response > reader.remaining) {
    const more = ` Info claims to be ${length} bytes.` +
      ` Response claims to be ${response} bytes.`;
    const fault = length < 2 ? "bad-length" : "overrun";
    fail(scope, field, offset, fault, text + more);
  }
  return {
    item: "user-identity-response",
    serverResponse: reader.bytes("server response", response),
  };
}

function asynchronousOperations(reader: Reader): UserInformationItem {
  return {
    item: "asynchronous-operations-window",
    maximumInvoked: reader.u16("maximum number operations invoked"),
    maximumPerformed: reader.u16("maximum number operations performed"),
  };
}

function commonExtendedNegotiation(reader: Reader): UserInformationItem {
  const sopClassUid = readCountedUid(reader, "SOP Class UID");
  const serviceClassUid = readCountedUid(reader, "service class UID");
  const related = reader.block("related classes", reader.u16("length"));
  const relatedGeneralSopClassUids: string[] = [];
  while (related.remaining > 0) {
    relatedGeneralSopClassUids.push(readCountedUid(related, "related class"));
  }
  return {
    item: "common-extended-negotiation",
    sopClassUid,
    serviceClassUid,
    relatedGeneralSopClassUids,
    reserved: reader.rest("reserved"),
  };
}

/**
 * For items that the reference passes over without reading them: where one is
 * ill-formed inside, it is kept as an unknown item and harms nothing.
 */
function readLeniently(
  scope: Scope,
  read: (reader: Reader) => UserInformationItem,
): UserInformationItem {
  const { itemType, data } = readUnknownItem(scope);
  try {
    const reader = new Reader(data);
    const item = read(reader);
    if (reader.remaining === 0) return item;
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
  }
  return { item: "unknown", itemType, data };
}

/** Reads the next sub-item of user information. Throws PduError. */
export function readUserInformationItem(scope: Scope): UserInformationItem {
  switch (nextItemType(scope)) {
    case TYPE.maximumLength:
      return readMaximumLength(scope);
    case TYPE.implementationClassUid: {
      const uid = readUidItem(scope, "implementation class UID");
      return { item: "implementation-class-uid", uid };
    }
    case TYPE.implementationVersionName: {
      const name = readTextItem(scope, "implementation version name");
      return { item: "implementation-version-name", name };
    }
    case TYPE.asynchronousOperationsWindow:
      return readLeniently(scope, asynchronousOperations);
    case TYPE.roleSelection:
      return readRoleSelection(scope);
    case TYPE.extendedNegotiation:
      return readExtendedNegotiation(scope);
    case TYPE.commonExtendedNegotiation:
      return readLeniently(scope, commonExtendedNegotiation);
    case TYPE.userIdentity:
      return readUserIdentity(scope);
    case TYPE.userIdentityResponse:
      return readUserIdentityResponse(scope);
    default:
      return { item: "unknown", ...readUnknownItem(scope) };
  }
}

/**
 * Reads the next item, which is user information, in the order of its
 * sub-items. Throws PduError.
 */
export function readUserInformation(scope: Scope): UserInformationItem[] {
  const item = openItem(scope, "user information", USER_INFORMATION_ITEM);
  const items: UserInformationItem[] = [];
  while (item.reader.remaining > 0) items.push(readUserInformationItem(item));
  return items;
}

function writeSubItem(writer: Writer, item: UserInformationItem): void {
  switch (item.item) {
    case "maximum-length":
      return writeItem(writer, TYPE.maximumLength, () => {
        writer.u32(item.maximumLength);
      });
    case "implementation-class-uid":
      return writeTextItem(writer, TYPE.implementationClassUid, item.uid);
    case "implementation-version-name":
      return writeTextItem(writer, TYPE.implementationVersionName, item.name);
    case "asynchronous-operations-window":
      return writeItem(writer, TYPE.asynchronousOperationsWindow, () => {
        writer.u16(item.maximumInvoked);
        writer.u16(item.maximumPerformed);
      });
    case "role-selection":
      return writeItem(writer, TYPE.roleSelection, () => {
        writeCountedUid(writer, item.sopClassUid);
        writer.u8(item.scuRole);
        writer.u8(item.scpRole);
      });
    case "extended-negotiation":
      return writeItem(writer, TYPE.extendedNegotiation, () => {
        writeCountedUid(writer, item.sopClassUid);
        writer.bytes(item.serviceClassApplicationInformation);
      });
    case "common-extended-negotiation":
      return writeItem(writer, TYPE.commonExtendedNegotiation, () => {
        writeCountedUid(writer, item.sopClassUid);
        writeCountedUid(writer, item.serviceClassUid);
        writer.block16(() => {
          for (const uid of item.relatedGeneralSopClassUids) {
            writeCountedUid(writer, uid);
          }
        });
        writer.bytes(item.reserved);
      });
    case "user-identity":
      return writeItem(writer, TYPE.userIdentity, () => {
        writer.u8(item.identityType);
        writer.u8(item.positiveResponseRequested ? 1 : 0);
        writer.block16(() => writer.bytes(item.primaryField));
        writer.block16(() => writer.bytes(item.secondaryField));
      });
    case "user-identity-response":
      return writeItem(writer, TYPE.userIdentityResponse, () => {
        writer.block16(() => writer.bytes(item.serverResponse));
      });
    case "unknown":
      return writeItem(writer, item.itemType, () => writer.bytes(item.data));
  }
}

/** Writes the user information item with all its sub-items. */
export function writeUserInformation(
  writer: Writer,
  items: readonly UserInformationItem[],
): void {
  writeItem(writer, TYPE.userInformation, () => {
    for (const item of items) writeSubItem(writer, item);
  });
}
