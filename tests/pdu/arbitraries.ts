/** Every PDU there can be, for property tests. */

import * as fc from "fast-check";
import type {
  ContextResult,
  Pdu,
  PresentationDataValue,
  ProposedContext,
  UnknownItem,
  UserInformationItem,
} from "../../lib/pdu/types.ts";

/** Plain objects only: deep equality compares prototypes as well. */
function record<T>(
  model: { readonly [K in keyof T]: fc.Arbitrary<T[K]> },
): fc.Arbitrary<T> {
  return fc.record<T>(model, { noNullPrototype: true });
}

const byte = fc.integer({ min: 0, max: 0xff });
const u16 = fc.integer({ min: 0, max: 0xffff });
const u32 = fc.integer({ min: 0, max: 0xffffffff });
const data = fc.uint8Array({ maxLength: 40 });

/** One character a byte, without the padding that a decoder takes away. */
function text(maxLength: number, padding: RegExp): fc.Arbitrary<string> {
  const character = byte.map((code) => String.fromCharCode(code));
  return fc.string({ unit: character, maxLength })
    .map((value) => value.replace(padding, ""));
}

const uid = text(64, /[\0 ]+$/);
const title = text(16, /[\0 ]+$/);
const versionName = text(64, /\0+$/);

function unknownItem(known: readonly number[]): fc.Arbitrary<UnknownItem> {
  return record<UnknownItem>({
    itemType: byte.filter((type) => !known.includes(type)),
    data,
  });
}

const proposedContext = record<ProposedContext>({
  id: byte,
  abstractSyntax: uid,
  transferSyntaxes: fc.array(uid, { maxLength: 4 }),
});

const contextResult = record<ContextResult>({
  id: byte,
  result: byte,
  transferSyntax: uid,
});

type Sub<K extends UserInformationItem["item"]> = Extract<
  UserInformationItem,
  { item: K }
>;

/** One of each kind of user information item. */
export const userInformationItem: fc.Arbitrary<UserInformationItem> = fc.oneof(
  record<Sub<"maximum-length">>({
    item: fc.constant("maximum-length"),
    maximumLength: u32,
  }),
  record<Sub<"implementation-class-uid">>({
    item: fc.constant("implementation-class-uid"),
    uid,
  }),
  record<Sub<"implementation-version-name">>({
    item: fc.constant("implementation-version-name"),
    name: versionName,
  }),
  record<Sub<"asynchronous-operations-window">>({
    item: fc.constant("asynchronous-operations-window"),
    maximumInvoked: u16,
    maximumPerformed: u16,
  }),
  record<Sub<"role-selection">>({
    item: fc.constant("role-selection"),
    sopClassUid: uid,
    scuRole: byte,
    scpRole: byte,
  }),
  record<Sub<"extended-negotiation">>({
    item: fc.constant("extended-negotiation"),
    sopClassUid: uid,
    serviceClassApplicationInformation: data,
  }),
  record<Sub<"common-extended-negotiation">>({
    item: fc.constant("common-extended-negotiation"),
    sopClassUid: uid,
    serviceClassUid: uid,
    relatedGeneralSopClassUids: fc.array(uid, { maxLength: 3 }),
    reserved: fc.constant(new Uint8Array()),
  }),
  record<Sub<"user-identity">>({
    item: fc.constant("user-identity"),
    identityType: byte,
    positiveResponseRequested: fc.boolean(),
    primaryField: data,
    secondaryField: data,
  }),
  record<Sub<"user-identity-response">>({
    item: fc.constant("user-identity-response"),
    serverResponse: data,
  }),
  unknownItem([0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59])
    .map((item) => ({ item: "unknown" as const, ...item })),
);

const associateFields = {
  protocolVersion: u16,
  calledAeTitle: title,
  callingAeTitle: title,
  applicationContext: uid,
  userInformation: fc.array(userInformationItem, { maxLength: 8 }),
};

const presentationDataValue = record<PresentationDataValue>({
  contextId: byte,
  isCommand: fc.boolean(),
  isLast: fc.boolean(),
  data,
});

type Of<T extends Pdu["type"]> = Extract<Pdu, { type: T }>;

/** Any of the seven PDUs, with any values that its fields can hold. */
export const anyPdu: fc.Arbitrary<Pdu> = fc.oneof(
  record<Of<"A-ASSOCIATE-RQ">>({
    type: fc.constant("A-ASSOCIATE-RQ"),
    ...associateFields,
    presentationContexts: fc.array(proposedContext, { maxLength: 4 }),
    unknownItems: fc.array(unknownItem([0x10, 0x20, 0x50]), { maxLength: 2 }),
  }),
  record<Of<"A-ASSOCIATE-AC">>({
    type: fc.constant("A-ASSOCIATE-AC"),
    ...associateFields,
    presentationContexts: fc.array(contextResult, { maxLength: 4 }),
    unknownItems: fc.array(unknownItem([0x10, 0x21, 0x50]), { maxLength: 2 }),
  }),
  record<Of<"A-ASSOCIATE-RJ">>({
    type: fc.constant("A-ASSOCIATE-RJ"),
    result: byte,
    source: byte,
    reason: byte,
  }),
  record<Of<"P-DATA-TF">>({
    type: fc.constant("P-DATA-TF"),
    values: fc.array(presentationDataValue, { minLength: 1, maxLength: 5 }),
  }),
  record<Of<"A-RELEASE-RQ">>({ type: fc.constant("A-RELEASE-RQ") }),
  record<Of<"A-RELEASE-RP">>({ type: fc.constant("A-RELEASE-RP") }),
  record<Of<"A-ABORT">>({
    type: fc.constant("A-ABORT"),
    source: byte,
    reason: byte,
  }),
);
