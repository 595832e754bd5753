import { concatenate } from "../../lib/base/writer.ts";
import assert from "node:assert/strict";
import * as fc from "fast-check";
import { Channel } from "../../lib/association/channel.ts";
import { Deadlines } from "../../lib/net/deadline.ts";
import {
  ASSOCIATE_AC,
  P_DATA_ECHO_RSP,
  RELEASE_RP,
} from "../support/golden.ts";
import { pdu, pduOfLength } from "../support/pdus.ts";
import { byteByByte, MemoryTransport } from "./memory-transport.ts";
import { LIMIT, next, open } from "./channel-fixture.ts";

Deno.test("a PDU that comes byte by byte is put together", async () => {
  const transport = new MemoryTransport(...byteByByte(ASSOCIATE_AC), "end");
  using fixture = open(transport);
  assert.deepEqual(await next(fixture), ASSOCIATE_AC);
  assert.deepEqual(await next(fixture), "closed");
});

Deno.test("two PDUs in one read are two, and the surplus is not lost", async () => {
  const transport = new MemoryTransport(
    concatenate([P_DATA_ECHO_RSP, RELEASE_RP, P_DATA_ECHO_RSP.subarray(0, 3)]),
    P_DATA_ECHO_RSP.subarray(3),
    "end",
  );
  using fixture = open(transport);
  assert.deepEqual(await next(fixture), P_DATA_ECHO_RSP);
  assert.deepEqual(await next(fixture), RELEASE_RP);
  assert.equal(fixture.channel.midPdu, true);
  assert.deepEqual(await next(fixture), P_DATA_ECHO_RSP);
  assert.equal(fixture.channel.midPdu, false);
  assert.deepEqual(await next(fixture), "closed");
});

Deno.test("any PDUs in any pieces come out as they went in", async () => {
  const pdus = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 255 }), fc.uint8Array({ maxLength: 90 }))
      .map(([type, body]) => pdu(type, body)),
    { maxLength: 6 },
  );
  const lengths = fc.array(fc.integer({ min: 1, max: 150 }));
  await fc.assert(
    fc.asyncProperty(pdus, lengths, async (sent, cuts) => {
      const stream = concatenate([...sent]);
      const pieces: Uint8Array[] = [];
      let at = 0;
      for (const cut of cuts) {
        if (at >= stream.byteLength) break;
        pieces.push(stream.subarray(at, at += cut));
      }
      if (at < stream.byteLength) pieces.push(stream.subarray(at));
      using fixture = open(new MemoryTransport(...pieces, "end"));
      for (const one of sent) {
        assert.deepEqual(await next(fixture), one);
      }
      assert.deepEqual(await next(fixture), "closed");
      assert.deepEqual(
        fixture.headers,
        sent.map((one) => one.subarray(0, 6)),
      );
    }),
    { numRuns: 300, seed: 38 },
  );
});

Deno.test("a PDU that is longer than the buffer comes whole", async () => {
  const long = pdu(0x04, new Uint8Array(70_000).map((_, i) => i % 251));
  const transport = new MemoryTransport(
    RELEASE_RP,
    concatenate([long, RELEASE_RP]),
  );
  using fixture = open(transport, { limit: 70_000 });
  assert.deepEqual(await next(fixture), RELEASE_RP);
  assert.deepEqual(await next(fixture), long);
  assert.deepEqual(await next(fixture), RELEASE_RP);
});

Deno.test("a PDU that was long is not held when it is gone", async () => {
  const long = pdu(0x04, new Uint8Array(70_000));
  const transport = new MemoryTransport(long, RELEASE_RP);
  using fixture = open(transport, { limit: 70_000 });
  assert.deepEqual(await next(fixture), long);
  assert.ok(transport.longestBuffer > 60_000);
  assert.deepEqual(await next(fixture), RELEASE_RP);
  assert.equal(transport.offered.at(-1)?.byteLength, 4096);
});

