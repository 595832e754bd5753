import assert from "node:assert/strict";
import { listen } from "../../lib/listen/listen.ts";
import type { CallEnd } from "../../lib/listen/types.ts";
import { RawClient } from "../scp/raw-client.ts";
import {
  ABORT,
  ASSOCIATE_AC,
  ASSOCIATE_RQ,
  P_DATA_ECHO_RQ,
  P_DATA_ECHO_RSP,
  RELEASE_RQ,
} from "../support/golden.ts";
import {
  big,
  COMMAND_LAST,
  COMMAND_MORE,
  commandSet,
  element,
  item,
  little,
  pData,
  pdu,
  pdv,
  text,
} from "../support/pdus.ts";
import { type ListeningEnd, whileListening } from "./listening.ts";

async function echo(client: RawClient): Promise<void> {
  await client.send(P_DATA_ECHO_RQ);
  assert.deepEqual(await client.receive(), P_DATA_ECHO_RSP);
}

/** Until the other end has closed. */
async function ended(client: RawClient): Promise<void> {
  while (await client.receive() !== undefined);
}

async function release(client: RawClient): Promise<void> {
  await client.send(RELEASE_RQ);
  await ended(client);
}

Deno.test("a verification is told with all that the caller sent", async () => {
  const counts = await whileListening(async ({ port, told, nextCall }) => {
    using client = await RawClient.connect(port);
    await client.send(ASSOCIATE_RQ);
    await client.receive();
    await echo(client);
    await echo(client);
    await release(client);
    client[Symbol.dispose]();
    const call = await nextCall();
    assert.match(call.from, /^127\.0\.0\.1:\d+$/);
    assert.deepEqual(call.end, { kind: "released" });
    assert.equal(call.echoes, 2);
    assert.equal(call.accepted, true);
    assert.deepEqual(call.request, {
      callingAeTitle: "ECHOSCU",
      calledAeTitle: "ANY-SCP",
      protocolVersion: 1,
      applicationContext: "1.2.840.10008.3.1.1.1",
      implementationClassUid: "1.2.276.0.7230010.3.0.3.6.7",
      implementationVersionName: "OFFIS_DCMTK_367",
      maximumLength: 16384,
      identity: undefined,
      extras: [],
      contexts: [{
        id: 1,
        abstractSyntax: "1.2.840.10008.1.1",
        transferSyntaxes: ["1.2.840.10008.1.2"],
        result: 0,
        transferSyntax: "1.2.840.10008.1.2",
      }],
    });
    const [asked = "", end = ""] = told;
    assert.equal(
      asked,
      `#1 1970-01-01T00:00:00.000Z ${call.from} requests an association
  Calling AE Title:      ECHOSCU
  Called AE Title:       ANY-SCP
  Implementation UID:    1.2.276.0.7230010.3.0.3.6.7
  Implementation Name:   OFFIS_DCMTK_367
  Maximum PDU Length:    16384
  Presentation Contexts: 1 proposed, 1 accepted
    1 Verification SOP Class: accepted, Implicit VR Little Endian of [Implicit VR Little Endian]
`,
    );
    assert.match(
      end,
      /^#1 127\.0\.0\.1:\d+ 2 echoes answered, released \(\d+\.\d{3} s\)\n$/,
    );
  });
  assert.equal(counts.connections, 1);
  assert.equal(counts.open, 0);
  assert.equal(counts.accepted, 1);
  assert.equal(counts.echoes, 2);
  assert.equal(counts.ends.released, 1);
});

Deno.test("the request is told while the association stands", async () => {
  await whileListening(async ({ port, told, stop }) => {
    using client = await RawClient.connect(port);
    await client.associate();
    assert.equal(told.length, 1);
    const counts = await stop();
    assert.equal(counts.ends.stopped, 1);
  });
});

