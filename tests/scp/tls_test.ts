import assert from "node:assert/strict";
import { connectTcp } from "../../lib/net/tcp.ts";
import { Deadlines } from "../../lib/net/deadline.ts";
import type { Transport } from "../../lib/net/transport.ts";
import { type ScpOptions, startVerificationScp } from "../../lib/scp/server.ts";
import { assertServable, type ScpTls } from "../../lib/scp/tls.ts";
import type { TlsChannel } from "../../lib/tls/engine.ts";
import { authority, issue } from "../support/certificates.ts";
import {
  ASSOCIATE_RQ,
  P_DATA_ECHO_RQ,
  RELEASE_RP,
  RELEASE_RQ,
} from "../support/golden.ts";
import {
  asClient,
  asServer,
  demanding,
  failure,
  ROOT,
  SERVER,
  shake,
  type Wishes,
} from "../tls/handshakes.ts";

async function connect(port: number): Promise<Transport> {
  using deadlines = new Deadlines();
  using deadline = deadlines.start(20_000);
  return await connectTcp({
    host: "127.0.0.1",
    port,
    addressFamily: "ipv4",
    deadline,
  });
}

/** One PDU, told by its type and length. */
async function readPdu(transport: Transport): Promise<Uint8Array> {
  const header = await readExactly(transport, 6);
  const body = await readExactly(
    transport,
    new DataView(header.buffer).getUint32(2),
  );
  return new Uint8Array([...header, ...body]);
}

async function readExactly(
  transport: Transport,
  length: number,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length;) {
    const count = await transport.read(bytes.subarray(at));
    assert.ok(count > 0, "the SCP has closed");
    at += count;
  }
  return bytes;
}

async function assertClosedOn(channel: TlsChannel): Promise<void> {
  await channel.write(ASSOCIATE_RQ).catch(() => {});
  assert.equal(await channel.read(new Uint8Array(9)).catch(() => 0), 0);
  channel.close();
}

async function verify(options: ScpOptions, wishes: Wishes): Promise<void> {
  await using scp = startVerificationScp(options);
  const channel = await shake(await connect(scp.port), wishes);
  await channel.write(ASSOCIATE_RQ);
  assert.equal((await readPdu(channel))[0], 0x02);
  await channel.write(P_DATA_ECHO_RQ);
  assert.equal((await readPdu(channel))[0], 0x04);
  await channel.write(RELEASE_RQ);
  assert.deepEqual(await readPdu(channel), RELEASE_RP);
  channel.close();
}

for (const version of ["TLSv1.2", "TLSv1.3"] as const) {
  Deno.test(`the SCP verifies over ${version}`, async () => {
    await verify({ tls: { ...asServer(SERVER), versions: [version] } }, {});
  });

  Deno.test(`the SCP verifies over ${version} a client that it knows`, async () => {
    const tls = {
      ...asServer(SERVER),
      versions: [version],
      ...demanding(ROOT.pem),
    };
    const client = issue(ROOT, { name: "scu" });
    await verify({ tls }, { clientCertificate: asClient(client) });
  });
}

Deno.test("clients that cannot do the handshake leave the SCP at work", async () => {
  const tls = { ...asServer(SERVER), ...demanding(ROOT.pem) };
  await using scp = startVerificationScp({ tls, artimTimeout: 100 });
  for (const first of [ASSOCIATE_RQ, new Uint8Array(), new Uint8Array(500)]) {
    const plain = await connect(scp.port);
    if (first.byteLength > 0) await plain.write(first);
    const buffer = new Uint8Array(100);
    while (await plain.read(buffer).catch(() => 0) > 0);
    plain.close();
  }
  const gone = await connect(scp.port);
  gone.close();
  const { failure: found } = await failure(
    shake(await connect(scp.port), {
      offer: { versions: ["TLSv1.2"], suites: [] },
    }),
  );
  assert.ok(found.kind === "alert" && found.description === 116);
  const channel = await shake(await connect(scp.port), {
    clientCertificate: asClient(issue(ROOT, { name: "scu" })),
  });
  await channel.write(ASSOCIATE_RQ);
  assert.equal((await readPdu(channel))[0], 0x02);
  channel.close();
});

