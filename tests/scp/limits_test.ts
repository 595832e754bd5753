/** How much all clients together can make the SCP hold. */

import assert from "node:assert/strict";
import { SCP_DEFAULTS, startVerificationScp } from "../../lib/scp/server.ts";
import {
  ABORT,
  ASSOCIATE_RQ,
  P_DATA_ECHO_RQ,
  P_DATA_ECHO_RSP,
  RELEASE_RP,
  RELEASE_RQ,
} from "../support/golden.ts";
import { associateReject } from "../support/pdus.ts";
import { associateRequest, RawClient } from "./raw-client.ts";
import { answersOf, converse } from "./wire.ts";

/** PS3.8 Table 9-21: transient, provider (presentation), local limit. */
const LOCAL_LIMIT_EXCEEDED = associateReject(2, 3, 2);

async function associated(port: number): Promise<RawClient> {
  const client = await RawClient.connect(port);
  assert.equal((await client.associate())?.[0], 0x02);
  return client;
}

Deno.test("nobody is waited for without an end, unless somebody asks for that", () => {
  const { artimTimeout, idleTimeout } = SCP_DEFAULTS;
  assert.deepEqual([artimTimeout, idleTimeout], [10_000, 60_000]);
});

Deno.test("PS3.8 Table 9-21: an association too many is rejected for now", async () => {
  await using scp = startVerificationScp({ associationLimit: 2 });
  using first = await associated(scp.port);
  using second = await associated(scp.port);
  for (let again = 0; again < 3; again++) {
    using third = await RawClient.connect(scp.port);
    assert.deepEqual(await third.associate(), LOCAL_LIMIT_EXCEEDED);
    assert.equal(await third.receive(), undefined);
  }
  await first.send(P_DATA_ECHO_RQ);
  assert.deepEqual(await first.receive(), P_DATA_ECHO_RSP);
  await second.send(ABORT);
  assert.equal(await second.receive(), undefined);
  using fourth = await associated(scp.port);
  await fourth.send(ABORT);
  await first.send(ABORT);
});

Deno.test("64 associations are held unless it is said otherwise", async () => {
  await using scp = startVerificationScp();
  const clients = await Promise.all(
    Array.from({ length: 64 }, () => associated(scp.port)),
  );
  assert.equal(await converse(scp.port, ASSOCIATE_RQ), "RJ(2,3,2)");
  for (const client of clients) client[Symbol.dispose]();
});

Deno.test("a release gives the place back before the client has closed", async () => {
  await using scp = startVerificationScp({ associationLimit: 1 });
  using first = await associated(scp.port);
  await first.send(RELEASE_RQ);
  assert.deepEqual(await first.receive(), RELEASE_RP);
  using second = await associated(scp.port);
  await second.send(ABORT);
});

Deno.test("what is never right is rejected for good, however full it is", async () => {
  await using scp = startVerificationScp({
    associationLimit: 1,
    calledAeTitle: "ANY-SCP",
  });
  using first = await associated(scp.port);
  const wrong = associateRequest({ calledAeTitle: "NOBODY" });
  assert.equal(await converse(scp.port, wrong), "RJ(1,1,7)");
  await first.send(ABORT);
});

Deno.test("rejected requests take no place", async () => {
  await using scp = startVerificationScp({
    associationLimit: 1,
    calledAeTitle: "ANY-SCP",
  });
  const wrong = associateRequest({ calledAeTitle: "NOBODY" });
  using waiting = await RawClient.connect(scp.port);
  assert.equal(answersOf([await waiting.associate() ?? wrong]), "AC");
  await waiting.send(ABORT);
});

Deno.test("connections too many wait until those that say nothing are dropped", async () => {
  await using scp = startVerificationScp({
    associationLimit: 8,
    connectionLimit: 2,
    artimTimeout: 100,
  });
  using one = await RawClient.connect(scp.port);
  using other = await RawClient.connect(scp.port);
  using third = await RawClient.connect(scp.port);
  let dropped = 0;
  const drops = [one, other].map(async (client) => {
    assert.equal(await client.receive(), undefined);
    dropped++;
  });
  assert.equal((await third.associate())?.[0], 0x02);
  const droppedBefore = dropped;
  await Promise.all(drops);
  assert.ok(droppedBefore > 0, "the third was served beside two silent ones");
  await third.send(ABORT);
});

Deno.test("closing does not wait for a place to get free", async () => {
  const scp = startVerificationScp({ connectionLimit: 1 });
  using silent = await RawClient.connect(scp.port);
  using _beyond = await RawClient.connect(scp.port);
  await scp.close();
  assert.equal(await silent.receive(), undefined);
});

/**
 * Sockets of a port that somebody still has: other tests run in this process
 * as well, so its descriptors tell nothing.
 */
async function socketsOf(port: number): Promise<number> {
  const end = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const table = await Deno.readTextFile("/proc/net/tcp");
  return table.trim().split("\n").slice(1).filter((line) => {
    const [, local = "", remote = "", ...rest] = line.trim().split(/\s+/);
    // Without an inode it is the system that waits for the last packets.
    return (local.endsWith(end) || remote.endsWith(end)) && rest[6] !== "0";
  }).length;
}

Deno.test({
  name: "of 1,000 connections at a time each is answered, and no socket stays",
  ignore: Deno.build.os !== "linux",
  async fn(): Promise<void> {
    let port: number;
    {
      await using scp = startVerificationScp();
      port = scp.port;
      assert.equal(await socketsOf(port), 1);
      const clients = await Promise.all(
        Array.from({ length: 1000 }, () => RawClient.connect(scp.port)),
      );
      const answers = await Promise.all(clients.map(async (client) => {
        using _open = client;
        await client.send(ASSOCIATE_RQ);
        const answer = await client.receive();
        if (answer?.[0] !== 0x02) return answersOf(answer ? [answer] : []);
        await client.send(P_DATA_ECHO_RQ);
        assert.deepEqual(await client.receive(), P_DATA_ECHO_RSP);
        await client.send(RELEASE_RQ);
        assert.deepEqual(await client.receive(), RELEASE_RP);
        return "verified";
      }));
      const counts = new Map<string, number>();
      for (const one of answers) counts.set(one, (counts.get(one) ?? 0) + 1);
      assert.deepEqual(
        [...counts.keys()].filter((one) =>
          one !== "verified" && one !== "RJ(2,3,2)"
        ),
        [],
      );
      assert.ok((counts.get("verified") ?? 0) >= 64);
      assert.equal(
        await converse(scp.port, ASSOCIATE_RQ, P_DATA_ECHO_RQ, RELEASE_RQ),
        "AC DATA RELEASE-RP",
      );
    }
    assert.equal(await socketsOf(port), 0);
  },
});
