import assert from "node:assert/strict";
import * as fc from "fast-check";
import type { MessageEvent } from "../../lib/dimse/message.ts";
import { layerIn } from "../association/layers.ts";
import { fragments } from "./fragments.ts";
import {
  COMMAND_LAST,
  COMMAND_MORE,
  echoResponseCommand,
  pData,
  pdv,
} from "../support/pdus.ts";
import { COMMAND, long, receive, receiverOf } from "./receiver.ts";

Deno.test("a command set in one PDV is a message", async () => {
  using fixture = await layerIn("Sta6");
  fixture.transport.give(pData(pdv(5, COMMAND_LAST, COMMAND)));
  const message = await receive(fixture);
  assert.equal(message.contextId, 5);
  assert.equal(message.fault, undefined);
  assert.deepEqual(
    message.elements.map(({ tag }) => tag),
    [0x0000, 0x0002, 0x0100, 0x0120, 0x0800, 0x0900],
  );
});

Deno.test("fragments are joined, however they are cut and put into PDUs", async () => {
  using whole = await layerIn("Sta6");
  whole.transport.give(pData(pdv(1, COMMAND_LAST, COMMAND)));
  const expected = await receive(whole);
  const even = fc.integer({ min: 0, max: 20 }).map((half) => 2 * half);
  await fc.assert(
    fc.asyncProperty(
      fc.array(even, { maxLength: 12 }),
      fc.infiniteStream(fc.boolean()),
      async (lengths, breaks) => {
        const values = fragments(COMMAND, lengths);
        const pdus: Uint8Array[][] = [[]];
        for (const value of values) {
          if (breaks.next().value) pdus.push([]);
          pdus.at(-1)?.push(value);
        }
        using fixture = await layerIn("Sta6");
        const filled = pdus.filter((some) => some.length > 0);
        fixture.transport.give(...filled.map((some) => pData(...some)));
        const events: MessageEvent[] = [];
        const receiver = receiverOf(fixture, (event) => events.push(event));
        assert.deepEqual(await receiver.receive(fixture.deadline), expected);
        assert.deepEqual(events, [
          { kind: "command-begun" },
          {
            kind: "command-complete",
            contextId: 1,
            fragmentCount: values.length,
            byteLength: COMMAND.byteLength,
          },
        ]);
      },
    ),
    { numRuns: 200, seed: 38 },
  );
});

Deno.test("two messages in one PDU are two", async () => {
  using fixture = await layerIn("Sta6");
  const second = echoResponseCommand({ status: 0x0122 });
  const [head, tail] = [second.subarray(0, 20), second.subarray(20)];
  fixture.transport.give(
    pData(pdv(1, COMMAND_LAST, COMMAND), pdv(1, COMMAND_MORE, head)),
    pData(pdv(1, COMMAND_LAST, tail), pdv(5, COMMAND_LAST, COMMAND)),
  );
  const receiver = receiverOf(fixture);
  const seen: (readonly [number, string])[] = [];
  for (let i = 0; i < 3; i++) {
    const message = await receiver.receive(fixture.deadline);
    const status = message.elements.find(({ tag }) => tag === 0x0900)?.value;
    seen.push([message.contextId, String(status)]);
  }
  assert.deepEqual(seen, [[1, "0,0"], [1, "34,1"], [5, "0,0"]]);
});

Deno.test("what cannot be read of a command set is told with the message", async () => {
  using fixture = await layerIn("Sta6");
  fixture.transport.give(
    pData(pdv(1, COMMAND_LAST, COMMAND.subarray(0, 70))),
    pData(pdv(1, COMMAND_LAST, new Uint8Array(0))),
  );
  const receiver = receiverOf(fixture);
  const cut = await receiver.receive(fixture.deadline);
  assert.equal(cut.elements.length, 5);
  assert.match(cut.fault ?? "", /^element number at offset 70/);
  const empty = await receiver.receive(fixture.deadline);
  assert.deepEqual(empty.elements, []);
});

Deno.test("a command set of 64 KiB is taken", async () => {
  using fixture = await layerIn("Sta6");
  fixture.transport.give(...long(65536));
  const message = await receive(fixture);
  assert.equal(message.elements[1]?.value.byteLength, 65536 - 20);
  assert.equal(message.fault, undefined);
});
