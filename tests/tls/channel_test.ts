import assert from "node:assert/strict";
import { TransportError } from "../../lib/net/transport.ts";
import {
  accept,
  asServer,
  closes,
  connected,
  readText,
  SERVER,
  shake,
  utf8,
} from "./handshakes.ts";
import { transportPair } from "./transport-pair.ts";

const EIGHT = (): Uint8Array => new Uint8Array(8);

/** Many turns of the event loop, in which nothing is waited for. */
async function allThatCanHappen(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) {
    await new Promise((resolve) => setTimeout(resolve));
  }
}

Deno.test("data that comes together with the end of the handshake is not lost", async () => {
  for (const version of ["TLSv1.2", "TLSv1.3"] as const) {
    const [below, serverBelow] = transportPair();
    below.onWrite = (count) => {
      // From the client's last flight on, all is kept back for one read.
      if (count === 2) below.held = true;
    };
    const [channel, server] = await Promise.all([
      shake(below),
      accept(serverBelow, { ...asServer(SERVER), versions: [version] })
        .then(async (server) => {
          await server.write(utf8("early"));
          below.release();
          return server;
        }),
    ]);
    assert.equal(await readText(channel, 5), "early");
    channel.close();
    server.close();
  }
});

Deno.test("a read gives no more than its buffer takes, and keeps the rest", async () => {
  await connected(async ({ channel, server }) => {
    await server.write(utf8("abcdefghij"));
    const buffer = new Uint8Array(4);
    let text = "";
    while (text.length < 10) {
      const count = await channel.read(buffer);
      text += new TextDecoder().decode(buffer.subarray(0, count));
      assert.ok(count > 0 && count <= 4);
    }
    assert.equal(text, "abcdefghij");
  });
});

Deno.test("a megabyte goes both ways unchanged", async () => {
  const data = new Uint8Array(1 << 20).map((_, at) => at * 31 + (at >> 8));
  await connected(async ({ channel, server }) => {
    for (const [from, to] of [[channel, server], [server, channel]] as const) {
      const writing = from.write(data);
      const got = new Uint8Array(data.byteLength);
      for (let at = 0; at < got.byteLength;) {
        const count = await to.read(got.subarray(at));
        assert.ok(count > 0);
        at += count;
      }
      await writing;
      assert.deepEqual(got, data);
    }
  });
});

Deno.test("hundreds of writes and reads leave nothing behind", async () => {
  const warnings: unknown[] = [];
  const { default: process } = await import("node:process");
  const note = (warning: unknown): void => void warnings.push(warning);
  process.on("warning", note);
  await connected(async ({ channel, server }) => {
    for (let count = 0; count < 300; count++) {
      await channel.write(utf8("ping"));
      assert.equal(await readText(server, 4), "ping");
      await server.write(utf8("pong"));
      assert.equal(await readText(channel, 4), "pong");
    }
  });
  process.off("warning", note);
  assert.deepEqual(warnings, []);
});

Deno.test("what a peer floods with stays with the transport until it is read", async () => {
  await connected(async ({ channel, server, below }) => {
    const before = below.taken;
    await server.write(new Uint8Array(1 << 20));
    assert.equal(await channel.read(EIGHT()), 8);
    await allThatCanHappen();
    assert.ok(
      below.taken - before < 3 * 18_437,
      `${below.taken - before} bytes were read ahead`,
    );
  });
});

Deno.test("a write ends when the transport has taken its bytes, not before", async () => {
  await connected(async ({ channel, server, below }) => {
    const gate = Promise.withResolvers<void>();
    below.onWrite = () => gate.promise;
    let done = false;
    const writing = channel.write(utf8("slow")).then(() => done = true);
    await allThatCanHappen();
    assert.equal(done, false);
    gate.resolve();
    await writing;
    assert.equal(await readText(server, 4), "slow");
  });
});

Deno.test("close_notify ends the stream", async () => {
  await connected(async ({ channel, server }) => {
    await server.write(utf8("bye"));
    await server.closeWrite();
    assert.equal(await readText(channel, 8), "bye");
    assert.equal(await channel.read(EIGHT()), 0);
    assert.equal(await channel.read(EIGHT()), 0);
  });
});

Deno.test("a stream that is cut off has ended as well", async () => {
  await connected(async ({ channel, server, below }) => {
    await server.write(utf8("bye"));
    below.end();
    assert.equal(await readText(channel, 8), "bye");
    assert.equal(await channel.read(EIGHT()), 0);
  });
});

Deno.test("a reset after the handshake is the transport's own fault", async () => {
  await connected(async ({ channel, below }) => {
    below.reset();
    for (
      const work of [() => channel.read(EIGHT()), () => channel.write(EIGHT())]
    ) {
      await assert.rejects(work, (error) => {
        assert.ok(error instanceof TransportError);
        assert.equal(error.fault, "reset");
        return true;
      });
    }
  });
});

Deno.test("what came before a reset is still read when a write has failed", async () => {
  await connected(async ({ channel, server, below }) => {
    await server.write(utf8("last words"));
    below.reset();
    await assert.rejects(channel.write(EIGHT()), TransportError);
    assert.equal(await readText(channel, 10), "last words");
    await assert.rejects(channel.read(EIGHT()), TransportError);
  });
});

Deno.test("garbage after the handshake is a fault of TLS", async () => {
  await connected(async ({ channel, below }) => {
    below.give(new Uint8Array(100).fill(0x17));
    await assert.rejects(channel.read(EIGHT()), (error) => {
      assert.ok(error instanceof TransportError);
      assert.equal(error.fault, "tls");
      return true;
    });
    await assert.rejects(channel.write(EIGHT()), TransportError);
  });
});

Deno.test("after closeWrite the peer sees the end, and its answer is read", async () => {
  await connected(async ({ channel, server, below }) => {
    await channel.write(utf8("last"));
    await channel.closeWrite();
    assert.ok(below.writeClosed);
    assert.equal(await readText(server, 8), "last");
    await server.write(utf8("answer"));
    await server.closeWrite();
    assert.equal(await readText(channel, 8), "answer");
    await channel.closeWrite();
  });
});

Deno.test("closeWrite tells the transport only after close_notify has gone", async () => {
  await connected(async ({ channel, below }) => {
    const gate = Promise.withResolvers<void>();
    below.onWrite = () => gate.promise;
    const closing = channel.closeWrite();
    await allThatCanHappen();
    assert.equal(below.writeClosed, false);
    gate.resolve();
    await closing;
    assert.ok(below.writeClosed);
  });
});

Deno.test("a pending read ends when the channel is closed", async () => {
  await connected(async ({ channel }) => {
    const reading = assert.rejects(channel.read(EIGHT()), TransportError);
    channel.close();
    await reading;
    await assert.rejects(channel.read(EIGHT()), TransportError);
    await assert.rejects(channel.write(EIGHT()), TransportError);
    await assert.rejects(channel.closeWrite(), TransportError);
    channel.close();
  });
});

Deno.test("closing tells the peer by close_notify", async () => {
  await connected(async ({ channel, server, below }) => {
    const before = below.sent.length;
    channel.close();
    assert.ok(await closes(below));
    assert.equal(below.sent.length, before + 1);
    assert.equal(await server.read(EIGHT()), 0);
  });
});

Deno.test("closing does not wait for a write that hangs", async () => {
  await connected(async ({ channel, below }) => {
    below.onWrite = () => Promise.withResolvers<void>().promise;
    const writing = assert.rejects(channel.write(EIGHT()), TransportError);
    channel.close();
    assert.ok(below.closed);
    await writing;
  });
});
