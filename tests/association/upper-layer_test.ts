import assert from "node:assert/strict";
import { ForbiddenTransitionError } from "../../lib/association/states.ts";
import { encodePdu } from "../../lib/pdu/codec.ts";
import {
  ABORT,
  ASSOCIATE_AC,
  ASSOCIATE_RJ,
  ASSOCIATE_RQ,
  P_DATA_ECHO_RQ,
  P_DATA_ECHO_RSP,
  RELEASE_RP,
  RELEASE_RQ,
} from "../support/golden.ts";
import { abort, associateAccept, item } from "../support/pdus.ts";
import { ACCEPT, DATA, fresh, layerIn, REQUEST } from "./layers.ts";

Deno.test("a requestor goes from connecting to the end of a release", async () => {
  using fixture = fresh("requestor");
  const { layer, transport, deadline } = fixture;
  layer.begin();
  assert.equal(layer.state, "Sta4");
  assert.equal(layer.standing, false);
  await layer.connected(transport, REQUEST, deadline);
  assert.equal(layer.state, "Sta5");
  assert.equal(layer.standing, true);
  assert.deepEqual(fixture.written(), [encodePdu(REQUEST)]);

  transport.give(ASSOCIATE_AC);
  const accepted = await fixture.receive();
  assert.ok(accepted.kind === "associate-accept");
  assert.equal(accepted.pdu.presentationContexts[0]?.id, 1);

  await layer.sendData([DATA], deadline);
  assert.deepEqual(fixture.written(), [encodePdu(DATA)]);
  transport.give(P_DATA_ECHO_RSP);
  const data = await fixture.receive();
  assert.ok(data.kind === "p-data");
  assert.equal(data.values.length, 1);
  assert.equal(data.values[0]?.data.byteLength, 78);
  assert.equal(layer.state, "Sta6");

  await layer.requestRelease(deadline);
  assert.deepEqual(fixture.written(), [RELEASE_RQ]);
  transport.give(P_DATA_ECHO_RSP, RELEASE_RP);
  assert.equal((await fixture.receive()).kind, "p-data");
  assert.equal(layer.state, "Sta7");
  assert.deepEqual(await fixture.receive(), { kind: "release-confirm" });
  assert.equal(layer.state, "Sta1");
  assert.equal(layer.standing, false);
  assert.equal(transport.closed, true);
  assert.deepEqual(fixture.written(), []);
  assert.deepEqual(fixture.steps(), [
    "A-ASSOCIATE request: AE-1",
    "transport connection confirmation: AE-2",
    "A-ASSOCIATE-AC PDU: AE-3",
    "P-DATA request: DT-1",
    "P-DATA-TF PDU: DT-2",
    "A-RELEASE request: AR-1",
    "P-DATA-TF PDU: AR-6",
    "A-RELEASE-RP PDU: AR-3",
  ]);
});

Deno.test("an acceptor goes from a connection to the end of a release", async () => {
  using fixture = fresh("acceptor");
  const { layer, transport, deadline } = fixture;
  layer.accepted(transport);
  transport.give(ASSOCIATE_RQ);
  const requested = await fixture.receive();
  assert.ok(requested.kind === "associate-request");
  assert.equal(requested.pdu.callingAeTitle, "ECHOSCU");
  assert.equal(layer.state, "Sta3");
  await layer.accept(ACCEPT, deadline);
  assert.deepEqual(fixture.written(), [encodePdu(ACCEPT)]);

  transport.give(P_DATA_ECHO_RQ);
  assert.equal((await fixture.receive()).kind, "p-data");
  transport.give(RELEASE_RQ);
  assert.deepEqual(await fixture.receive(), {
    kind: "release-request",
    collision: false,
  });
  assert.equal(layer.state, "Sta8");
  // The peer still takes data until its release is answered (AR-7).
  await layer.sendData([DATA], deadline);
  assert.deepEqual(fixture.written(), [encodePdu(DATA)]);
  transport.give("end");
  await layer.respondToRelease(deadline);
  assert.deepEqual(fixture.written(), [RELEASE_RP]);
  assert.equal(transport.writeClosed, true);
  assert.equal(transport.closed, true);
  assert.equal(layer.state, "Sta1");
  assert.deepEqual(fixture.steps(), [
    "transport connection indication: AE-5",
    "A-ASSOCIATE-RQ PDU: AE-6",
    "A-ASSOCIATE response (accept): AE-7",
    "P-DATA-TF PDU: DT-2",
    "A-RELEASE-RQ PDU: AR-2",
    "P-DATA request: AR-7",
    "A-RELEASE response: AR-4",
    "transport connection closed: AR-5",
  ]);
});

