import assert from "node:assert/strict";
import { connectTcp } from "../../lib/net/tcp.ts";
import { Deadlines } from "../../lib/net/deadline.ts";
import type { TlsChannel } from "../../lib/tls/engine.ts";
import { serverTls } from "../../lib/listen/tls.ts";
import { parseCertificate } from "../../lib/x509/certificate.ts";
import { authority, DAY, issue, type Issued } from "../support/certificates.ts";
import { ASSOCIATE_RQ, RELEASE_RQ } from "../support/golden.ts";
import {
  asClient,
  asServer,
  ROOT,
  SERVER,
  shake,
  type Wishes,
} from "../tls/handshakes.ts";
import { whileListening } from "./listening.ts";

async function call(port: number, wishes: Wishes): Promise<TlsChannel> {
  using deadlines = new Deadlines();
  using deadline = deadlines.start(20_000);
  return await shake(
    await connectTcp({
      host: "127.0.0.1",
      port,
      addressFamily: "ipv4",
      deadline,
    }),
    wishes,
  );
}

/** Requests and releases; whatever the other end says is thrown away. */
async function talk(channel: TlsChannel): Promise<void> {
  try {
    await channel.write(ASSOCIATE_RQ);
    await channel.write(RELEASE_RQ);
    while (await channel.read(new Uint8Array(1024)) > 0);
  } catch {
    // It was closed on.
  } finally {
    channel.close();
  }
}

async function serverOf(
  peerAuthentication: "require" | "ignore",
  anchor: Issued = ROOT,
): Promise<NonNullable<ReturnType<typeof serverTls>>> {
  const made = serverTls(
    { peerAuthentication, revocation: "none" },
    {
      clientCertificate: asServer(SERVER),
      anchors: [await parseCertificate(anchor.der)],
      crls: [],
    },
    () => new Date(),
  );
  assert.ok(made);
  return made;
}

Deno.test("without a key there is no server", () => {
  assert.equal(
    serverTls(
      { peerAuthentication: "ignore", revocation: "none" },
      { clientCertificate: undefined, anchors: [], crls: [] },
      () => new Date(),
    ),
    undefined,
  );
});

Deno.test("a caller without a certificate is served where none is required", async () => {
  await whileListening(async ({ port, nextCall, told }) => {
    await talk(await call(port, {}));
    const { end, tls } = await nextCall();
    assert.equal(end.kind, "released");
    assert.deepEqual(tls, {
      version: "TLSv1.3",
      suite: tls?.suite,
      subject: undefined,
    });
    assert.match(told[0] ?? "", /TLS: +TLSv1\.3, TLS_/);
  }, { tls: await serverOf("ignore") });
});

Deno.test("a caller with a certificate that is trusted is told by its subject", async () => {
  await whileListening(async ({ port, nextCall }) => {
    const client = issue(ROOT, { name: "modality" });
    await talk(await call(port, { clientCertificate: asClient(client) }));
    const { end, tls } = await nextCall();
    assert.equal(end.kind, "released");
    assert.match(tls?.subject ?? "", /modality/);
  }, { tls: await serverOf("require") });
});

const STRANGER = issue(authority({ name: "Elsewhere" }), { name: "stranger" });
const EXPIRED = issue(ROOT, {
  name: "old",
  notBefore: new Date(Date.now() - 3 * DAY),
  notAfter: new Date(Date.now() - 2 * DAY),
});

const NO_CLIENT = issue(ROOT, {
  name: "server",
  extendedKeyUsage: ["serverAuth"],
});

for (
  const [what, client, words] of [
    ["from elsewhere", STRANGER, /verification error.*stranger/s],
    ["that has expired", EXPIRED, /expired/],
    ["that is for servers only", NO_CLIENT, /unsupported certificate purpose/],
  ] as const
) {
  Deno.test(`a caller with a certificate ${what} is not served, and told why`, async () => {
    await whileListening(async ({ port, nextCall, told }) => {
      await talk(await call(port, { clientCertificate: asClient(client) }));
      const { end } = await nextCall();
      assert.equal(end.kind, "tls-failed");
      assert.match(told.at(-1) ?? "", words);
    }, { tls: await serverOf("require") });
  });
}

Deno.test("a caller that speaks plain DICOM to a TLS port is told as such", async () => {
  await whileListening(async ({ port, nextCall }) => {
    const connection = await Deno.connect({ hostname: "127.0.0.1", port });
    await connection.write(ASSOCIATE_RQ);
    assert.equal((await nextCall()).end.kind, "tls-failed");
    connection.close();
  }, { tls: await serverOf("ignore") });
});
