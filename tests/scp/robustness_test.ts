/** Clients of the SCP that do not behave, and its own end. */

import assert from "node:assert/strict";
import { startVerificationScp } from "../../lib/scp/server.ts";
import {
  ABORT,
  ABORT_BY_PROVIDER,
  ASSOCIATE_RQ,
  P_DATA_ECHO_RQ,
  P_DATA_ECHO_RSP,
} from "../support/golden.ts";
import { abort, pduOfLength, text } from "../support/pdus.ts";
import { RawClient } from "./raw-client.ts";

/** Asserts that the SCP answers a well-behaved client. */
async function assertServes(port: number): Promise<void> {
  using client = await RawClient.connect(port);
  await client.send(ASSOCIATE_RQ, P_DATA_ECHO_RQ);
  assert.equal((await client.receive())?.[0], 0x02);
  assert.deepEqual(await client.receive(), P_DATA_ECHO_RSP);
  await client.send(ABORT);
  assert.equal(await client.receive(), undefined);
}

Deno.test("a client that says nothing is dropped by ARTIM", async () => {
  await using scp = startVerificationScp({ artimTimeout: 1 });
  using client = await RawClient.connect(scp.port);
  assert.equal(await client.receive(), undefined);
});

Deno.test("a client that is slow with its request is dropped by ARTIM", async () => {
  await using scp = startVerificationScp({ artimTimeout: 1 });
  using client = await RawClient.connect(scp.port);
  await client.send(ASSOCIATE_RQ.subarray(0, 30));
  const pdus: Uint8Array[] = [];
  for (;;) {
    const pdu = await client.receive();
    if (pdu === undefined) break;
    pdus.push(pdu);
  }
  assert.ok(pdus.every((pdu) => pdu[0] === 0x07));
});

Deno.test("a client that says nothing more is aborted when it is idle too long", async () => {
  await using scp = startVerificationScp({ idleTimeout: 200 });
  using client = await RawClient.connect(scp.port);
  assert.equal((await client.associate())?.[0], 0x02);
  assert.deepEqual(await client.receive(), ABORT);
  assert.equal(await client.receive(), undefined);
});

Deno.test("an abort of the SCP does not wait for ever for the client to close", async () => {
  await using scp = startVerificationScp({
    idleTimeout: 200,
    artimTimeout: 300,
  });
  using client = await RawClient.connect(scp.port);
  await client.associate();
  assert.deepEqual(await client.receive(), ABORT);
  await scp.close();
});

Deno.test("garbage is answered by an abort, and does not stop the SCP", async () => {
  await using scp = startVerificationScp();
  for (
    const garbage of [
      text("GET / HTTP/1.1\r\n\r\n"),
      pduOfLength(0x01, 0xffffffff),
      pduOfLength(0x01, 4, "00000000"),
      new Uint8Array(100),
    ]
  ) {
    using client = await RawClient.connect(scp.port);
    await client.send(garbage);
    assert.deepEqual(await client.receive(), ABORT);
  }
  await assertServes(scp.port);
});

Deno.test("a PDU that is not due within an association is answered by the provider", async () => {
  await using scp = startVerificationScp();
  using client = await RawClient.connect(scp.port);
  await client.associate();
  await client.send(ASSOCIATE_RQ);
  assert.deepEqual(await client.receive(), ABORT_BY_PROVIDER);
});

Deno.test("a P-DATA-TF that is longer than announced is refused", async () => {
  await using scp = startVerificationScp({ maximumLength: 4096 });
  using client = await RawClient.connect(scp.port);
  await client.associate();
  await client.send(pduOfLength(0x04, 4096 + 13));
  assert.deepEqual(await client.receive(), abort(2, 6));
});

Deno.test("clients that vanish at any point do not stop the SCP", async () => {
  await using scp = startVerificationScp();
  for (
    const said of [
      [],
      [ASSOCIATE_RQ.subarray(0, 3)],
      [ASSOCIATE_RQ],
      [ASSOCIATE_RQ, P_DATA_ECHO_RQ.subarray(0, 20)],
      [ASSOCIATE_RQ, P_DATA_ECHO_RQ],
    ]
  ) {
    using client = await RawClient.connect(scp.port);
    await client.send(...said);
  }
  await assertServes(scp.port);
});

Deno.test("clients side by side do not wait for each other", async () => {
  await using scp = startVerificationScp();
  using silent = await RawClient.connect(scp.port);
  using waiting = await RawClient.connect(scp.port);
  await waiting.associate();
  await Promise.all(Array.from({ length: 8 }, () => assertServes(scp.port)));
  await waiting.send(P_DATA_ECHO_RQ);
  assert.deepEqual(await waiting.receive(), P_DATA_ECHO_RSP);
  await silent.send(ASSOCIATE_RQ);
  assert.equal((await silent.receive())?.[0], 0x02);
  await waiting.send(ABORT);
  await silent.send(ABORT);
});

Deno.test("closing aborts the associations that are open", async () => {
  const scp = startVerificationScp();
  using one = await RawClient.connect(scp.port);
  using other = await RawClient.connect(scp.port);
  await one.associate();
  await other.associate();
  const closed = scp.close();
  for (const client of [one, other]) {
    assert.deepEqual(await client.receive(), ABORT);
    assert.equal(await client.receive(), undefined);
    client[Symbol.dispose]();
  }
  await closed;
  await scp.close();
});

Deno.test("closing does not wait for a client that has said nothing yet", async () => {
  const scp = startVerificationScp();
  using silent = await RawClient.connect(scp.port);
  // Another client that is served shows that the silent one was accepted.
  await assertServes(scp.port);
  const closed = scp.close();
  assert.equal(await silent.receive(), undefined);
  await closed;
});

Deno.test("an address that is taken is the caller's error", async () => {
  await using scp = startVerificationScp();
  assert.throws(
    () => startVerificationScp({ port: scp.port }),
    Deno.errors.AddrInUse,
  );
});

Deno.test("an error of whoever watches costs one connection, and is told at once", async () => {
  const told = Promise.withResolvers<unknown>();
  let calls = 0;
  const scp = startVerificationScp({
    onConnection: () => {
      calls++;
      throw new Error("watcher");
    },
    onError: told.resolve,
  });
  const { hostname, port } = scp;
  for (let count = 0; count < 2; count++) {
    using client = await Deno.connect({ hostname, port });
    assert.equal(await client.read(new Uint8Array(1)), null);
  }
  assert.match(String(await told.promise), /watcher/);
  assert.equal(calls, 2);
  await scp.close();
});
