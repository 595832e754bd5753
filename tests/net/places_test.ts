import assert from "node:assert/strict";
import { Places } from "../../lib/net/places.ts";

Deno.test("there are as many places as were made, and one given back is free", () => {
  const places = new Places(2);
  const one = places.take();
  assert.ok(one && places.take());
  assert.equal(places.take(), undefined);
  one[Symbol.dispose]();
  one[Symbol.dispose]();
  assert.ok(places.take());
  assert.equal(places.take(), undefined);
});

Deno.test("whoever waits for a place gets the next that is given back", async () => {
  const places = new Places(1);
  const one = await places.wait();
  const waiting = places.wait();
  one[Symbol.dispose]();
  const other = await waiting;
  assert.equal(places.take(), undefined);
  other[Symbol.dispose]();
  assert.ok(places.take());
});
