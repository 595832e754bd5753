/** Peers that do not speak TLS: what is said of them is what the reference says. */

import assert from "node:assert/strict";
import { failure, shake, utf8 } from "../tls/handshakes.ts";
import { startStorescp } from "./real-peers.ts";
import { connect, fails, SERVER, withFiles } from "./tls-engine.ts";

Deno.test("storescp without TLS closes, as the reference says", async () => {
  await withFiles(SERVER, async (files) => {
    await using peer = await startStorescp();
    const found = await fails(peer.port, files);
    assert.equal(found.kind, "closed");
  });
});

/** Reads once, says `answer` if there is one, and closes. */
class RawServer implements AsyncDisposable {
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  readonly #serving: Promise<void>;

  constructor(answer: string | undefined) {
    this.#serving = this.#serve(answer);
  }

  get port(): number {
    return this.#listener.addr.port;
  }

  async #serve(answer: string | undefined): Promise<void> {
    for await (const connection of this.#listener) {
      await connection.read(new Uint8Array(4096)).catch(() => {});
      if (answer !== undefined) await connection.write(utf8(answer));
      connection.close();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    await this.#serving;
  }
}

Deno.test("a web server is recognised, and called what the reference calls it", async () => {
  await withFiles(SERVER, async (files) => {
    await using peer = new RawServer("HTTP/1.1 400 Bad Request\r\n\r\n");
    const found = await fails(peer.port, files);
    assert.ok(found.kind === "not-tls" && found.protocol === "HTTP");
  });
});

Deno.test("a peer that closes is called what the reference calls it", async () => {
  await withFiles(SERVER, async (files) => {
    await using peer = new RawServer(undefined);
    const found = await fails(peer.port, files);
    assert.deepEqual(found, { kind: "closed", reset: false });
  });
});

Deno.test("a peer that is silent is left when the time is over", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const transport = await connect(listener.addr.port);
  const error = await failure(shake(transport, {}, 200));
  assert.deepEqual(error.failure, { kind: "timeout" });
});
