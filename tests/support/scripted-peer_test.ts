import assert from "node:assert/strict";
import {
  ABORT,
  ASSOCIATE_AC,
  ASSOCIATE_RQ,
  P_DATA_ECHO_RQ,
  RELEASE_RP,
} from "./golden.ts";
import { COMMAND_LAST, COMMAND_MORE, pData, pdv } from "./pdus.ts";
import {
  close,
  halfClose,
  receive,
  receiveMessage,
  reset,
  send,
  sendPieces,
  startScriptedPeer,
  waitForClose,
  waitForEnd,
} from "./scripted-peer.ts";

function connect(port: number): Promise<Deno.TcpConn> {
  return Deno.connect({ hostname: "127.0.0.1", port });
}

/** All that comes until the other side closes. */
async function readAll(connection: Deno.TcpConn): Promise<Uint8Array> {
  const all: number[] = [];
  const chunk = new Uint8Array(1024);
  for (;;) {
    const length = await connection.read(chunk);
    if (length === null) return Uint8Array.from(all);
    all.push(...chunk.subarray(0, length));
  }
}

Deno.test("the scripted peer answers and records, for every caller", async () => {
  await using peer = await startScriptedPeer([
    receive,
    send(ASSOCIATE_AC),
    close,
  ]);
  for (let call = 0; call < 2; call++) {
    using connection = await connect(peer.port);
    await connection.write(ASSOCIATE_RQ);
    assert.deepEqual(await readAll(connection), ASSOCIATE_AC);
  }
  await peer.settled();
  assert.deepEqual(
    peer.connections.map(({ pdus, end }) => ({ pdus, end })),
    Array(2).fill({ pdus: [ASSOCIATE_RQ], end: "by-script" }),
  );
});

Deno.test("the scripted peer keeps PDUs apart that come at once", async () => {
  await using peer = await startScriptedPeer([
    receive,
    send(RELEASE_RP),
    waitForEnd,
  ]);
  {
    using connection = await connect(peer.port);
    await connection.write(
      Uint8Array.of(...ASSOCIATE_RQ, ...P_DATA_ECHO_RQ, 0x05),
    );
    await connection.closeWrite();
    assert.deepEqual(await readAll(connection), RELEASE_RP);
  }
  await peer.settled();
  const [only] = peer.connections;
  assert.deepEqual(only?.pdus, [ASSOCIATE_RQ, P_DATA_ECHO_RQ]);
  assert.deepEqual(only?.surplus, Uint8Array.of(0x05));
  assert.equal(only?.end, "by-other-side");
});

Deno.test("the scripted peer waits for the last fragment of a message", async () => {
  await using peer = await startScriptedPeer([receiveMessage, close]);
  const first = pData(pdv(1, COMMAND_MORE, Uint8Array.of(1, 2)));
  const last = pData(pdv(1, COMMAND_LAST, Uint8Array.of(3, 4)));
  using connection = await connect(peer.port);
  await connection.write(first);
  await connection.write(last);
  await readAll(connection);
  await peer.settled();
  assert.deepEqual(peer.connections[0]?.pdus, [first, last]);
});

Deno.test("the scripted peer closes on an A-ABORT, unless told to wait", async () => {
  for (const step of [receive, waitForEnd]) {
    await using peer = await startScriptedPeer([
      step,
      send(RELEASE_RP),
      waitForEnd,
    ]);
    using connection = await connect(peer.port);
    await connection.write(ABORT);
    assert.deepEqual(await readAll(connection), new Uint8Array(0));
    await peer.settled();
    assert.deepEqual(peer.connections[0]?.pdus, [ABORT]);
  }
  await using patient = await startScriptedPeer([waitForClose]);
  using connection = await connect(patient.port);
  await connection.write(ABORT);
  assert.equal(patient.connections.every(({ end }) => end === "open"), true);
});

Deno.test("the scripted peer sends in pieces", async () => {
  await using peer = await startScriptedPeer([
    sendPieces(RELEASE_RP, 3),
    close,
  ]);
  using connection = await connect(peer.port);
  assert.deepEqual(await readAll(connection), RELEASE_RP);
});

Deno.test("the scripted peer half-closes and still reads", async () => {
  await using peer = await startScriptedPeer([halfClose, receive, close]);
  {
    using connection = await connect(peer.port);
    assert.deepEqual(await readAll(connection), new Uint8Array(0));
    await connection.write(RELEASE_RP);
    await peer.settled();
  }
  assert.deepEqual(peer.connections[0]?.pdus, [RELEASE_RP]);
});

Deno.test("the scripted peer resets the connection", async () => {
  await using peer = await startScriptedPeer([reset]);
  using connection = await connect(peer.port);
  await connection.write(ASSOCIATE_RQ);
  await assert.rejects(readAll(connection), Deno.errors.ConnectionReset);
});

Deno.test("disposing of the scripted peer ends what waits", async () => {
  const peer = await startScriptedPeer([waitForEnd]);
  using connection = await connect(peer.port);
  await connection.write(RELEASE_RP.subarray(0, 3));
  await peer[Symbol.asyncDispose]();
  assert.equal(peer.connections.every(({ end }) => end !== "open"), true);
});