Deno.test("another called AE title than ours is rejected, and told", async () => {
  await whileListening(async ({ port, told, nextCall }) => {
    using client = await RawClient.connect(port);
    const answer = await client.associate({ calledAeTitle: "THEIRS" });
    assert.deepEqual(answer?.subarray(0, 10), pdu(0x03, "00010107"));
    client[Symbol.dispose]();
    const call = await nextCall();
    assert.equal(call.end.kind, "rejected");
    assert.equal(call.accepted, false);
    assert.equal(call.request?.calledAeTitle, "THEIRS");
    assert.match(told[0] ?? "", /1 proposed, association rejected/);
    assert.match(told[1] ?? "", /rejected by us: .*Called AE Title Not Recog/);

    using known = await RawClient.connect(port);
    assert.equal((await known.associate({ calledAeTitle: "OURS" }))?.[0], 2);
    await release(known);
  }, { calledAeTitle: "OURS" });
});

Deno.test("a user name is told, a passcode never", async () => {
  await whileListening(async ({ port, told, nextCall }) => {
    using client = await RawClient.connect(port);
    await client.send(withItems(
      item(
        0x58,
        "02",
        "01",
        big(4, 2),
        text("jane"),
        big(6, 2),
        text("s3cr3t"),
      ),
      item(0x53, "00050003"),
      item(0x60, text("odd")),
    ));
    assert.equal((await client.receive())?.[0], 2);
    await release(client);
    client[Symbol.dispose]();
    const call = await nextCall();
    assert.deepEqual(call.request?.identity, {
      type: 2,
      userName: "jane",
      secret: true,
      responseRequested: true,
    });
    assert.deepEqual(call.request?.extras, [
      "Asynchronous Operations Window: invoked 5, performed 3",
      "Unknown item 0x60, 3 bytes",
    ]);
    assert.match(
      told[0] ?? "",
      /user name and passcode, jane, secret not shown/,
    );
    assert.ok(!JSON.stringify([call, told]).includes("s3cr3t"));
  });
});

Deno.test("a token is nobody's user name", async () => {
  await whileListening(async ({ port, told, nextCall }) => {
    using client = await RawClient.connect(port);
    await client.send(
      withItems(item(0x58, "05", "00", big(6, 2), text("s3cr3t"), big(0, 2))),
    );
    await client.receive();
    await release(client);
    client[Symbol.dispose]();
    const call = await nextCall();
    assert.equal(call.request?.identity?.userName, undefined);
    assert.equal(call.request?.identity?.secret, true);
    assert.ok(!JSON.stringify([call, told]).includes("s3cr3t"));
  });
});

/** ASSOCIATE_RQ with more sub-items in its user information, which is last. */
function withItems(...items: readonly Uint8Array[]): Uint8Array {
  const at = ASSOCIATE_RQ.length - 0x3a - 4;
  const user = ASSOCIATE_RQ.subarray(at + 4);
  return pdu(0x01, ASSOCIATE_RQ.subarray(6, at), item(0x50, user, ...items));
}

const ENDS: Readonly<
  Record<
    string,
    readonly [(client: RawClient) => Promise<void>, CallEnd["kind"], RegExp]
  >
