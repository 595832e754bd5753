import assert from "node:assert/strict";
import type { AddressFamily } from "../../lib/base/address-family.ts";
import { formatCondition } from "../../lib/base/condition.ts";
import { Deadlines } from "../../lib/net/deadline.ts";
import {
  connectBy,
  connectTcp,
  connectTcpAlone,
  TcpTransport,
} from "../../lib/net/tcp.ts";
import { type Transport, TransportError } from "../../lib/net/transport.ts";
import { startFullListener } from "../support/full-listener.ts";
import { startResettingRelay } from "../support/resetting-relay.ts";

interface Options {
  readonly family?: AddressFamily;
  readonly milliseconds?: number;
  readonly signal?: AbortSignal;
}

async function connect(
  host: string,
  port: number,
  { family = "auto", milliseconds, signal }: Options = {},
): Promise<Transport> {
  using deadlines = new Deadlines(signal);
  using deadline = deadlines.start(milliseconds);
  return await connectTcp({ host, port, addressFamily: family, deadline });
}

/** Fault and condition of a connection that cannot be had. */
async function failure(
  host: string,
  port: number,
  options?: Options,
): Promise<string> {
  try {
    const transport = await connect(host, port, options);
    transport.close();
  } catch (error) {
    assert.ok(error instanceof TransportError, String(error));
    return `${error.fault}: ${formatCondition(error.condition)}`;
  }
  assert.fail(`connected to ${host}`);
}

interface Pair extends Disposable {
  readonly transport: Transport;
  readonly peer: Deno.TcpConn;
}

/** A transport and the other end of it, as a plain socket. */
async function pair(): Promise<Pair> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const [transport, peer] = await Promise.all([
    connect("127.0.0.1", listener.addr.port),
    listener.accept(),
  ]);
  return {
    transport,
    peer,
    [Symbol.dispose](): void {
      transport.close();
      try {
        peer.close();
      } catch {
        // A test may have closed it.
      }
    },
  };
}

/** A port of loopback on which nobody listens. */
function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

/** Whether connecting to a listener of `listenAt` by `host` works. */
async function reaches(
  listenAt: string,
  host: string,
  family: AddressFamily,
): Promise<boolean> {
  using listener = Deno.listen({ hostname: listenAt, port: 0 });
  const accepted = listener.accept();
  const transport = await connect(host, listener.addr.port, { family });
  const peer = await accepted;
  peer.close();
  transport.close();
  return true;
}

const IPV6 = ((): boolean => {
  try {
    Deno.listen({ hostname: "::1", port: 0 }).close();
    return true;
  } catch {
    return false;
  }
})();

Deno.test("connecting alone reaches and fails as otherwise", async () => {
  const alone = async (
    host: string,
    port: number,
  ): Promise<void> => {
    using deadlines = new Deadlines();
    using deadline = deadlines.start(undefined);
    const request = { host, port, addressFamily: "auto", deadline } as const;
    (await connectTcpAlone(request)).close();
  };
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const accepted = listener.accept();
  await alone("127.0.0.1", listener.addr.port);
  (await accepted).close();
  const fault = (expected: string) => (error: unknown): boolean =>
    error instanceof TransportError && error.fault === expected;
  await assert.rejects(alone("127.0.0.1", freePort()), fault("refused"));
});

Deno.test("a peer that does not listen refuses", async () => {
  assert.equal(
    await failure("127.0.0.1", freePort()),
    "refused: 0006:031c TCP Initialization Error: Connection refused",
  );
});

Deno.test("a name that does not exist is an unknown host, in every family", async () => {
  for (const family of ["auto", "ipv4", "ipv6"] as const) {
    assert.equal(
      await failure("nosuchhost.invalid", 104, { family }),
      "unknown-host: " +
        "0006:0320 Attempt to connect to unknown host: nosuchhost.invalid",
    );
  }
});

Deno.test("what is no name at all is an unknown host", async () => {
  for (const host of ["a b", "a..b", "x".repeat(300)]) {
    assert.equal(
      await failure(host, 104),
      `unknown-host: 0006:0320 Attempt to connect to unknown host: ${host}`,
    );
  }
});

Deno.test("what cannot be a peer is an illegal parameter, with its port", async () => {
  for (
    const [host, family] of [
      ["", "auto"],
      ["host:104", "auto"],
      ["[::1", "auto"],
      ["::1", "ipv4"],
      ["127.0.0.1", "ipv6"],
    ] as const
  ) {
    assert.equal(
      await failure(host, 11112, { family }),
      `illegal-peer: 0006:030c Illegal service parameter: ${host}:11112`,
    );
  }
});

Deno.test("a peer is reached by address and by name over IPv4", async () => {
  for (const family of ["auto", "ipv4"] as const) {
    for (const host of ["127.0.0.1", "localhost"]) {
      assert.ok(await reaches("127.0.0.1", host, family), host);
    }
  }
});

Deno.test({
  name: "an IPv6 literal is reached with and without brackets",
  ignore: !IPV6,
  fn: async () => {
    for (const family of ["auto", "ipv6"] as const) {
      for (const host of ["::1", "[::1]", "0:0:0:0:0:0:0:1"]) {
        assert.ok(await reaches("::1", host, family), host);
      }
    }
  },
});

