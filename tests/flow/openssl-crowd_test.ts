/** Many peers at once that want an openssl program. */

import assert from "node:assert/strict";
import { pause } from "../../lib/net/pause.ts";
import type { TlsMachine } from "../../lib/tls/deno/machine.ts";
import { FakePrograms } from "../tls/fake-programs.ts";
import { runLine } from "./fake-host.ts";
import { options } from "./tls-host.ts";

/** How many may have a program at the same time. */
const MOST = 32;
const PEERS = 40;
const HANDSHAKE_FAILURE = Uint8Array.of(21, 3, 3, 0, 2, 2, 40);

interface Crowd extends AsyncDisposable {
  readonly ports: readonly number[];
}

/** Peers that say nothing until `count` have come, then refuse all at once. */
function startCrowd(count: number): Crowd {
  const listeners = Array.from(
    { length: 2 },
    () => Deno.listen({ hostname: "127.0.0.1", port: 0 }),
  );
  const complete = Promise.withResolvers<void>();
  const serving: Promise<void>[] = [];
  let come = 0;
  const serve = async (connection: Deno.Conn): Promise<void> => {
    using _connection = connection;
    const refused = ++come <= count;
    if (come === count) complete.resolve();
    const buffer = new Uint8Array(4096);
    await connection.read(buffer);
    if (refused) {
      await complete.promise;
      await connection.write(HANDSHAKE_FAILURE);
    }
    while (await connection.read(buffer) !== null);
  };
  const accepting = listeners.map(async (listener) => {
    for await (const one of listener) serving.push(serve(one).catch(() => {}));
  });
  return {
    ports: listeners.map(({ addr }) => addr.port),
    async [Symbol.asyncDispose](): Promise<void> {
      for (const listener of listeners) listener.close();
      await Promise.all(accepting);
      await Promise.all(serving);
    },
  };
}

Deno.test("no more openssl programs run than may be at work, one search is enough, and to wait costs no time", async () => {
  await using crowd = startCrowd(PEERS);
  let running = 0;
  let most = 0;
  let started = 0;
  const programs = new FakePrograms({
    answers: {
      "/usr/bin/openssl version": "OpenSSL 3.0.19 27 Jan 2026\n",
      "/usr/bin/openssl ciphers": "AES128-SHA:TLS_AES_128_GCM_SHA256\n",
    },
    late: true,
    act: async ({ killed }) => {
      started++;
      most = Math.max(most, ++running);
      await killed;
      // Until then the time of those who wait for it is over.
      await pause(600, undefined);
      running--;
    },
  });
  const wishes = options();
  const tlsMachine = async (signal: AbortSignal): Promise<TlsMachine> => {
    const machine = await wishes.host?.tlsMachine?.(signal);
    return { ...(machine ?? assert.fail()), programs };
  };
  // Half of them trust others than the other half does.
  const rows = Array.from(
    { length: PEERS },
    (_, at) =>
      `127.0.0.1,${crowd.ports[at % 2]},${at % 2 ? "root" : "device"}.pem,1`,
  );
  const argv = ["--peers", "p.csv", "--format", "jsonl"];
  const { stdout } = await runLine(
    argv,
    options({
      host: { tlsMachine },
      more: { "p.csv": ["host,port,ca,timeout", ...rows].join("\n") },
    }),
  );
  assert.equal(stdout.trimEnd().split("\n").length, PEERS);
  assert.equal(most, MOST);
  assert.equal(started, PEERS);
  assert.equal(running, 0);
  const searches = programs.calls.filter(({ args }) => args[0] === "version");
  assert.equal(searches.length, 1);
});
