/** TLS that comes to no end, is broken off, or cannot be had. */

import assert from "node:assert/strict";
import type { InterruptSignal } from "../../lib/host.ts";
import { asServer } from "../tls/handshakes.ts";
import { runLine } from "./fake-host.ts";
import {
  against,
  FAILED,
  LOCKED,
  options,
  PACS,
  says,
  SHOWING,
  TRUSTING,
} from "./tls-host.ts";

Deno.test("an interrupt at the prompt ends the program", async () => {
  const prompted = Promise.withResolvers<void>();
  const { exit, stderr } = await runLine(
    [...LOCKED, "localhost", "104"],
    options({
      terminal: { write: () => Promise.resolve(prompted.resolve()) },
      host: {
        connect: () => assert.fail("connected"),
        onInterrupt: (handler) => {
          prompted.promise.then(() => handler("SIGINT"));
          return () => {};
        },
      },
    }),
  );
  assert.equal(exit, 130);
  assert.match(stderr, /Interrupted/);
});

interface Mute extends AsyncDisposable {
  readonly port: number;
  /** Resolves when a client has said something. */
  readonly asked: Promise<void>;
}

/** Takes connections and never answers. */
function startMute(): Mute {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const asked = Promise.withResolvers<void>();
  const serve = async (connection: Deno.Conn): Promise<void> => {
    const buffer = new Uint8Array(4096);
    try {
      while (await connection.read(buffer) !== null) asked.resolve();
    } catch {
      // The client has reset it.
    }
    connection.close();
  };
  const serving: Promise<void>[] = [];
  const accepting = (async (): Promise<void> => {
    for await (const connection of listener) serving.push(serve(connection));
  })();
  return {
    port: listener.addr.port,
    asked: asked.promise,
    async [Symbol.asyncDispose](): Promise<void> {
      listener.close();
      await accepting;
      await Promise.all(serving);
    },
  };
}

Deno.test("--timeout bounds the handshake", async () => {
  await using mute = startMute();
  const line = [...TRUSTING, "-to", "1", "127.0.0.1", String(mute.port)];
  says(
    await runLine(line, options()),
    1,
    `${FAILED}000b:000b TLS read operation did not complete ` +
      "(SSL_ERROR_WANT_READ)",
    "F: 000b:0f0d the TLS handshake took too long: see -to",
  );
});

for (
  const [signal, exit] of [["SIGINT", 130], ["SIGTERM", 143]] as const
) {
  Deno.test(`${signal} ends a handshake with ${exit}`, async () => {
    await using mute = startMute();
    const interrupting = (
      handler: (signal: InterruptSignal) => void,
    ): () => void => {
      let over = false;
      mute.asked.then(() => over || handler(signal));
      return () => {
        over = true;
      };
    };
    const line = [...TRUSTING, "127.0.0.1", String(mute.port)];
    const result = await runLine(
      line,
      options({ host: { onInterrupt: interrupting } }),
    );
    assert.equal(result.exit, exit);
    assert.match(result.stderr, /Interrupted/);
  });
}

Deno.test("what only another program can do is said if there is none", async () => {
  const { exit, stderr } = await against(
    asServer(PACS),
    [...TRUSTING, "+pa"],
  );
  assert.equal(exit, 1);
  assert.match(
    stderr,
    /^F: .*000b:0001 .*\nF: 000b:0f06 .*\nF: 000b:0f06 .*running it is not permitted \(--allow-run\)\n$/,
  );
});

for (const runtime of ["2.4.2", "2.6.8", "2.7.14"]) {
  Deno.test(`TLS is refused on Deno ${runtime}`, async () => {
    const wishes = { runtime, host: { connect: () => assert.fail("sent") } };
    for (const argv of [TRUSTING, ["+tla", "-ic"], SHOWING]) {
      says(
        await runLine([...argv, "localhost", "104"], options(wishes)),
        1,
        "F: 000b:0001 Unable to create TLS transport layer",
        `F: 000b:0f0e TLS of Deno ${runtime} does not verify the peer: use ` +
          "Deno 2.8 or later",
      );
    }
  });
}
