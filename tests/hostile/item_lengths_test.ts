/** The length of each item of an acceptance, wrong in each way (PS3.8 9.3.3). */

import assert from "node:assert/strict";
import { MemoryTransport } from "../association/memory-transport.ts";
import { ASSOCIATE_AC, RELEASE_RP } from "../support/golden.ts";
import { echoResponse } from "../support/pdus.ts";
import { verifyHost } from "../verify/verification.ts";

/** Of the fixed fields of an A-ASSOCIATE-AC, header included. */
const FIXED_LENGTH = 74;
/** Of a presentation context: its ID and result stand before its sub-items. */
const CONTEXT = 0x21;
const USER_INFORMATION = 0x50;

interface Item {
  readonly type: number;
  /** Of its length field. */
  readonly offset: number;
  readonly length: number;
}

function itemsIn(bytes: Uint8Array, start: number, end: number): Item[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const items: Item[] = [];
  for (let at = start; at < end;) {
    const type = view.getUint8(at);
    const length = view.getUint16(at + 2);
    items.push({ type, offset: at + 2, length });
    const value = at + 4;
    if (type === CONTEXT) {
      items.push(...itemsIn(bytes, value + 4, value + length));
    }
    if (type === USER_INFORMATION) {
      items.push(...itemsIn(bytes, value, value + length));
    }
    at = value + length;
  }
  return items;
}

const ITEMS = itemsIn(ASSOCIATE_AC, FIXED_LENGTH, ASSOCIATE_AC.byteLength);

Deno.test("the items of the acceptance are found, sub-items as well", () => {
  const types = ITEMS.map(({ type }) => type.toString(16)).join(" ");
  assert.equal(types, "10 21 40 50 51 52 55");
});

/** Whether a verification goes well where one length is wrong. */
async function passes(offset: number, wrong: number): Promise<boolean> {
  const accept = ASSOCIATE_AC.slice();
  new DataView(accept.buffer).setUint16(offset, wrong);
  const transport = new MemoryTransport(accept, echoResponse(), RELEASE_RP);
  const { outcome } = await verifyHost({}, {
    connect: () => Promise.resolve(transport),
  });
  assert.ok(transport.closed);
  if (outcome.failure === undefined) return true;
  assert.equal(outcome.failure.stage, "association");
  assert.equal(outcome.echoes.sent, 0);
  return false;
}

Deno.test("an item whose length is wrong is no acceptance, whichever it is", async () => {
  const wrongs = ITEMS.flatMap(({ type, offset, length }) =>
    [0, 1, length - 1, length + 1, 0xffff].map((wrong) => ({
      name: `${type.toString(16)} says ${wrong}`,
      offset,
      wrong,
    }))
  );
  const passed = await Promise.all(
    wrongs.map(async ({ name, offset, wrong }) =>
      await passes(offset, wrong) ? [name] : []
    ),
  );
  // Without user information, which real peers leave out; what follows are then
  // items of unknown type (PS3.8 9.3.1).
  assert.deepEqual(passed.flat(), ["50 says 0"]);
});
