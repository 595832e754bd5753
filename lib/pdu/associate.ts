/** A-ASSOCIATE-RQ and A-ASSOCIATE-AC (PS3.8 9.3.2 and 9.3.3). */

import { encodeLatin1 } from "../base/text.ts";
import type { Writer } from "../base/writer.ts";
import { illegalLengthText, PduError } from "./error.ts";
import {
  CONTEXT_ITEM,
  fail,
  ITEM_TYPE,
  nextItemType,
  openItem,
  pduScope,
  readPadded,
  readUidItem,
  readUnknownItem,
  type Scope,
  type Warn,
  writeItem,
  writeTextItem,
} from "./items.ts";
import { CONTEXT_RESULT } from "./reasons.ts";
import type {
  AssociateAccept,
  AssociateRequest,
  ContextResult,
  ProposedContext,
  UnknownItem,
  UserInformationItem,
} from "./types.ts";
import { AE_TITLE_LENGTH } from "./pdu-type.ts";
import {
  readUserInformation,
  writeUserInformation,
} from "./user-information.ts";

const RESERVED_LENGTH = 32;

/** Version, reserved, two titles, reserved: what comes before the items. */
const FIXED_LENGTH = 2 + 2 + 2 * AE_TITLE_LENGTH + RESERVED_LENGTH;

/**
 * Third byte of a proposed context. It is reserved and not to be tested; the
 * reference sends FF, and our request equals the reference's byte for byte.
 */
const PROPOSED_RESULT = 0xff;

/** The bytes before the items; throws PduError when they are not all there. */
export function readFixedFields(
  scope: Scope,
): Pick<
  AssociateRequest,
  "protocolVersion" | "calledAeTitle" | "callingAeTitle"
> {
  const { reader } = scope;
  if (reader.remaining < FIXED_LENGTH) {
    const { remaining, offset } = reader;
    const text = illegalLengthText("associate PDU", remaining, FIXED_LENGTH);
    fail(scope, "fixed fields", offset, "truncated", text);
  }
  const protocolVersion = reader.u16("protocol version");
  reader.skip("reserved", 2);
  const calledAeTitle = readPadded(reader, "called AE title", AE_TITLE_LENGTH);
  const callingAeTitle = readPadded(
    reader,
    "calling AE title",
    AE_TITLE_LENGTH,
  );
  reader.skip("reserved", RESERVED_LENGTH);
  return { protocolVersion, calledAeTitle, callingAeTitle };
}

/** The sub-items of a presentation context; unknown ones are passed over. */
function readSyntaxes(
  scope: Scope,
): Pick<ProposedContext, "abstractSyntax" | "transferSyntaxes"> {
  let abstractSyntax = "";
  const transferSyntaxes: string[] = [];
  while (scope.reader.remaining > 0) {
    switch (nextItemType(scope)) {
      case ITEM_TYPE.abstractSyntax:
        abstractSyntax = readUidItem(scope, "abstract syntax");
        break;
      case ITEM_TYPE.transferSyntax:
        transferSyntaxes.push(readUidItem(scope, "transfer syntax"));
        break;
      default:
        readUnknownItem(scope);
    }
  }
  return { abstractSyntax, transferSyntaxes };
}

function readProposedContext(scope: Scope): ProposedContext {
  const item = openItem(scope, "presentation context", CONTEXT_ITEM);
  const id = item.reader.u8("presentation context ID");
  item.reader.skip("reserved", 3);
  return { id, ...readSyntaxes(item) };
}

/**
 * The transfer syntax of a context that is not accepted. It is not significant
 * and not to be tested (PS3.8 Table 9-18), so nothing about it is an error.
 */
function readInsignificantSyntax(scope: Scope): string {
  try {
    return readSyntaxes(scope).transferSyntaxes[0] ?? "";
  } catch (error) {
    if (error instanceof PduError) return "";
    throw error;
  }
}

function readContextResult(scope: Scope): ContextResult {
  const { offset } = scope.reader;
  const item = openItem(scope, "presentation context", CONTEXT_ITEM);
  const id = item.reader.u8("presentation context ID");
  item.reader.skip("reserved", 1);
  const result = item.reader.u8("result");
  item.reader.skip("reserved", 1);
  if (result !== CONTEXT_RESULT.acceptance) {
    return { id, result, transferSyntax: readInsignificantSyntax(item) };
  }
  const { transferSyntaxes } = readSyntaxes(item);
  const [transferSyntax] = transferSyntaxes;
  const count = transferSyntaxes.length;
  if (transferSyntax === undefined || count !== 1) {
    throw new PduError({
      pdu: scope.pdu,
      field: item.path,
      offset,
      fault: "wrong-count",
      condition: {
        code: "0006:0318",
        text:
          `DUL Peer supplied illegal number of transfer syntaxes (${count})`,
      },
    });
  }
  return { id, result, transferSyntax };
}

