/**
 * Makes PDUs for scripted peers, right and wrong ones. Written from the tables
 * of PS3.8 section 9.3 and PS3.7 sections 6.3, 9.3.5 and Annex D, without the
 * program's own encoder.
 */

import { bytes } from "./golden.ts";

/** A hexadecimal group as in `bytes` of golden.ts, or bytes as they are. */
export type Part = string | Uint8Array;

function concatenate(parts: readonly Part[]): number[] {
  return parts.flatMap((part) => [
    ...(typeof part === "string" ? bytes(part) : part),
  ]);
}

/** `value` in `width` bytes, most significant first. */
export function big(value: number, width: number): string {
  return value.toString(16).padStart(2 * width, "0");
}

/** `value` in `width` bytes, least significant first. */
export function little(value: number, width: number): string {
  return big(value, width).match(/../g)?.reverse().join("") ?? "";
}

/** A text, one byte a character. */
export function text(value: string): Uint8Array {
  return Uint8Array.from(value, (c) => c.charCodeAt(0));
}

/** A PDU: type, reserved byte, 32-bit length, content. */
export function pdu(type: number, ...content: readonly Part[]): Uint8Array {
  const body = concatenate(content);
  return Uint8Array.from([
    ...bytes(big(type, 1), "00", big(body.length, 4)),
    ...body,
  ]);
}

/** A PDU whose length field says `length`, whatever it contains. */
export function pduOfLength(
  type: number,
  length: number,
  ...content: readonly Part[]
): Uint8Array {
  return Uint8Array.from([
    ...bytes(big(type, 1), "00", big(length, 4)),
    ...concatenate(content),
  ]);
}

/** An item or sub-item: type, reserved byte, 16-bit length, content. */
export function item(type: number, ...content: readonly Part[]): Uint8Array {
  const body = concatenate(content);
  return Uint8Array.from([
    ...bytes(big(type, 1), "00", big(body.length, 2)),
    ...body,
  ]);
}

/** PS3.8 Table 9-18. */
export interface AcceptedContext {
  readonly id: number;
  readonly result?: number;
  /** Null leaves the sub-item out. */
  readonly transferSyntax?: string | null;
}

/** What may differ from a plain A-ASSOCIATE-AC (PS3.8 Table 9-17). */
export interface AcceptOptions {
  readonly contexts?: readonly AcceptedContext[];
  /** Null leaves the sub-item out. */
  readonly maximumLength?: number | null;
  readonly protocolVersion?: number;
  /** 16 characters. */
  readonly calledAeTitle?: string;
  /** 16 characters. */
  readonly callingAeTitle?: string;
  /** Null leaves the item out. */
  readonly applicationContext?: string | null;
  readonly implementationClassUid?: string | null;
  readonly implementationVersionName?: string | null;
  /** Whole sub-items at the end of the user information. */
  readonly userItems?: readonly Uint8Array[];
  /** Whole items before the user information. */
  readonly extraItems?: readonly Uint8Array[];
  /** False leaves out the whole user information item. */
  readonly userInformation?: boolean;
}

function contextItem(context: AcceptedContext): Uint8Array {
  const syntax = context.transferSyntax === undefined
    ? "1.2.840.10008.1.2"
    : context.transferSyntax;
  return item(
    0x21,
    big(context.id, 1),
    "00",
    big(context.result ?? 0, 1),
    "00",
    ...(syntax === null ? [] : [item(0x40, text(syntax))]),
  );
}

function textItem(type: number, value: string | null): Uint8Array[] {
  return value === null ? [] : [item(type, text(value))];
}

