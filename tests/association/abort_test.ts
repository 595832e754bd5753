/** Aborts, and peers that are gone. */

import assert from "node:assert/strict";
import { ABORT, P_DATA_ECHO_RSP, RELEASE_RQ } from "../support/golden.ts";
import { abort } from "../support/pdus.ts";
import { DATA, fresh, layerIn, REQUEST } from "./layers.ts";

Deno.test("our abort has source service user, and waits for the peer to close", async () => {
  for (const state of ["Sta3", "Sta5", "Sta6", "Sta7"] as const) {
    using fixture = await layerIn(state);
    fixture.transport.give(P_DATA_ECHO_RSP, RELEASE_RQ, "end");
    await fixture.layer.abort();
    assert.deepEqual(fixture.written(), [ABORT], state);
    assert.equal(fixture.transport.writeClosed, true);
    assert.equal(fixture.transport.closed, true);
    assert.deepEqual(fixture.steps(), [
      "A-ABORT request: AA-1",
      "transport connection closed: AR-5",
    ]);
  }
});

Deno.test("a peer that does not close after our last PDU is cut off by ARTIM", async () => {
  using fixture = fresh("requestor", 0);
  const { layer, transport, deadline } = fixture;
  layer.begin();
  await layer.connected(transport, REQUEST, deadline);
  await layer.abort();
  assert.equal(layer.state, "Sta1");
  assert.equal(transport.closed, true);
  assert.equal(fixture.steps().at(-1), "ARTIM timer expired: AA-2");
});

Deno.test("a last PDU that cannot be written is given up by ARTIM", async () => {
  using fixture = fresh("requestor", 0);
  const { layer, transport, deadline } = fixture;
  layer.begin();
  await layer.connected(transport, REQUEST, deadline);
  transport.writesHang = true;
  await layer.abort();
  assert.equal(layer.state, "Sta1");
  assert.equal(transport.closed, true);
});

Deno.test("a peer that is gone shows on the next receive, with what it said", async () => {
  using fixture = await layerIn("Sta6");
  fixture.transport.writesFail = true;
  await fixture.layer.sendData([DATA], fixture.deadline);
  fixture.transport.give(abort(0, 0), "reset");
  assert.deepEqual(await fixture.receive(), {
    kind: "abort",
    source: 0,
    reason: 0,
  });
});

Deno.test("our abort to a peer that is gone ends all the same", async () => {
  using fixture = await layerIn("Sta6");
  fixture.transport.writesFail = true;
  await fixture.layer.abort();
  assert.equal(fixture.layer.state, "Sta1");
  assert.equal(fixture.transport.closed, true);
});

Deno.test("a connection that could not be had leads back to the start", () => {
  using fixture = fresh("requestor");
  fixture.layer.begin();
  fixture.layer.transportFailed();
  assert.equal(fixture.layer.state, "Sta1");
  assert.deepEqual(fixture.steps(), [
    "A-ASSOCIATE request: AE-1",
    "transport connection closed: AA-4",
  ]);
});

Deno.test("an abort before there is an association sends nothing", async () => {
  using fixture = fresh("requestor");
  fixture.layer.begin();
  await fixture.layer.abort();
  assert.equal(fixture.layer.state, "Sta1");
  assert.deepEqual(fixture.written(), []);
});
