/** When a channel waits, and for how long. */

import assert from "node:assert/strict";
import { Deadlines, ExpiredError } from "../../lib/net/deadline.ts";
import {
  ASSOCIATE_AC,
  P_DATA_ECHO_RSP,
  RELEASE_RP,
} from "../support/golden.ts";
import { byteByByte, MemoryTransport } from "./memory-transport.ts";
import { next, open } from "./channel-fixture.ts";

function isTimeout(error: unknown): boolean {
  return error instanceof ExpiredError && error.expiry === "timeout";
}

Deno.test("a PDU whose rest stays away runs out of time by itself", async () => {
  for (const length of [1, 6, 8]) {
    const transport = new MemoryTransport(RELEASE_RP.subarray(0, length));
    using fixture = open(transport, { pduTimeout: 0 });
    await assert.rejects(next(fixture), isTimeout);
    assert.equal(fixture.channel.midPdu, true);
    transport.close();
  }
});

Deno.test("the caller's deadline bounds a PDU that trickles", async () => {
  const transport = new MemoryTransport(...byteByByte(RELEASE_RP).slice(0, 9));
  using fixture = open(transport, { pduTimeout: 600_000 });
  using deadline = fixture.deadlines.start(0);
  await assert.rejects(fixture.channel.receive(deadline), isTimeout);
  transport.close();
});

Deno.test("while nothing comes only the caller's deadline counts", async () => {
  const transport = new MemoryTransport();
  using fixture = open(transport, { pduTimeout: 0 });
  const stop = new AbortController();
  using interruptible = new Deadlines(stop.signal);
  using deadline = interruptible.start(undefined);
  const received = fixture.channel.receive(deadline);
  // A deadline of no time at all is over before this one is reached.
  using other = fixture.deadlines.start(0);
  await assert.rejects(other.race(new Promise(() => {})), isTimeout);
  stop.abort();
  await assert.rejects(
    received,
    (error) => error instanceof ExpiredError && error.expiry === "interrupted",
  );
  transport.close();
});

Deno.test("a read that its deadline left behind is taken up again", async () => {
  const transport = new MemoryTransport();
  using fixture = open(transport);
  using over = fixture.deadlines.start(0);
  await assert.rejects(fixture.channel.receive(over), isTimeout);
  // The transport fails the test when it is read from twice at a time.
  const drained = fixture.channel.drain(fixture.deadlines.start(undefined));
  transport.give(P_DATA_ECHO_RSP, RELEASE_RP, "end");
  await drained;
  assert.equal(transport.writeClosed, true);
});

Deno.test("what comes after an expired wait between PDUs is not lost", async () => {
  const transport = new MemoryTransport();
  using fixture = open(transport);
  using over = fixture.deadlines.start(0);
  await assert.rejects(fixture.channel.receive(over), isTimeout);
  const received = next(fixture);
  transport.give(RELEASE_RP);
  assert.deepEqual(await received, RELEASE_RP);
});

Deno.test("draining ends with the stream, with a reset and with its deadline", async () => {
  for (const end of ["end", "reset"] as const) {
    const transport = new MemoryTransport(new Uint8Array(100_000), end);
    using fixture = open(transport);
    using deadline = fixture.deadlines.start(undefined);
    await fixture.channel.drain(deadline);
    assert.ok(transport.longestBuffer < 100_000);
  }
  const silent = new MemoryTransport();
  using fixture = open(silent);
  using deadline = fixture.deadlines.start(0);
  await assert.rejects(fixture.channel.drain(deadline), isTimeout);
  silent.close();
});

Deno.test("draining ends when the peer goes on for too long", async () => {
  const transport = new MemoryTransport(
    ...Array(600).fill(new Uint8Array(4096)),
  );
  using fixture = open(transport);
  using deadline = fixture.deadlines.start(undefined);
  assert.equal(await fixture.channel.drain(deadline), false);
  assert.ok(transport.offered.length <= 257);
  transport.close();
});

Deno.test("a PDU leaves in one write", async () => {
  const transport = new MemoryTransport();
  using fixture = open(transport);
  using deadline = fixture.deadlines.start(undefined);
  await fixture.channel.send(ASSOCIATE_AC, deadline);
  assert.deepEqual(transport.written, [ASSOCIATE_AC]);
});

Deno.test("sending to a peer that is gone leaves it to the next receive", async () => {
  const transport = new MemoryTransport(RELEASE_RP, "reset");
  transport.writesFail = true;
  using fixture = open(transport);
  using deadline = fixture.deadlines.start(undefined);
  await fixture.channel.send(RELEASE_RP, deadline);
  assert.deepEqual(await next(fixture), RELEASE_RP);
  assert.equal(await next(fixture), "closed");
});

Deno.test("a write that never ends runs out of time", async () => {
  const transport = new MemoryTransport();
  transport.writesHang = true;
  using fixture = open(transport, { pduTimeout: 0 });
  using deadline = fixture.deadlines.start(undefined);
  await assert.rejects(fixture.channel.send(RELEASE_RP, deadline), isTimeout);
});