> = {
  "aborts": [
    async (client) => {
      await client.associate();
      await client.send(ABORT);
      await ended(client);
    },
    "aborted-by-caller",
    /aborted by the caller: DICOM UL service-user/,
  ],
  "closes within an association": [
    async (client) => {
      await client.associate();
      client[Symbol.dispose]();
    },
    "closed-by-caller",
    /without a release/,
  ],
  "closes at once": [
    (client) => {
      client[Symbol.dispose]();
      return Promise.resolve();
    },
    "closed-by-caller",
    /closed by the caller/,
  ],
  "sends what is no request": [
    async (client) => {
      await client.send(ASSOCIATE_AC);
      await ended(client);
    },
    "violation",
    /unexpected A-ASSOCIATE-AC PDU/,
  ],
  "requests an association twice": [
    async (client) => {
      await client.associate();
      await client.send(ASSOCIATE_RQ);
      await ended(client);
    },
    "violation",
    /unexpected A-ASSOCIATE-RQ PDU/,
  ],
  "sends a request that cannot be read": [
    async (client) => {
      await client.send(pdu(0x01, text("rubbish")));
      await ended(client);
    },
    "violation",
    /aborted by us: 0006:/,
  ],
  "speaks HTTP": [
    async (client) => {
      await client.send(text("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
      await ended(client);
    },
    "violation",
    /speaks HTTP/,
  ],
  "speaks TLS": [
    async (client) => {
      await client.send(Uint8Array.of(0x16, 3, 1, 0, 200, 1, 0, 0, 196, 3, 3));
      await ended(client);
    },
    "violation",
    /speaks TLS: use \+tls/,
  ],
  "sends another message than C-ECHO": [
    async (client) => {
      await client.associate();
      const find = commandSet(
        element(0x0002, text("1.2.840.10008.1.1\0")),
        element(0x0100, little(0x0020, 2)),
        element(0x0110, little(1, 2)),
        element(0x0800, little(0x0101, 2)),
      );
      await client.send(pData(pdv(1, COMMAND_LAST, find)));
      await ended(client);
    },
    "not-an-echo",
    /only C-ECHO is answered/,
  ],
};

for (const [what, [act, kind, line]] of Object.entries(ENDS)) {
  Deno.test(`a caller that ${what} is told as such`, async () => {
    const counts = await whileListening(async ({ port, told, nextCall }) => {
      using client = await RawClient.connect(port);
      await act(client);
      client[Symbol.dispose]();
      assert.equal((await nextCall()).end.kind, kind);
      assert.match(told.at(-1) ?? "", line);
    });
    assert.equal(counts.ends[kind], 1);
  });
}

Deno.test("a caller that falls silent is told as such", async () => {
  await whileListening(async ({ port, nextCall }) => {
    using client = await RawClient.connect(port);
    await client.associate();
    await echo(client);
    await ended(client);
    client[Symbol.dispose]();
    assert.equal((await nextCall()).end.kind, "silent");
  }, { idleTimeout: 200 });
});

Deno.test("a caller that stops within a message is silent, not wrong", async () => {
  await whileListening(async ({ port, nextCall }) => {
    using client = await RawClient.connect(port);
    await client.associate();
    await client.send(pData(pdv(1, COMMAND_MORE, new Uint8Array(8))));
    await ended(client);
    client[Symbol.dispose]();
    assert.equal((await nextCall()).end.kind, "silent");
  }, { idleTimeout: 200 });
});

Deno.test("an echo whose response takes several PDUs is one", async () => {
  const counts = await whileListening(async ({ port, nextCall }) => {
    using client = await RawClient.connect(port);
    await client.associate({ maximumLength: 24 });
    await client.send(P_DATA_ECHO_RQ);
    let pdus = 0;
    for (let last = false; !last; pdus++) {
      // The message control header of its only PDV.
      last = (((await client.receive())?.[11] ?? 0x02) & 0x02) !== 0;
    }
    assert.ok(pdus > 1);
    await release(client);
    client[Symbol.dispose]();
    assert.equal((await nextCall()).echoes, 1);
  });
  assert.equal(counts.echoes, 1);
});

Deno.test("what a caller says does no harm where it is shown", async () => {
  await whileListening(async ({ port, told, nextCall }) => {
    using client = await RawClient.connect(port);
    await client.associate({
      calledAeTitle: "A\x1b[2J\r\n#9 fake",
      contexts: [{ id: 1, abstractSyntax: "1.2\x1b[31m" }],
    });
    await release(client);
    client[Symbol.dispose]();
    await nextCall();
    assert.ok(told.every((one) => /^[\x20-\x7e\n]*$/.test(one)));
    assert.ok(!told.some((one) => one.includes("\n#9")));
  });
});

Deno.test("several callers at a time have numbers of their own", async () => {
  const counts = await whileListening(async ({ port, tally, nextCall }) => {
    using first = await RawClient.connect(port);
    await first.associate();
    using second = await RawClient.connect(port);
    await second.associate();
    assert.equal(tally.open, 2);
    await release(second);
    second[Symbol.dispose]();
    assert.equal((await nextCall()).number, 2);
    await release(first);
    first[Symbol.dispose]();
    assert.equal((await nextCall()).number, 1);
  });
  assert.equal(counts.ends.released, 2);
});

function alone(
  request: Partial<Parameters<typeof listen>[0]>,
  listening: (where: { readonly port: number }) => void = () => {},
): ReturnType<typeof listen> {
  return listen({
    hostname: "127.0.0.1",
    port: 0,
    calledAeTitle: undefined,
    maximumLength: 16384,
    tls: undefined,
    deadline: undefined,
    ...request,
  }, {
    now: () => performance.now(),
    date: () => new Date(0),
    signal: undefined,
    observe: {
      listening,
      answered: () => {},
      ended: () => {},
      failed: () => {},
    },
  });
}

Deno.test("the deadline ends it", async () => {
  const result = await alone({ deadline: 0.02 });
  assert.equal(result.kind, "listened");
});

Deno.test("a port that is taken is told in one line", async () => {
  await whileListening(async ({ port }: ListeningEnd) => {
    const result = await alone({ port });
    assert.deepEqual(result, {
      kind: "not-listening",
      reason: `Cannot listen on 127.0.0.1:${port}: another program listens ` +
        "there: stop it, or take another port",
    });
    const everywhere = await alone({ port, hostname: undefined, deadline: 1 });
    assert.equal(everywhere.kind, "not-listening");
  });
});

Deno.test("a caller that requests nothing is silent after the time for a request", async () => {
  await whileListening(async ({ port, nextCall }) => {
    using client = await RawClient.connect(port);
    await ended(client);
    client[Symbol.dispose]();
    const { end, request } = await nextCall();
    assert.equal(end.kind, "silent");
    assert.equal(request, undefined);
  }, { artimTimeout: 200 });
});

Deno.test("for IPv4 only it listens on no other address", async () => {
  await whileListening(async ({ hostname, port, nextCall }) => {
    assert.equal(hostname, "0.0.0.0");
    using client = await RawClient.connect(port);
    await client.associate();
    await release(client);
    client[Symbol.dispose]();
    assert.equal((await nextCall()).end.kind, "released");
  }, { hostname: undefined, addressFamily: "ipv4" });
});

Deno.test("for IPv6 only it serves nobody who calls over IPv4", async () => {
  const counts = await whileListening(async ({ hostname, port, nextCall }) => {
    assert.equal(hostname, "::");
    try {
      using client = await Deno.connect({ hostname: "127.0.0.1", port });
      assert.equal(await client.read(new Uint8Array(1)), null);
    } catch (error) {
      // There are systems on which it is not even connected.
      if (!(error instanceof Deno.errors.ConnectionRefused)) throw error;
    }
    using client = await RawClient.connect(port, "::1");
    await client.associate();
    await release(client);
    client[Symbol.dispose]();
    assert.match((await nextCall()).from, /^\[::1\]:\d+$/);
  }, { hostname: undefined, addressFamily: "ipv6" });
  assert.equal(counts.connections, 1);
});

for (
  const [addressFamily, hostname, words] of [
    ["ipv6", "127.0.0.1", "127.0.0.1:0: it has no IPv6 address"],
    ["ipv4", "::1", "[::1]:0: it has no IPv4 address"],
  ] as const
) {
  Deno.test(`an address of another family than ${addressFamily} is refused`, async () => {
    const result = await alone({ addressFamily, hostname, deadline: 0.02 });
    const reason = `Cannot listen on ${words}`;
    assert.deepEqual(result, { kind: "not-listening", reason });
  });
}

Deno.test("without an address it listens on all, and tells IPv4 as such", async () => {
  await whileListening(async ({ port, nextCall }) => {
    using client = await RawClient.connect(port);
    await client.associate();
    await release(client);
    client[Symbol.dispose]();
    assert.match((await nextCall()).from, /^127\.0\.0\.1:\d+$/);
  }, { hostname: undefined });
});
