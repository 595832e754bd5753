/** C-ECHO (PS3.7 section 9.3.5), from the side that invokes it. */

import {
  BAD_PRESENTATION_CONTEXT_ID,
  BADLY_FORMED_MESSAGE,
  commandParseFailed,
  type Condition,
  invalidCommandMessage,
  MISSING_COMMAND_FIELD,
  receiveFailed,
  unexpectedResponse,
  unreadableCommandSet,
} from "../base/condition.ts";
import { printable } from "../base/text.ts";
import { VERIFICATION_SOP_CLASS } from "../base/uids.ts";
import {
  COMMAND_FIELD,
  type CommandSet,
  getText,
  getUnsignedShort,
  isKnownCommandField,
  NO_DATA_SET,
  TAG,
  uniqueIdentifier,
  unsignedShort,
} from "./command-set.ts";
import type { CommandMessage } from "./message.ts";

/** Elements of a C-ECHO-RQ (PS3.7 Table 9.3-12), without the group length. */
export function echoRequest(messageId: number): CommandSet {
  return [
    uniqueIdentifier(TAG.affectedSopClassUid, VERIFICATION_SOP_CLASS),
    unsignedShort(TAG.commandField, COMMAND_FIELD.echoRequest),
    unsignedShort(TAG.messageId, messageId),
    unsignedShort(TAG.commandDataSetType, NO_DATA_SET),
  ];
}

/** Elements of a C-ECHO-RSP (PS3.7 Table 9.3-13), without the group length. */
export function echoResponse(messageId: number, status: number): CommandSet {
  return [
    uniqueIdentifier(TAG.affectedSopClassUid, VERIFICATION_SOP_CLASS),
    unsignedShort(TAG.commandField, COMMAND_FIELD.echoResponse),
    unsignedShort(TAG.messageIdBeingRespondedTo, messageId),
    unsignedShort(TAG.commandDataSetType, NO_DATA_SET),
    unsignedShort(TAG.status, status),
  ];
}

/** What a message is as an answer to a C-ECHO-RQ. */
export type EchoAnswer =
  | { readonly kind: "status"; readonly status: number }
  | {
    readonly kind: "unusable";
    readonly condition: Condition;
    /** The response announced a data set, which C-ECHO does not have. */
    readonly announcesDataSet: boolean;
  };

/** What a response must repeat of its request. */
export interface SentRequest {
  readonly contextId: number;
  readonly messageId: number;
}

/**
 * Checks a message as the answer to a request: presentation context, command
 * field, elements that must be there (PS3.7 Table 9.3-13), data set type,
 * message ID, SOP class. The affected SOP class UID may be left out.
 */
export function echoAnswer(
  message: CommandMessage,
  { contextId, messageId }: SentRequest,
): EchoAnswer {
  const { elements } = message;
  if (message.contextId !== contextId) {
    return unusable(receiveFailed(BAD_PRESENTATION_CONTEXT_ID));
  }
  const field = getUnsignedShort(elements, TAG.commandField);
  if (field === undefined) return unusable(MISSING_COMMAND_FIELD);
  if (!isKnownCommandField(field)) {
    return unusable(invalidCommandMessage(field));
  }
  if (field !== COMMAND_FIELD.echoResponse) {
    return unusable(
      unexpectedResponse(`Command Field: 0x${field.toString(16)}`),
    );
  }
  const respondedTo = getUnsignedShort(elements, TAG.messageIdBeingRespondedTo);
  if (respondedTo === undefined) {
    return missing("(0000,0120) MessageIDBeingRespondedTo");
  }
  const dataSetType = getUnsignedShort(elements, TAG.commandDataSetType);
  if (dataSetType === undefined) {
    return missing("(0000,0800) CommandDataSetType");
  }
  const status = getUnsignedShort(elements, TAG.status);
  if (status === undefined) return missing("(0000,0900) Status");
  if (message.fault !== undefined) {
    return unusable(unreadableCommandSet(message.fault));
  }
  if (dataSetType !== NO_DATA_SET) return unusable(BADLY_FORMED_MESSAGE, true);
  if (respondedTo !== messageId) {
    return unusable(
      unexpectedResponse(`MsgId: ${respondedTo} (expected: ${messageId})`),
    );
  }
  const sopClass = getText(elements, TAG.affectedSopClassUid) ?? "";
  if (sopClass !== "" && sopClass !== VERIFICATION_SOP_CLASS) {
    return unusable(
      unexpectedResponse(`Affected SOP Class UID: ${printable(sopClass)}`),
    );
  }
  return { kind: "status", status };
}

function unusable(condition: Condition, announcesDataSet = false): EchoAnswer {
  return { kind: "unusable", condition, announcesDataSet };
}

function missing(element: string): EchoAnswer {
  return unusable(commandParseFailed(element));
}
