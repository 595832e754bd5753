import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { decodeLatin1 } from "../../../lib/base/text.ts";
import { Deadlines } from "../../../lib/net/deadline.ts";
import { TransportError } from "../../../lib/net/transport.ts";
import { acceptTls } from "../../../lib/scp/tls.ts";
import {
  authority,
  issue,
  type Issued,
  type KeyKind,
  selfSigned,
} from "../../support/certificates.ts";
import { helloExtensions } from "../client-hello.ts";
import {
  asClient,
  asServer,
  connected,
  demanding,
  failure,
  readText,
  refused,
  ROOT,
  SERVER,
  shake,
  utf8,
} from "../handshakes.ts";
import { transportPair } from "../transport-pair.ts";

const EXTENSION = { serverName: 0, alpn: 16 } as const;

const SUITES: Readonly<Record<string, RegExp>> = {
  "TLSv1.2": /^TLS_ECDHE_(RSA|ECDSA)_WITH_[A-Z0-9_]+_SHA(256|384)$/,
  "TLSv1.3": /^TLS_[A-Z0-9_]+_SHA(256|384)$/,
};

for (const version of ["TLSv1.2", "TLSv1.3"] as const) {
  for (const key of ["rsa", "ec", "ec384", "ed25519"] satisfies KeyKind[]) {
    Deno.test(`${version} with a server's ${key} key carries data both ways`, async () => {
      const server = issue(ROOT, { name: "pacs", key });
      await connected(async ({ channel, server }) => {
        assert.equal(channel.version, version);
        assert.match(channel.suite, SUITES[version] ?? /-/);
        assert.equal(channel.unproven, undefined);
        await channel.write(utf8("ping"));
        assert.equal(await readText(server, 4), "ping");
        await server.write(utf8("pong"));
        assert.equal(await readText(channel, 4), "pong");
      }, { ...asServer(server), versions: [version] });
    });
  }

  Deno.test(`${version} offered alone is agreed on`, async () => {
    const offer = { versions: [version], suites: [] };
    await connected(
      ({ channel }) => {
        assert.equal(channel.version, version);
        return Promise.resolve();
      },
      undefined,
      { offer },
    );
  });

  Deno.test(`a client certificate that is demanded is shown in ${version}`, async () => {
    const client = issue(ROOT, {
      name: "scu",
      extendedKeyUsage: ["clientAuth"],
    });
    await connected(
      async ({ channel, server }) => {
        await server.write(utf8("welcome"));
        assert.equal(await readText(channel, 7), "welcome");
      },
      {
        ...asServer(SERVER),
        versions: [version],
        ...demanding(ROOT.pem),
      },
      { clientCertificate: asClient(client) },
    );
  });
}

Deno.test("a demand for a client certificate shows in the handshake of TLS 1.2", async () => {
  const { failure } = await refused({
    ...asServer(SERVER),
    versions: ["TLSv1.2"],
    ...demanding(ROOT.pem),
  });
  assert.deepEqual(failure, {
    kind: "alert",
    description: 116,
    ours: false,
    after: false,
    first: false,
  });
});

Deno.test("a demand for a client certificate shows on the first read of TLS 1.3", async () => {
  const [below, serverBelow] = transportPair();
  using deadlines = new Deadlines();
  using deadline = deadlines.start(undefined);
  const accepting = assert.rejects(
    acceptTls(serverBelow, {
      ...asServer(SERVER),
      versions: ["TLSv1.3"],
      ...demanding(ROOT.pem),
    }, deadline),
    TransportError,
  );
  const channel = await shake(below);
  const error = await failure(channel.read(new Uint8Array(8)));
  assert.deepEqual(error.failure, {
    kind: "alert",
    description: 116,
    ours: false,
    after: true,
    first: false,
  });
  assert.equal(error.fault, "tls");
  channel.close();
  await accepting;
});

Deno.test("a client certificate of another authority than the SCP's is closed on", async () => {
  const stranger = issue(authority({ name: "Stranger" }), { name: "scu" });
  const [below, serverBelow] = transportPair();
  using deadlines = new Deadlines();
  using deadline = deadlines.start(undefined);
  const accepting = assert.rejects(
    acceptTls(serverBelow, {
      ...asServer(SERVER),
      ...demanding(ROOT.pem),
    }, deadline),
    TransportError,
  );
  const channel = await shake(below, { clientCertificate: asClient(stranger) });
  assert.equal(await channel.read(new Uint8Array(8)), 0);
  channel.close();
  await accepting;
});

Deno.test("certificates are those that the peer sent, in its order", async () => {
  const inner = issue(ROOT, { name: "Inner", ca: true });
  const leaf = issue(inner, { name: "pacs" });
  const other = selfSigned({ name: "other" });
  await connected(({ channel }) => {
    assert.deepEqual(
      channel.peerCertificates,
      [leaf, other, inner, leaf, ROOT].map(({ der }) => der),
    );
    return Promise.resolve();
  }, asServer(leaf, other, inner, leaf, ROOT));
});

