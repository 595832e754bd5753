/** Many lines of a peers file that lead to the same machine. */

import assert from "node:assert/strict";
import { pause } from "../../lib/net/pause.ts";
import { startVerificationScp } from "../../lib/scp/server.ts";
import { runLine } from "./fake-host.ts";

/** An answer that takes longer than one is taken to be at work, in ms. */
const SLOW = 400;

interface Relay extends AsyncDisposable {
  readonly port: number;
}

/** Passes everything on to `target`; what it has to say first comes late. */
function startSlowRelay(target: number): Relay {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const passing: Promise<unknown>[] = [];
  const pass = async (near: Deno.TcpConn): Promise<void> => {
    const far = await Deno.connect({ hostname: "127.0.0.1", port: target });
    const late = new TransformStream<Uint8Array, Uint8Array>({
      start: () => pause(SLOW, undefined),
    });
    await Promise.allSettled([
      near.readable.pipeTo(far.writable),
      far.readable.pipeThrough(late).pipeTo(near.writable),
    ]);
  };
  const accepting = (async (): Promise<void> => {
    for await (const near of listener) passing.push(pass(near));
  })();
  return {
    port: listener.addr.port,
    async [Symbol.asyncDispose](): Promise<void> {
      listener.close();
      await accepting;
      await Promise.all(passing);
    },
  };
}

Deno.test("an archive with many names is not brought to its limit of associations", async () => {
  await using scp = startVerificationScp({ associationLimit: 40 });
  await using relay = startSlowRelay(scp.port);
  const names = Array.from({ length: 80 }, (_, index) => `NAME${index}`);
  const rows = names.map((name) => `${name},127.0.0.1,${relay.port},${name}`);
  const argv = ["--peers", "p.csv", "--format", "jsonl"];
  const { exit, stdout } = await runLine(argv, {
    files: { "p.csv": ["name,host,port,called", ...rows].join("\n") },
  });
  const seen = stdout.trimEnd().split("\n").map((line) => {
    const { target, failure } = JSON.parse(line);
    return `${target.name} ${failure?.code ?? "verified"}`;
  });
  assert.deepEqual(seen, names.map((name) => `${name} verified`));
  assert.equal(exit, 0);
});