/** A-ASSOCIATE-AC; by default context 1 in Implicit VR Little Endian. */
export function associateAccept(options: AcceptOptions = {}): Uint8Array {
  const {
    contexts = [{ id: 1 }],
    maximumLength = 16384,
    applicationContext = "1.2.840.10008.3.1.1.1",
    implementationClassUid = "1.2.3.4.5.6.7",
    implementationVersionName = "SCRIPTED_PEER",
  } = options;
  const userInformation = item(
    0x50,
    ...(maximumLength === null ? [] : [item(0x51, big(maximumLength, 4))]),
    ...textItem(0x52, implementationClassUid),
    ...textItem(0x55, implementationVersionName),
    ...(options.userItems ?? []),
  );
  return pdu(
    0x02,
    big(options.protocolVersion ?? 1, 2),
    "0000",
    text(options.calledAeTitle ?? "ANY-SCP         "),
    text(options.callingAeTitle ?? "ECHOSCU         "),
    "00".repeat(32),
    ...textItem(0x10, applicationContext),
    ...contexts.map(contextItem),
    ...(options.extraItems ?? []),
    ...(options.userInformation === false ? [] : [userInformation]),
  );
}

/** A-ASSOCIATE-RJ (PS3.8 Table 9-21). */
export function associateReject(
  result: number,
  source: number,
  reason: number,
): Uint8Array {
  return pdu(0x03, "00", big(result, 1), big(source, 1), big(reason, 1));
}

/** A-ABORT (PS3.8 Table 9-26). */
export function abort(source: number, reason: number): Uint8Array {
  return pdu(0x07, "0000", big(source, 1), big(reason, 1));
}

/** Presentation data value item (PS3.8 Table 9-23); control as in Annex E. */
export function pdv(
  contextId: number,
  control: number,
  data: Uint8Array,
): Uint8Array {
  return Uint8Array.from([
    ...bytes(big(data.length + 2, 4), big(contextId, 1), big(control, 1)),
    ...data,
  ]);
}

/** P-DATA-TF (PS3.8 Table 9-22). */
export function pData(...values: readonly Uint8Array[]): Uint8Array {
  return pdu(0x04, ...values);
}

/** The message control headers there are (PS3.8 Annex E.2). */
export const COMMAND_LAST = 0x03;
export const COMMAND_MORE = 0x01;
export const DATA_LAST = 0x02;
export const DATA_MORE = 0x00;

/** An element of a command set (PS3.7 6.3.1): tag (0000,eeee) and value. */
export function element(number: number, ...value: readonly Part[]): Uint8Array {
  const content = concatenate(value);
  return Uint8Array.from([
    ...bytes("0000", little(number, 2), little(content.length, 4)),
    ...content,
  ]);
}

/** A command set with its group length (0000,0000) in front. */
export function commandSet(...elements: readonly Uint8Array[]): Uint8Array {
  const content = concatenate(elements);
  return Uint8Array.from([
    ...element(0x0000, little(content.length, 4)),
    ...content,
  ]);
}

/** What may differ from a plain C-ECHO-RSP (PS3.7 Table 9.3-13). */
export interface EchoResponseOptions {
  readonly sopClass?: string;
  readonly commandField?: number;
  readonly messageId?: number;
  readonly dataSetType?: number;
  readonly status?: number;
  /** Element numbers to leave out, as 0x0900 for Status. */
  readonly without?: readonly number[];
  /** More elements, put behind the others. */
  readonly more?: readonly Uint8Array[];
}

/** The command set of a C-ECHO-RSP. */
export function echoResponseCommand(
  options: EchoResponseOptions = {},
): Uint8Array {
  const sopClass = options.sopClass ?? "1.2.840.10008.1.1\0";
  const all: readonly (readonly [number, Part])[] = [
    [0x0002, text(sopClass)],
    [0x0100, little(options.commandField ?? 0x8030, 2)],
    [0x0120, little(options.messageId ?? 1, 2)],
    [0x0800, little(options.dataSetType ?? 0x0101, 2)],
    [0x0900, little(options.status ?? 0, 2)],
  ];
  return commandSet(
    ...all.filter(([number]) => !options.without?.includes(number))
      .map(([number, value]) => element(number, value)),
    ...(options.more ?? []),
  );
}

/** A C-ECHO-RSP as one PDV in one P-DATA-TF, on `contextId`. */
export function echoResponse(
  options: EchoResponseOptions = {},
  contextId = 1,
): Uint8Array {
  return pData(pdv(contextId, COMMAND_LAST, echoResponseCommand(options)));
}