for (const version of ["TLSv1.2", "TLSv1.3"] as const) {
  Deno.test(`RFC 8446: a client whose certificate leaves its key unproven is closed on, ${version}`, async () => {
    const tls = { ...asServer(SERVER), versions: [version] };
    const old = issue(ROOT, { name: "scu", version: 1 });
    const judged: unknown[] = [];
    for (
      const demand of [
        { clientCertificate: "required" },
        { clientCertificate: "optional" },
      ] as const
    ) {
      const judgeClient = (presented: unknown): Promise<undefined> => {
        judged.push(presented);
        return Promise.resolve(undefined);
      };
      await using scp = startVerificationScp({
        tls: { ...tls, ...demand, judgeClient },
      });
      const channel = await shake(await connect(scp.port), {
        clientCertificate: asClient(old),
      });
      await assertClosedOn(channel);
    }
    assert.deepEqual(judged, []);
  });
}

for (const version of ["TLSv1.2", "TLSv1.3"] as const) {
  const tls: ScpTls = {
    ...asServer(SERVER),
    ...demanding(ROOT.pem),
    clientCertificate: "optional",
    versions: [version],
  };

  Deno.test(`a client need not show a certificate that is optional, ${version}`, async () => {
    await verify({ tls }, {});
  });

  Deno.test(`a certificate that is optional is judged where it is shown, ${version}`, async () => {
    const known = issue(ROOT, { name: "scu" });
    await verify({ tls }, { clientCertificate: asClient(known) });
    await using scp = startVerificationScp({ tls });
    const stranger = issue(authority({ name: "Other" }), { name: "scu" });
    const channel = await shake(await connect(scp.port), {
      clientCertificate: asClient(stranger),
    });
    await assertClosedOn(channel);
  });
}

Deno.test("what was agreed on is told, then judged, then the client", async () => {
  const order: unknown[] = [];
  const tls: ScpTls = {
    ...asServer(SERVER),
    versions: ["TLSv1.2"],
    judgeSession: ({ version, suite }) => {
      order.push([version, suite.startsWith("TLS_ECDHE_ECDSA_WITH_")]);
      return "not this one";
    },
    judgeClient: () => {
      order.push("client");
      return Promise.resolve(undefined);
    },
  };
  await using scp = startVerificationScp({
    tls,
    onConnection: () => ({
      secured: () => void order.push("told"),
      tlsFailed: (error) =>
        order.push("condition" in error && error.condition.text),
      observe: () => {},
      ended: () => {},
    }),
  });
  const channel = await shake(await connect(scp.port), {
    clientCertificate: asClient(issue(ROOT, { name: "scu" })),
  });
  await assertClosedOn(channel);
  await scp.close();
  assert.deepEqual(order.slice(0, 2), ["told", ["TLSv1.2", true]]);
  assert.match(String(order[2]), /not this one/);
  assert.equal(order.length, 3);
});

Deno.test("the versions of a server are those of its handshake", async () => {
  await using scp = startVerificationScp({
    tls: { ...asServer(SERVER), versions: ["TLSv1.2"] },
  });
  const { failure: found } = await failure(
    shake(await connect(scp.port), {
      offer: { versions: ["TLSv1.3"], suites: [] },
    }),
  );
  // protocol_version (RFC 8446 section 6).
  assert.ok(found.kind === "alert" && found.description === 70);
});

Deno.test("a client that is not admitted is closed on, and nobody is told", async () => {
  await using scp = startVerificationScp({
    admits: ({ hostname }) => hostname !== "127.0.0.1",
    onConnection: () => assert.fail("it is told"),
  });
  const plain = await connect(scp.port);
  assert.equal(await plain.read(new Uint8Array(8)).catch(() => 0), 0);
  plain.close();
});

Deno.test("a key that the runtime does not take is found before there are clients", async () => {
  await assertServable(asServer(SERVER));
  const short = issue(ROOT, { name: "pacs", key: "rsa1024" });
  await assert.rejects(assertServable(asServer(short)), /key/);
});

Deno.test("closing the SCP ends a handshake that is under way", async () => {
  const scp = startVerificationScp({ tls: asServer(SERVER) });
  const plain = await connect(scp.port);
  await plain.write(Uint8Array.of(0x16));
  const reading = plain.read(new Uint8Array(8)).catch(() => 0);
  await scp.close();
  assert.equal(await reading, 0);
  plain.close();
});
