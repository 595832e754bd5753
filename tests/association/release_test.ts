import assert from "node:assert/strict";
import { RELEASE_RP, RELEASE_RQ } from "../support/golden.ts";
import { layerIn } from "./layers.ts";

Deno.test("requests to release that cross are answered by the requestor first", async () => {
  using fixture = await layerIn("Sta7", "requestor");
  const { layer, transport, deadline } = fixture;
  transport.give(RELEASE_RQ);
  assert.deepEqual(await fixture.receive(), {
    kind: "release-request",
    collision: true,
  });
  assert.equal(layer.state, "Sta9");
  await layer.respondToRelease(deadline);
  assert.deepEqual(fixture.written(), [RELEASE_RP]);
  assert.equal(layer.state, "Sta11");
  assert.equal(transport.closed, false);
  transport.give(RELEASE_RP);
  assert.deepEqual(await fixture.receive(), { kind: "release-confirm" });
  assert.equal(layer.state, "Sta1");
  assert.equal(transport.closed, true);
});

Deno.test("requests to release that cross are answered by the acceptor last", async () => {
  using fixture = await layerIn("Sta7", "acceptor");
  const { layer, transport, deadline } = fixture;
  transport.give(RELEASE_RQ);
  assert.deepEqual(await fixture.receive(), {
    kind: "release-request",
    collision: true,
  });
  assert.equal(layer.state, "Sta10");
  transport.give(RELEASE_RP);
  assert.deepEqual(await fixture.receive(), { kind: "release-confirm" });
  assert.equal(layer.state, "Sta12");
  assert.equal(transport.closed, false);
  transport.give("end");
  await layer.respondToRelease(deadline);
  assert.deepEqual(fixture.written(), [RELEASE_RP]);
  assert.equal(layer.state, "Sta1");
  assert.equal(transport.closed, true);
});