Deno.test({
  name: "a name is not reached over the family that is not wanted",
  ignore: !IPV6,
  fn: async () => {
    using listener = Deno.listen({ hostname: "::1", port: 0 });
    assert.match(
      await failure("localhost", listener.addr.port, { family: "ipv4" }),
      /^refused: /,
    );
  },
});

Deno.test("connecting is bounded as a whole", async () => {
  await using full = await startFullListener();
  assert.equal(
    await failure("127.0.0.1", full.port, { milliseconds: 1 }),
    "timeout: 0006:031c TCP Initialization Error: " +
      "Operation now in progress (Timeout)",
  );
});

Deno.test("connecting ends when the signal is raised", async () => {
  await using full = await startFullListener();
  const stop = new AbortController();
  const failed = failure("127.0.0.1", full.port, { signal: stop.signal });
  stop.abort();
  assert.match(await failed, /^interrupted: 0006:031c /);
});

Deno.test("a connection that comes too late is closed again", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  assert.match(
    await failure("127.0.0.1", listener.addr.port, {
      signal: AbortSignal.abort(),
    }),
    /^interrupted: /,
  );
  // The sanitizer of resources fails the test when it is still open.
});

Deno.test("bytes go both ways, and the end of the stream is 0", async () => {
  using both = await pair();
  const { transport, peer } = both;
  await transport.write(Uint8Array.of(1, 2, 3));
  const received = new Uint8Array(8);
  assert.equal(await peer.read(received), 3);
  assert.deepEqual(received.slice(0, 3), Uint8Array.of(1, 2, 3));
  await peer.write(Uint8Array.of(4, 5));
  await peer.closeWrite();
  const buffer = new Uint8Array(8);
  assert.equal(await transport.read(buffer), 2);
  assert.deepEqual(buffer.slice(0, 2), Uint8Array.of(4, 5));
  assert.equal(await transport.read(buffer), 0);
  assert.equal(await transport.read(buffer), 0);
});

Deno.test("a long write is written whole", async () => {
  using both = await pair();
  const { transport, peer } = both;
  const sent = new Uint8Array(4_000_000).map((_, index) => index % 251);
  const written = transport.write(sent).then(() => transport.closeWrite());
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of peer.readable) {
    chunks.push(chunk);
    length += chunk.byteLength;
  }
  await written;
  assert.equal(length, sent.byteLength);
  let at = 0;
  for (const chunk of chunks) {
    assert.ok(
      chunk.every((byte, index) => byte === (at + index) % 251),
      `at ${at}`,
    );
    at += chunk.byteLength;
  }
});

Deno.test("after the end of writing is told, reading goes on", async () => {
  using both = await pair();
  const { transport, peer } = both;
  await transport.closeWrite();
  assert.equal(await peer.read(new Uint8Array(1)), null);
  await peer.write(Uint8Array.of(9));
  assert.equal(await transport.read(new Uint8Array(4)), 1);
});

Deno.test("closing settles a pending read, and may be done twice", async () => {
  using both = await pair();
  const { transport } = both;
  const read = transport.read(new Uint8Array(1));
  transport.close();
  transport.close();
  await assert.rejects(read, TransportError);
});

Deno.test("after closing every use is a fault of the transport", async () => {
  using both = await pair();
  const { transport } = both;
  transport.close();
  const uses = [
    () => transport.read(new Uint8Array(1)),
    () => transport.write(new Uint8Array(1)),
    () => transport.closeWrite(),
  ];
  for (const use of uses) {
    await assert.rejects(
      use,
      (error) => error instanceof TransportError && error.fault === "reset",
    );
  }
});

Deno.test("a reset by the peer is told as one", async () => {
  using target = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  await using relay = await startResettingRelay(target.addr.port);
  const accepted = target.accept();
  const transport = await connect("127.0.0.1", relay.port);
  const peer = await accepted;
  const read = transport.read(new Uint8Array(1));
  peer.close();
  await assert.rejects(read, (error) => {
    assert.ok(error instanceof TransportError);
    assert.equal(error.fault, "reset");
    assert.equal(error.condition.code, "0006:031c");
    assert.doesNotMatch(error.condition.text, /os error/);
    return true;
  });
  transport.close();
});

Deno.test("an accepted connection is a transport as well", async () => {
  using both = await pair();
  const accepted = new TcpTransport(both.peer);
  await both.transport.write(Uint8Array.of(1));
  assert.equal(await accepted.read(new Uint8Array(1)), 1);
  accepted.close();
});

Deno.test("a want of descriptors is this machine's, not the peer's", async () => {
  const connect = connectBy(() =>
    Promise.reject(new Deno.errors.Busy("Too many open files (os error 24)"))
  );
  using deadlines = new Deadlines();
  using deadline = deadlines.start(undefined);
  await assert.rejects(
    connect({ host: "localhost", port: 104, addressFamily: "auto", deadline }),
    (error) =>
      error instanceof TransportError && error.fault === "exhausted" &&
      error.condition.text ===
        "TCP Initialization Error: Too many open files",
  );
});
