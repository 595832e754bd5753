/** Receivers of messages, and what they are given. */

import assert from "node:assert/strict";
import {
  type CommandMessage,
  type MessageEvent,
  MessageReceiver,
} from "../../lib/dimse/message.ts";
import type { Fixture } from "../association/layers.ts";
import { fragments } from "./fragments.ts";
import {
  commandSet,
  echoResponseCommand,
  element,
  pData,
} from "../support/pdus.ts";

export const COMMAND = echoResponseCommand({ messageId: 7 });

/** A receiver on contexts 1 and 5, and on 7 with a syntax that nobody knows. */
export function receiverOf(
  { layer }: Fixture,
  observe?: (event: MessageEvent) => void,
): MessageReceiver {
  return new MessageReceiver(layer, [
    { id: 1, transferSyntax: "1.2.840.10008.1.2" },
    { id: 5, transferSyntax: "1.2.840.10008.1.2.4.50" },
    { id: 7, transferSyntax: "1.2.3\x1b" },
  ], observe);
}

export async function receive(fixture: Fixture): Promise<CommandMessage> {
  return await receiverOf(fixture).receive(fixture.deadline);
}

/** A command set of exactly `length` bytes, in PDUs of 4000 bytes of data. */
export function long(length: number): Uint8Array[] {
  const bytes = commandSet(element(0x0902, new Uint8Array(length - 20)));
  assert.equal(bytes.byteLength, length);
  return fragments(bytes, Array(100).fill(4000)).map((value) => pData(value));
}