Deno.test("a long series of short PDUs has one buffer", async () => {
  const count = 200;
  const transport = new MemoryTransport(...Array(count).fill(P_DATA_ECHO_RSP));
  using fixture = open(transport);
  for (let index = 0; index < count; index++) {
    assert.deepEqual(await next(fixture), P_DATA_ECHO_RSP);
  }
  assert.equal(transport.offered.length, count);
  assert.equal(new Set(transport.offered).size, 1);
});

Deno.test("a PDU without a body is a PDU", async () => {
  using fixture = open(new MemoryTransport(pdu(0x09)));
  assert.deepEqual(await next(fixture), pdu(0x09));
});

Deno.test("the limit is known from the header alone", async () => {
  const header = pduOfLength(0x04, LIMIT + 1);
  using fixture = open(new MemoryTransport(header));
  assert.deepEqual(await next(fixture), { type: 0x04, tooLong: LIMIT + 1 });
  assert.deepEqual(fixture.headers, [header]);
});

Deno.test("a PDU as long as the limit is taken", async () => {
  const longest = pdu(0x04, new Uint8Array(LIMIT));
  using fixture = open(new MemoryTransport(longest));
  assert.deepEqual(await next(fixture), longest);
});

Deno.test("a length of 2^32-1 is no reason to hold anything", async () => {
  const transport = new MemoryTransport(pduOfLength(0x02, 0xffffffff));
  using fixture = open(transport);
  assert.deepEqual(await next(fixture), { type: 0x02, tooLong: 0xffffffff });
});

Deno.test("the buffer grows with the bytes that come, not with those promised", async () => {
  const transport = new MemoryTransport(
    pduOfLength(0x02, 0x100000),
    new Uint8Array(100),
    "end",
  );
  using fixture = open(transport, { limit: 0x100000 });
  assert.deepEqual(await next(fixture), "cut short");
  assert.ok(transport.longestBuffer <= 4096, String(transport.longestBuffer));
});

for (const end of ["end", "reset"] as const) {
  const how = end === "end" ? "closes" : "resets";

  Deno.test(`a peer that ${how} between PDUs has closed`, async () => {
    using fixture = open(new MemoryTransport(RELEASE_RP, end));
    assert.deepEqual(await next(fixture), RELEASE_RP);
    assert.deepEqual(await next(fixture), "closed");
  });

  Deno.test(`a peer that ${how} within a header has begun no PDU`, async () => {
    for (let length = 1; length < 6; length++) {
      const part = RELEASE_RP.subarray(0, length);
      using fixture = open(new MemoryTransport(part, end));
      assert.deepEqual(await next(fixture), "closed");
      assert.deepEqual(fixture.headers, []);
    }
  });

  Deno.test(`a peer that ${how} within a body cuts a PDU short`, async () => {
    for (let length = 6; length < RELEASE_RP.byteLength; length++) {
      const part = RELEASE_RP.subarray(0, length);
      using fixture = open(new MemoryTransport(part, end));
      assert.deepEqual(await next(fixture), "cut short");
      assert.deepEqual(fixture.headers, [RELEASE_RP.subarray(0, 6)]);
    }
  });
}

Deno.test("a header is shown once, and before its body has come", async () => {
  const shown = Promise.withResolvers<void>();
  const transport = new MemoryTransport(RELEASE_RP.subarray(0, 6));
  const headers: Uint8Array[] = [];
  using deadlines = new Deadlines();
  const channel = new Channel(transport, {
    lengthLimit: () => LIMIT,
    pduTimeout: undefined,
    onHeader: (header) => {
      headers.push(header);
      shown.resolve();
    },
  }, deadlines);
  using deadline = deadlines.start(undefined);
  const received = channel.receive(deadline);
  await shown.promise;
  transport.give(...byteByByte(RELEASE_RP.subarray(6)));
  const { kind } = await received;
  assert.equal(kind, "pdu");
  assert.deepEqual(headers, [RELEASE_RP.subarray(0, 6)]);
});
