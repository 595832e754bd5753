/** A channel over a transport in memory. */

import assert from "node:assert/strict";
import { Channel } from "../../lib/association/channel.ts";
import { Deadlines } from "../../lib/net/deadline.ts";
import { MemoryTransport } from "./memory-transport.ts";

export const LIMIT = 1000;

export interface Fixture extends Disposable {
  readonly channel: Channel;
  readonly headers: Uint8Array[];
  readonly deadlines: Deadlines;
}

export function open(
  transport: MemoryTransport,
  options: { limit?: number; pduTimeout?: number } = {},
): Fixture {
  const headers: Uint8Array[] = [];
  const deadlines = new Deadlines();
  const channel = new Channel(transport, {
    lengthLimit: () => options.limit ?? LIMIT,
    pduTimeout: options.pduTimeout,
    onHeader: (header) => headers.push(header),
  }, deadlines);
  return {
    channel,
    headers,
    deadlines,
    [Symbol.dispose]: () => deadlines[Symbol.dispose](),
  };
}

/** What a wait ended with, in as few words as can be. */
export async function next({ channel, deadlines }: Fixture): Promise<unknown> {
  using deadline = deadlines.start(undefined);
  const received = await channel.receive(deadline);
  switch (received.kind) {
    case "pdu":
      assert.equal(received.header.type, received.bytes[0]);
      assert.equal(received.header.length, received.bytes.byteLength - 6);
      return received.bytes;
    case "too-long":
      return { type: received.header.type, tooLong: received.header.length };
    case "closed":
      return received.midPdu ? "cut short" : "closed";
  }
}
