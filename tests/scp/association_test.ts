import assert from "node:assert/strict";
import { serveAssociation } from "../../lib/scp/association.ts";
import { Intake } from "../../lib/scp/intake.ts";
import { Places } from "../../lib/net/places.ts";
import { MemoryTransport } from "../association/memory-transport.ts";
import {
  ABORT,
  ASSOCIATE_RQ,
  P_DATA_ECHO_RQ,
  P_DATA_ECHO_RSP,
  RELEASE_RP,
  RELEASE_RQ,
} from "../support/golden.ts";

/** Serves one association over the transport, with no time to wait at all. */
async function serve(
  transport: MemoryTransport,
  signal = new AbortController().signal,
): Promise<void> {
  await serveAssociation(
    transport,
    {
      calledAeTitle: undefined,
      maximumLength: 16384,
      artimTimeout: 0,
      idleTimeout: 5_000,
    },
    { associations: new Places(1), intake: new Intake(1 << 20) },
    signal,
  );
  assert.equal(transport.closed, true);
}

Deno.test("each answer leaves in one write, the end of the stream ends it all", async () => {
  const transport = new MemoryTransport(
    ASSOCIATE_RQ,
    P_DATA_ECHO_RQ,
    P_DATA_ECHO_RQ,
    RELEASE_RQ,
    "end",
  );
  await serve(transport);
  const [accept, ...others] = transport.written;
  assert.equal(accept?.[0], 0x02);
  assert.deepEqual(others, [P_DATA_ECHO_RSP, P_DATA_ECHO_RSP, RELEASE_RP]);
});

Deno.test("a client that says nothing is no error", async () => {
  const transport = new MemoryTransport();
  await serve(transport);
  assert.deepEqual(transport.written, []);
});

Deno.test("a stop before any request is no error", async () => {
  await serve(new MemoryTransport(), AbortSignal.abort());
});

Deno.test("a stop within an association aborts it", async () => {
  const transport = new MemoryTransport(ASSOCIATE_RQ);
  const stop = new AbortController();
  const served = serve(transport, stop.signal);
  while (transport.written.length === 0) await Promise.resolve();
  stop.abort();
  await served;
  assert.deepEqual(transport.written.slice(1), [ABORT]);
});

Deno.test("a client that can no longer be written to is no error", async () => {
  for (const said of [[], [P_DATA_ECHO_RQ], [RELEASE_RQ]]) {
    const transport = new MemoryTransport(ASSOCIATE_RQ, ...said, "reset");
    transport.writesFail = true;
    await serve(transport);
  }
});