Deno.test("nothing is added to what the peer sent", async () => {
  await connected(({ channel }) => {
    assert.deepEqual(channel.peerCertificates, [SERVER.der]);
    return Promise.resolve();
  });
});

Deno.test("more than 32 certificates are refused", async () => {
  const many = Array.from({ length: 33 }, () => SERVER);
  const [first, ...rest] = many;
  assert.ok(first);
  const { failure } = await refused(asServer(first, ...rest));
  assert.equal(failure.kind, "protocol");
});

Deno.test("expired, self-signed and other bad certificates are left to others", async () => {
  const past = new Date(Date.now() - 2 * 86_400_000);
  const bad = selfSigned({
    name: "bad",
    notBefore: new Date(past.getTime() - 86_400_000),
    notAfter: past,
    spoilt: true,
  });
  await connected(({ channel }) => {
    assert.deepEqual(channel.peerCertificates, [bad.der]);
    assert.equal(channel.unproven, undefined);
    return Promise.resolve();
  }, asServer(bad));
});

Deno.test("the key of an X.509 version 1 certificate is not proven", async () => {
  const old = issue(ROOT, { name: "old", version: 1 });
  await connected(({ channel }) => {
    assert.match(channel.unproven ?? "", /version 3/);
    return Promise.resolve();
  }, asServer(old));
});

/** A certificate of the same length as `one`, for another key. */
function likeIt(one: Issued): Issued {
  for (;;) {
    const other = issue(ROOT, { name: "pacs", dns: ["pacs.test"] });
    if (other.der.byteLength === one.der.byteLength) return other;
  }
}

function replaced(
  bytes: Uint8Array,
  from: Uint8Array,
  to: Uint8Array,
): Uint8Array {
  const at = decodeLatin1(bytes).indexOf(decodeLatin1(from));
  const copy = bytes.slice();
  if (at >= 0) copy.set(to, at);
  return copy;
}

Deno.test("a peer that does not have the key of the certificate it shows is refused", async () => {
  const other = likeIt(SERVER);
  const { failure, condition } = await refused(
    { ...asServer(SERVER), versions: ["TLSv1.2"] },
    {},
    (_client, server) => {
      server.alter = (bytes) => replaced(bytes, SERVER.der, other.der);
    },
  );
  assert.ok(failure.kind === "unproven", failure.kind);
  assert.match(failure.detail, /signature/);
  // It may as well be a certificate that only the runtime does not take.
  assert.match(condition.cause?.text ?? "", /cannot be checked/);
});

Deno.test("no name is asked for unless one is given", async () => {
  await connected(({ below }) => {
    const hello = helloExtensions(below.sent[0] ?? new Uint8Array());
    assert.equal(hello.has(EXTENSION.serverName), false);
    assert.equal(hello.has(EXTENSION.alpn), false);
    return Promise.resolve();
  });
});

Deno.test("a name that is given is asked for", async () => {
  await connected(
    ({ below }) => {
      const hello = helloExtensions(below.sent[0] ?? new Uint8Array());
      const name = hello.get(EXTENSION.serverName);
      assert.ok(name);
      assert.equal(new TextDecoder().decode(name.slice(5)), "pacs.test");
      return Promise.resolve();
    },
    undefined,
    { serverName: "pacs.test" },
  );
});

Deno.test("versions that the runtime does not have are unavailable", async () => {
  const [below] = transportPair();
  const offer = { versions: ["TLSv1.1", "TLSv1"], suites: [] };
  const error = await failure(shake(below, { offer }));
  assert.deepEqual(error.failure, {
    kind: "unavailable",
    wanted: "TLSv1.1, TLSv1",
  });
  assert.ok(below.closed);
  assert.equal(below.sent.length, 0);
});

Deno.test("a client key that the runtime does not take is unavailable", async () => {
  const short = issue(ROOT, { name: "scu", key: "rsa1024" });
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "secp256k1" });
  const strange = String(privateKey.export({ format: "pem", type: "pkcs8" }));
  for (
    const clientCertificate of [
      asClient(short),
      { keyPem: strange, chainPem: short.pem },
    ]
  ) {
    const [below] = transportPair();
    const error = await failure(shake(below, { clientCertificate }));
    assert.equal(error.failure.kind, "unavailable");
    assert.ok(!error.message.includes("PRIVATE"));
    assert.ok(below.closed);
    assert.equal(below.sent.length, 0);
  }
});

Deno.test("no suite or version in common is told by the peer's alert", async () => {
  const { failure } = await refused(
    { ...asServer(SERVER), versions: ["TLSv1.2"] },
    { offer: { versions: ["TLSv1.3"], suites: [] } },
  );
  assert.deepEqual(failure, {
    kind: "alert",
    description: 70,
    ours: false,
    after: false,
    first: true,
  });
});