Deno.test("data of several PDUs leave in one write each, as one request", async () => {
  using fixture = await layerIn("Sta6");
  await fixture.layer.sendData([DATA, DATA], fixture.deadline);
  assert.deepEqual(fixture.written(), [encodePdu(DATA), encodePdu(DATA)]);
  assert.deepEqual(fixture.steps(), ["P-DATA request: DT-1"]);
});

Deno.test("a rejection closes the connection of the requestor", async () => {
  using fixture = await layerIn("Sta5");
  fixture.transport.give(ASSOCIATE_RJ);
  assert.deepEqual(await fixture.receive(), {
    kind: "associate-reject",
    pdu: { type: "A-ASSOCIATE-RJ", result: 1, source: 1, reason: 7 },
  });
  assert.equal(fixture.layer.state, "Sta1");
  assert.equal(fixture.transport.closed, true);
  assert.deepEqual(fixture.written(), []);
});

Deno.test("an acceptor that rejects waits for the peer to close", async () => {
  using fixture = await layerIn("Sta3");
  const { layer, transport } = fixture;
  const rejected = layer.reject({
    type: "A-ASSOCIATE-RJ",
    result: 1,
    source: 1,
    reason: 7,
  });
  assert.equal(layer.state, "Sta13");
  transport.give(RELEASE_RQ, "end");
  await rejected;
  assert.deepEqual(fixture.written(), [ASSOCIATE_RJ]);
  assert.equal(transport.closed, true);
  assert.equal(layer.state, "Sta1");
});

Deno.test("the peer's abort is told with source and reason in every state", async () => {
  for (const state of ["Sta3", "Sta5", "Sta6", "Sta7"] as const) {
    using fixture = await layerIn(state);
    fixture.transport.give(abort(2, 5));
    assert.deepEqual(
      await fixture.receive(),
      { kind: "abort", source: 2, reason: 5 },
      state,
    );
    assert.equal(fixture.layer.state, "Sta1");
    assert.equal(fixture.transport.closed, true);
    assert.deepEqual(fixture.written(), []);
  }
});

Deno.test("a closed connection is told in every state, with what it cut short", async () => {
  for (const state of ["Sta2", "Sta3", "Sta5", "Sta6", "Sta7"] as const) {
    for (const length of [0, 5, 6, 9]) {
      using fixture = await layerIn(state);
      fixture.transport.give(ABORT.subarray(0, length), "end");
      assert.deepEqual(
        await fixture.receive(),
        { kind: "closed", midPdu: length >= 6 },
        `${state}, ${length} bytes`,
      );
      assert.equal(fixture.layer.state, "Sta1");
      assert.equal(fixture.transport.closed, true);
      assert.deepEqual(fixture.written(), []);
    }
  }
});

Deno.test("what the state does not allow is thrown, and nothing is sent", async () => {
  using fixture = await layerIn("Sta5");
  const { layer, deadline } = fixture;
  for (
    const forbidden of [
      () => layer.sendData([DATA], deadline),
      () => layer.requestRelease(deadline),
      () => layer.respondToRelease(deadline),
      () => layer.accept(ACCEPT, deadline),
    ]
  ) await assert.rejects(forbidden, ForbiddenTransitionError);
  assert.throws(() => layer.begin(), ForbiddenTransitionError);
  assert.deepEqual(fixture.written(), []);
  assert.equal(layer.state, "Sta5");
});

Deno.test("events tell of a PDU's header, the step it causes, and its bytes, in turn", async () => {
  using fixture = await layerIn("Sta5");
  const odd = associateAccept({ userItems: [item(0x51, "0000400000")] });
  fixture.events.length = 0;
  fixture.transport.give(odd);
  await fixture.receive();
  assert.deepEqual(fixture.events, [
    { kind: "pdu-header", header: odd.subarray(0, 6) },
    {
      kind: "transition",
      state: "Sta5",
      event: "A-ASSOCIATE-AC PDU",
      action: "AE-3",
    },
    {
      kind: "pdu-received",
      name: "A-ASSOCIATE-AC",
      bytes: odd,
      warnings: ["Invalid length (5) for maximum length item, must be 4"],
    },
  ]);
});

Deno.test("events show what is sent before it is", async () => {
  using fixture = await layerIn("Sta6");
  fixture.events.length = 0;
  await fixture.layer.requestRelease(fixture.deadline);
  assert.deepEqual(fixture.events.at(-1), {
    kind: "pdu-to-send",
    name: "A-RELEASE-RQ",
    bytes: RELEASE_RQ,
  });
});
