import assert from "node:assert/strict";
import { serveConnections } from "../../lib/net/serve-connections.ts";

Deno.test("no more than so many are served at a time, and all in the end", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const stop = new AbortController();
  let most = 0;
  let now = 0;
  const served = serveConnections(listener, 2, async (connection) => {
    most = Math.max(most, ++now);
    const buffer = new Uint8Array(1);
    await connection.read(buffer);
    await connection.write(buffer);
    connection.close();
    now--;
  }, stop.signal);
  const answers = await Promise.all(
    Array.from({ length: 6 }, async (_, index) => {
      using client = await Deno.connect({
        hostname: "127.0.0.1",
        port: listener.addr.port,
      });
      await client.write(Uint8Array.of(index));
      const answer = new Uint8Array(1);
      await client.read(answer);
      return answer[0];
    }),
  );
  assert.deepEqual(answers, [0, 1, 2, 3, 4, 5]);
  assert.ok(most <= 2);
  stop.abort();
  listener.close();
  await served;
});

Deno.test("a connection that cannot be accepted is not the end", async () => {
  let tries = 0;
  const stop = new AbortController();
  const connection = { close: () => {} } as Deno.TcpConn;
  const listener = {
    accept: () => {
      tries++;
      return tries === 1
        ? Promise.reject(new Error("Too many open files"))
        : Promise.resolve(connection);
    },
  } as Deno.TcpListener;
  await serveConnections(listener, 1, () => {
    stop.abort();
    return Promise.resolve();
  }, stop.signal);
  assert.equal(tries, 2);
});

Deno.test("clients that are gone before they are accepted hold up nobody", async () => {
  let gone = 0;
  // Set by the first timer that could fire between two of them.
  let waited = false;
  const timer = setTimeout(() => waited = true, 0);
  const stop = new AbortController();
  const listener = {
    accept: () =>
      gone++ < 200
        ? Promise.reject(new Deno.errors.NotConnected("gone"))
        : Promise.resolve({ close: () => {} } as Deno.TcpConn),
  } as Deno.TcpListener;
  await serveConnections(listener, 1, () => {
    stop.abort();
    return Promise.resolve();
  }, stop.signal);
  assert.equal(gone, 201);
  assert.equal(waited, false);
  clearTimeout(timer);
});
