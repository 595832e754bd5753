import assert from "node:assert/strict";
import { connectTcp } from "../../lib/net/tcp.ts";
import { Deadlines } from "../../lib/net/deadline.ts";
import type { ScpTls } from "../../lib/scp/tls.ts";
import type { TlsChannel } from "../../lib/tls/engine.ts";
import { tlsPolicy } from "../../lib/tls/policy/policy.ts";
import type { TlsSettings } from "../../lib/tls/settings.ts";
import { type MadeServer, serverTls } from "../../lib/listen/tls.ts";
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

const OLD_ROOT = authority({ name: "Old Root", key: "rsa1024" });

interface Choices extends Partial<Parameters<typeof tlsPolicy>[0]> {
  readonly server?: Issued | undefined;
  readonly anchor?: Issued;
  readonly warn?: (text: string) => void;
}

async function made(
  peerAuthentication: TlsSettings["peerAuthentication"],
  choices: Choices = {},
): Promise<MadeServer> {
  const { profile = "8996", cipherSuites = [], anchor = ROOT } = choices;
  const server = "server" in choices ? choices.server : SERVER;
  const found = tlsPolicy({ profile, cipherSuites });
  assert.ok("policy" in found);
  return serverTls({
    settings: { peerAuthentication, revocation: "none" },
    loaded: {
      clientCertificate: server && asServer(server),
      anchors: [await parseCertificate(anchor.der)],
      crls: [],
    },
    policy: found.policy,
    now: () => new Date(),
    warn: choices.warn ?? (() => {}),
  });
}

async function serverOf(
  peerAuthentication: TlsSettings["peerAuthentication"],
  choices: Choices = {},
): Promise<ScpTls> {
  const server = await made(peerAuthentication, choices);
  assert.ok("tls" in server, "fault" in server ? server.fault : "");
  return server.tls;
}

Deno.test("without a key there is no server", async () => {
  const server = await made("ignore", { server: undefined });
  assert.ok("fault" in server);
  assert.match(server.fault, /needs a key/);
});

for (const profile of ["basic", "aes", "null"] as const) {
  Deno.test(`there is no server for the profile ${profile}, of which the runtime has nothing`, async () => {
    const server = await made("ignore", { profile });
    assert.ok("fault" in server);
    assert.match(server.fault, /cannot serve any cipher suite of the profile/);
  });
}

for (
  const [profile, versions, left] of [
    ["8996", ["TLSv1.3", "TLSv1.2"], undefined],
    [
      "8996-mod",
      ["TLSv1.3", "TLSv1.2"],
      /: TLS_\w+_CCM_\w+(, TLS_\w+_CCM\w*)+$/,
    ],
    ["bcp195", ["TLSv1.3", "TLSv1.2"], /: TLSv1.1, TLSv1, TLS_DHE_RSA_/],
    [
      "bcp195-nd",
      ["TLSv1.3", "TLSv1.2"],
      /: TLS_DHE_RSA_\w+, TLS_DHE_RSA_\w+$/,
    ],
    ["bcp195-ex", ["TLSv1.2"], /: TLS_DHE_RSA_/],
  ] as const
) {
  Deno.test(`of the profile ${profile} it serves what the runtime has, and tells the rest`, async () => {
    const server = await made("ignore", { profile });
    assert.ok("tls" in server);
    assert.deepEqual(server.tls.versions, versions);
    if (left === undefined) assert.equal(server.warning, undefined);
    else assert.match(server.warning ?? "", left);
  });
}

Deno.test("a suite that is added makes a server of a profile that has none", async () => {
  const name = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
  const tls = await serverOf("ignore", {
    profile: "aes",
    cipherSuites: [name],
  });
  assert.deepEqual(tls.versions, ["TLSv1.2"]);
  await whileListening(async ({ port, nextCall }) => {
    await talk(await call(port, {}));
    const { end, tls } = await nextCall();
    assert.equal(end.kind, "released");
    assert.deepEqual(tls, {
      version: "TLSv1.2",
      suite: name,
      subject: undefined,
    });
  }, { tls });
});

Deno.test("a caller that prefers another suite than the profile's is not served, and told why", async () => {
  // The client's first choice is with AES-256.
  const cipherSuites = ["TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"];
  const tls = await serverOf("ignore", { profile: "aes", cipherSuites });
  await whileListening(async ({ port, nextCall, told }) => {
    await talk(await call(port, {}));
    const { end, tls } = await nextCall();
    assert.equal(end.kind, "tls-failed");
    assert.equal(tls?.suite, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
    assert.match(
      told.at(-1) ?? "",
      / no TLS: TLSv1\.2 with \S+_AES_256_GCM_SHA384 is what the caller prefers, but not in the profile: use \+cs TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, /,
    );
  }, { tls });
});

Deno.test("a caller of a version that the profile does not have is refused in the handshake", async () => {
  const tls = await serverOf("ignore", { profile: "bcp195-ex" });
  await whileListening(async ({ port, nextCall }) => {
    const offer = { versions: ["TLSv1.3"], suites: [] };
    await assert.rejects(call(port, { offer }));
    assert.equal((await nextCall()).end.kind, "tls-failed");
  }, { tls });
});

Deno.test("a caller is served without a certificate that is optional, but not with a bad one", async () => {
  await whileListening(async ({ port, nextCall, told }) => {
    await talk(await call(port, {}));
    assert.equal((await nextCall()).end.kind, "released");
    await talk(await call(port, { clientCertificate: asClient(EXPIRED) }));
    assert.equal((await nextCall()).end.kind, "tls-failed");
    assert.match(told.at(-1) ?? "", /expired/);
  }, { tls: await serverOf("if-shown") });
});

for (
  const [profile, kind, words] of [
    [
      "8996",
      "tls-failed",
      /Client RSA key length too short: .*but client prov/,
    ],
    ["bcp195-nd", "released", /released/],
  ] as const
) {
  Deno.test(`the profile ${profile} judges how strong a caller's certificate is`, async () => {
    const warnings: string[] = [];
    const tls = await serverOf("require", {
      profile,
      anchor: OLD_ROOT,
      warn: (text) => warnings.push(text),
    });
    await whileListening(async ({ port, nextCall, told }) => {
      const weak = asClient(issue(OLD_ROOT, { name: "modality" }));
      await talk(await call(port, { clientCertificate: weak }));
      assert.equal((await nextCall()).end.kind, kind);
      assert.match(told.at(-1) ?? "", words);
    }, { tls });
    assert.equal(warnings.length, kind === "released" ? 1 : 0);
  });
}

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
    [
      "that is for servers only",
      NO_CLIENT,
      /unsupported certificate purpose: .* not for TLS clients .* clientAuth/,
    ],
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

Deno.test("a caller that does not go on with its handshake is told as such", async () => {
  await whileListening(async ({ port, nextCall, told }) => {
    using connection = await Deno.connect({ hostname: "127.0.0.1", port });
    await connection.write(Uint8Array.of(0x16, 3, 1));
    assert.equal(await connection.read(new Uint8Array(1)), null);
    assert.deepEqual((await nextCall()).end, {
      kind: "tls-failed",
      text: "no handshake in time",
    });
    assert.match(told[0] ?? "", /^#1 \S+ no TLS: no handshake in time /);
  }, { tls: await serverOf("ignore"), artimTimeout: 200 });
});
