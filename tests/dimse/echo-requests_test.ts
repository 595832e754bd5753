import assert from "node:assert/strict";
import { echoRequest } from "../../lib/dimse/echo.ts";
import { EchoRequests } from "../../lib/dimse/echo-requests.ts";
import { DimseError, sendCommand } from "../../lib/dimse/message.ts";
import { layerIn } from "../association/layers.ts";

const IDS = [0, 1, 2, 0x00ff, 0x0100, 0x1234, 0xff00, 0xffff, 1, 0];

Deno.test("requests are the same bytes as if each was encoded anew", async () => {
  for (const fragmentLength of [2, 12, 34, 46, 66, 68, 16372]) {
    using reused = await layerIn("Sta6");
    using anew = await layerIn("Sta6");
    const limit = { fragmentLength, peerMaximumLength: 0 };
    const requests = new EchoRequests(5, limit);
    assert.equal(requests.byteLength, 68);
    for (const id of IDS) {
      await requests.send(reused.layer, id, reused.deadline);
      await sendCommand(anew.layer, 5, echoRequest(id), limit, anew.deadline);
      assert.deepEqual(reused.written(), anew.written(), `${id}`);
    }
  }
});

Deno.test("what is told of a request stays as it was sent", async () => {
  using fixture = await layerIn("Sta6");
  const limit = { fragmentLength: 100, peerMaximumLength: 0 };
  const requests = new EchoRequests(1, limit);
  const { events, layer, deadline } = fixture;
  events.length = 0;
  await requests.send(layer, 1, deadline);
  await requests.send(layer, 2, deadline);
  const told = events.flatMap((event) =>
    event.kind === "pdu-to-send" ? [event.bytes] : []
  );
  assert.deepEqual(told, fixture.written());
  assert.notDeepEqual(told[0], told[1]);
});

Deno.test("a peer that takes no fragment is sent no request", async () => {
  using fixture = await layerIn("Sta6");
  const limit = { fragmentLength: undefined, peerMaximumLength: 12 };
  const requests = new EchoRequests(1, limit);
  await assert.rejects(
    requests.send(fixture.layer, 1, fixture.deadline),
    (error) => error instanceof DimseError && error.fault.kind === "no-room",
  );
  assert.deepEqual(fixture.written(), []);
});