/**
 * Reads what follows the header. Items come in any order; of several
 * application contexts the last counts, unknown items are kept. A missing item
 * leaves its field empty. Throws {@linkcode PduError}.
 */
export function decodeAssociate(
  type: "A-ASSOCIATE-RQ" | "A-ASSOCIATE-AC",
  body: Uint8Array,
  warn: Warn | undefined,
): AssociateRequest | AssociateAccept {
  const scope = pduScope(type, body, warn);
  const { reader } = scope;
  const fixed = readFixedFields(scope);
  let applicationContext = "";
  const proposed: ProposedContext[] = [];
  const results: ContextResult[] = [];
  const userInformation: UserInformationItem[] = [];
  const unknownItems: UnknownItem[] = [];
  const isRequest = type === "A-ASSOCIATE-RQ";
  const contextType = isRequest
    ? ITEM_TYPE.presentationContextRequest
    : ITEM_TYPE.presentationContextResult;

  while (reader.remaining > 0) {
    switch (nextItemType(scope)) {
      case ITEM_TYPE.applicationContext:
        applicationContext = readUidItem(scope, "application context");
        break;
      case contextType:
        if (isRequest) proposed.push(readProposedContext(scope));
        else results.push(readContextResult(scope));
        break;
      case ITEM_TYPE.userInformation:
        for (const item of readUserInformation(scope)) {
          userInformation.push(item);
        }
        break;
      default:
        unknownItems.push(readUnknownItem(scope));
    }
  }
  const rest = { ...fixed, applicationContext, userInformation, unknownItems };
  return isRequest
    ? { type, ...rest, presentationContexts: proposed }
    : { type: "A-ASSOCIATE-AC", ...rest, presentationContexts: results };
}

/** Padded with blanks to 16 bytes; longer titles are cut. */
function writeTitle(writer: Writer, title: string): void {
  const text = title.slice(0, AE_TITLE_LENGTH).padEnd(AE_TITLE_LENGTH, " ");
  writer.bytes(encodeLatin1(text));
}

function writeProposedContext(writer: Writer, context: ProposedContext): void {
  writeItem(writer, ITEM_TYPE.presentationContextRequest, () => {
    writer.u8(context.id);
    writer.zeros(1);
    writer.u8(PROPOSED_RESULT);
    writer.zeros(1);
    writeTextItem(writer, ITEM_TYPE.abstractSyntax, context.abstractSyntax);
    for (const uid of context.transferSyntaxes) {
      writeTextItem(writer, ITEM_TYPE.transferSyntax, uid);
    }
  });
}

function writeContextResult(writer: Writer, context: ContextResult): void {
  const { id, result, transferSyntax } = context;
  writeItem(writer, ITEM_TYPE.presentationContextResult, () => {
    writer.u8(id);
    writer.zeros(1);
    writer.u8(result);
    writer.zeros(1);
    if (result === CONTEXT_RESULT.acceptance || transferSyntax !== "") {
      writeTextItem(writer, ITEM_TYPE.transferSyntax, transferSyntax);
    }
  });
}

/**
 * Writes what follows the header, items in the order of PS3.8, unknown ones
 * last. An empty application context, no user information, and the empty
 * transfer syntax of a context that is not accepted leave their item out.
 */
export function encodeAssociate(
  writer: Writer,
  pdu: AssociateRequest | AssociateAccept,
): void {
  writer.u16(pdu.protocolVersion);
  writer.zeros(2);
  writeTitle(writer, pdu.calledAeTitle);
  writeTitle(writer, pdu.callingAeTitle);
  writer.zeros(RESERVED_LENGTH);
  if (pdu.applicationContext !== "") {
    writeTextItem(
      writer,
      ITEM_TYPE.applicationContext,
      pdu.applicationContext,
    );
  }
  if (pdu.type === "A-ASSOCIATE-RQ") {
    for (const context of pdu.presentationContexts) {
      writeProposedContext(writer, context);
    }
  } else {
    for (const context of pdu.presentationContexts) {
      writeContextResult(writer, context);
    }
  }
  if (pdu.userInformation.length > 0) {
    writeUserInformation(writer, pdu.userInformation);
  }
  for (const { itemType, data } of pdu.unknownItems) {
    writeItem(writer, itemType, () => writer.bytes(data));
  }
}
