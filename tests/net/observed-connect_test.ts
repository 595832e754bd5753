import assert from "node:assert/strict";
import type { AddressFamily } from "../../lib/base/address-family.ts";
import { formatCondition } from "../../lib/base/condition.ts";
import { Deadlines } from "../../lib/net/deadline.ts";
import {
  alternating,
  type ConnectEvent,
  observedConnect,
} from "../../lib/net/observed-connect.ts";
import { connectTcp } from "../../lib/net/tcp.ts";
import { type Connect, TransportError } from "../../lib/net/transport.ts";

interface Seen {
  readonly events: readonly ConnectEvent[];
  readonly failure: string | undefined;
}

async function failureOf(
  connect: Connect,
  host: string,
  port: number,
  addressFamily: AddressFamily,
  signal?: AbortSignal,
): Promise<string | undefined> {
  using deadlines = new Deadlines(signal);
  using deadline = deadlines.start(undefined);
  try {
    (await connect({ host, port, addressFamily, deadline })).close();
    return undefined;
  } catch (error) {
    assert.ok(error instanceof TransportError, String(error));
    return `${error.fault}: ${formatCondition(error.condition)}`;
  }
}

async function observe(
  host: string,
  port: number,
  family: AddressFamily = "auto",
  signal?: AbortSignal,
): Promise<Seen> {
  const events: ConnectEvent[] = [];
  const connect = observedConnect((event) => events.push(event));
  return {
    failure: await failureOf(connect, host, port, family, signal),
    events,
  };
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

/** The other end takes one connection and closes it. */
async function observeListener(
  host: string,
  family: AddressFamily = "auto",
): Promise<Seen & { readonly port: number; readonly caller: string }> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  const [seen, other] = await Promise.all([
    observe(host, port, family),
    listener.accept(),
  ]);
  const { hostname, port: callersPort } = other.remoteAddr;
  other.close();
  return { ...seen, port, caller: `${hostname}:${callersPort}` };
}

Deno.test("a literal address is connected to without a look-up, and both ends are told", async () => {
  const { events, failure, port, caller } = await observeListener("127.0.0.1");
  assert.equal(failure, undefined);
  assert.deepEqual(events, [
    { kind: "resolved", addresses: ["127.0.0.1"] },
    { kind: "connected", local: caller, remote: `127.0.0.1:${port}` },
  ]);
});

Deno.test("a name is looked up first, and all its addresses are told", async () => {
  for (const family of ["auto", "ipv4"] as const) {
    const { events, failure } = await observeListener("localhost", family);
    assert.equal(failure, undefined);
    assert.deepEqual(events.map(({ kind }) => kind), [
      "looking-up",
      "resolved",
      "connected",
    ]);
    const [, resolved] = events;
    assert.ok(resolved?.kind === "resolved");
    assert.ok(resolved.addresses.includes("127.0.0.1"));
    if (family === "ipv4") assert.deepEqual(resolved.addresses, ["127.0.0.1"]);
  }
});

Deno.test("a name that does not exist is told as a look-up without an end", async () => {
  const { events, failure } = await observe("nosuchhost.invalid", 104);
  assert.match(failure ?? "", /^unknown-host: /);
  assert.deepEqual(events, [{ kind: "looking-up" }]);
});

Deno.test("failures are those of connecting unobserved", async () => {
  const port = freePort();
  for (
    const [host, family] of [
      ["127.0.0.1", "auto"],
      ["localhost", "ipv4"],
      ["nosuchhost.invalid", "auto"],
      ["nosuchhost.invalid", "ipv6"],
      ["a..b", "auto"],
      ["", "auto"],
      ["host:104", "auto"],
      ["127.0.0.1", "ipv6"],
    ] as const
  ) {
    const expected = await failureOf(connectTcp, host, port, family);
    assert.notEqual(expected, undefined);
    const { failure } = await observe(host, port, family);
    assert.equal(failure, expected, `${host} ${family}`);
  }
});

Deno.test("an interrupted connection leaves nothing open", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { failure } = await observe(
    "127.0.0.1",
    listener.addr.port,
    "auto",
    AbortSignal.abort(),
  );
  assert.match(failure ?? "", /^interrupted: /);
});

Deno.test("families are tried by turns, beginning with the first that was found", () => {
  assert.deepEqual(alternating([]), []);
  assert.deepEqual(alternating(["1.1.1.1", "2.2.2.2"]), ["1.1.1.1", "2.2.2.2"]);
  assert.deepEqual(
    alternating(["a::1", "a::2", "a::3", "1.1.1.1"]),
    ["a::1", "1.1.1.1", "a::2", "a::3"],
  );
  assert.deepEqual(
    alternating(["1.1.1.1", "a::1", "a::2", "2.2.2.2", "a::3"]),
    ["1.1.1.1", "a::1", "2.2.2.2", "a::2", "a::3"],
  );
});
