/** The openssl engine against servers of OpenSSL, DCMTK and none at all. */

import assert from "node:assert/strict";
import { TlsError } from "../../lib/tls/engine.ts";
import { decodeLatin1 } from "../../lib/base/text.ts";
import { transportPair } from "../tls/transport-pair.ts";
import { issue, selfSigned } from "../support/certificates.ts";
import {
  asClient,
  connected,
  EVERYTHING,
  failure,
  readAll,
} from "./openssl-client.ts";
import { type ServerOptions, startServer } from "./openssl-server.ts";
import { CLIENT, EC, ROOT, rsaServer } from "./openssl-identities.ts";

const WEAK = "ALL:eNULL:@SECLEVEL=0";

interface Case {
  readonly name: string;
  readonly server: ServerOptions;
  readonly version: string;
  readonly suite: RegExp;
}

const CASES: readonly Case[] = [
  {
    name: "TLS 1.0 only",
    server: rsaServer("-tls1", "-cipher", WEAK),
    version: "TLSv1",
    suite: /_SHA$/,
  },
  {
    name: "TLS 1.1 only",
    server: rsaServer("-tls1_1", "-cipher", WEAK),
    version: "TLSv1.1",
    suite: /_SHA$/,
  },
  {
    name: "TLS 1.3 only",
    server: rsaServer("-tls1_3"),
    version: "TLSv1.3",
    suite: /^TLS_AES_/,
  },
  {
    name: "RSA key exchange with CBC and SHA-1",
    server: rsaServer("-tls1_2", "-cipher", `AES128-SHA:@SECLEVEL=0`),
    version: "TLSv1.2",
    suite: /^TLS_RSA_WITH_AES_128_CBC_SHA$/,
  },
  {
    name: "RSA key exchange with GCM",
    server: rsaServer("-tls1_2", "-cipher", "AES256-GCM-SHA384"),
    version: "TLSv1.2",
    suite: /^TLS_RSA_WITH_AES_256_GCM_SHA384$/,
  },
  {
    name: "ECDHE with CBC",
    server: rsaServer("-tls1_2", "-cipher", "ECDHE-RSA-AES256-SHA384"),
    version: "TLSv1.2",
    suite: /^TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384$/,
  },
  {
    name: "DHE",
    server: rsaServer("-tls1_2", "-cipher", "DHE-RSA-AES128-GCM-SHA256"),
    version: "TLSv1.2",
    suite: /^TLS_DHE_RSA_WITH_AES_128_GCM_SHA256$/,
  },
  {
    name: "no encryption",
    server: rsaServer("-tls1_2", "-cipher", "NULL-SHA:@SECLEVEL=0"),
    version: "TLSv1.2",
    suite: /^TLS_RSA_WITH_NULL_SHA$/,
  },
  {
    name: "CCM with an EC key",
    server: {
      certificates: [EC, ROOT],
      args: ["-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-CCM"],
    },
    version: "TLSv1.2",
    suite: /^TLS_ECDHE_ECDSA_WITH_AES_128_CCM$/,
  },
  {
    name: "CCM with TLS 1.3",
    server: rsaServer("-tls1_3", "-ciphersuites", "TLS_AES_128_CCM_SHA256"),
    version: "TLSv1.3",
    suite: /^TLS_AES_128_CCM_SHA256$/,
  },
  ...["-tls1_2", "-tls1_3"].map((version): Case => ({
    name: `a certificate of X.509 version 1, ${version}`,
    server: {
      certificates: [selfSigned({ name: "old", key: "rsa", version: 1 })],
      args: [version],
    },
    version: version === "-tls1_2" ? "TLSv1.2" : "TLSv1.3",
    suite: /^TLS_/,
  })),
  {
    name: "a short key and MD5",
    server: {
      certificates: [selfSigned({ name: "old", key: "rsa1024", hash: "MD5" })],
      args: ["-tls1_2", "-cipher", "ALL:@SECLEVEL=0"],
    },
    version: "TLSv1.2",
    suite: /^TLS_/,
  },
];

for (const { name, server: options, version, suite } of CASES) {
  Deno.test(`a server with ${name} is talked to`, async () => {
    await using server = await startServer(options);
    await connected(server.port, {}, async (channel) => {
      assert.equal(channel.version, version);
      assert.match(channel.suite, suite);
      assert.equal(channel.unproven, undefined);
      assert.deepEqual(
        channel.peerCertificates.map((der) => der.toHex()),
        options.certificates.map(({ der }) => der.toHex()),
      );
      await channel.write(Uint8Array.of(1, 2, 3));
      assert.deepEqual(await server.read(3), Uint8Array.of(1, 2, 3));
      await server.write(Uint8Array.of(4, 5));
      assert.deepEqual(await readAll(channel, 2), Uint8Array.of(4, 5));
    });
  });
}

Deno.test("only what is offered is agreed on", async () => {
  await using server = await startServer(rsaServer("-cipher", WEAK));
  const offer = {
    versions: ["TLSv1.2", "TLSv1.1"],
    suites: ["TLS_DHE_RSA_WITH_AES_256_CBC_SHA"],
  };
  await connected(server.port, { offer }, (channel) => {
    assert.equal(channel.version, "TLSv1.2");
    assert.equal(channel.suite, "TLS_DHE_RSA_WITH_AES_256_CBC_SHA");
    return Promise.resolve();
  });
});

Deno.test("a peer without a common suite says so by its alert", async () => {
  await using server = await startServer(
    rsaServer("-tls1_2", "-cipher", "AES256-SHA256"),
  );
  const offer = {
    versions: ["TLSv1.2"],
    suites: ["TLS_RSA_WITH_AES_128_CBC_SHA"],
  };
  assert.deepEqual((await failure(server.port, { offer })).failure, {
    kind: "alert",
    description: 40,
    ours: false,
    after: false,
    first: true,
  });
});

Deno.test("a peer without a common version says so by its alert", async () => {
  await using server = await startServer(rsaServer("-tls1_3"));
  const offer = { ...EVERYTHING, versions: ["TLSv1.2", "TLSv1.1"] };
  const { failure: cause } = await failure(server.port, { offer });
  assert.equal(cause.kind === "alert" && cause.description, 70);
});

for (
  const [name, identity] of [
    ["its key", asClient(CLIENT)],
    ["its key and its authority", asClient(CLIENT, ROOT)],
    ["a key of EC", asClient(issue(ROOT, { name: "scu" }))],
  ] as const
) {
  Deno.test(`the client is known by ${name}`, async () => {
    await using server = await startServer({
      ...rsaServer("-tls1_2", "-cipher", "AES256-SHA:@SECLEVEL=0"),
      clientAuthority: ROOT,
    });
    const wishes = { clientCertificate: identity };
    await connected(server.port, wishes, async (channel) => {
      assert.equal(channel.suite, "TLS_RSA_WITH_AES_256_CBC_SHA");
      await channel.write(Uint8Array.of(7));
      assert.deepEqual(await server.read(1), Uint8Array.of(7));
    });
  });
}

Deno.test("a client without a certificate is refused in the handshake of TLS 1.2", async () => {
  await using server = await startServer({
    ...rsaServer("-tls1_2"),
    clientAuthority: ROOT,
  });
  const { failure: cause } = await failure(server.port);
  assert.equal(cause.kind, "alert");
  assert.deepEqual(cause, {
    kind: "alert",
    description: 40,
    ours: false,
    after: false,
    first: false,
  });
});

Deno.test("a client without a certificate is refused after the handshake of TLS 1.3", async () => {
  await using server = await startServer({
    ...rsaServer("-tls1_3"),
    clientAuthority: ROOT,
  });
  await connected(server.port, {}, async (channel) => {
    await assert.rejects(readAll(channel, 1), (error) => {
      assert.ok(error instanceof TlsError);
      assert.deepEqual(error.failure, {
        kind: "alert",
        description: 116,
        ours: false,
        after: true,
        first: false,
      });
      return true;
    });
  });
});

Deno.test("a client of a foreign authority is refused", async () => {
  await using server = await startServer({
    ...rsaServer("-tls1_2"),
    clientAuthority: ROOT,
  });
  const clientCertificate = asClient(selfSigned({ name: "foreign" }));
  const { failure: cause } = await failure(server.port, { clientCertificate });
  assert.ok(cause.kind === "alert" && cause.ours && !cause.after);
});

Deno.test("the name that is asked for is sent, and none else", async () => {
  for (const serverName of [undefined, "pacs.test"]) {
    const [below, peer] = transportPair();
    const done = connected(0, {
      transport: below,
      ...(serverName === undefined ? {} : { serverName }),
    }, () => Promise.resolve());
    const hello = new Uint8Array(2000);
    const length = await peer.read(hello);
    peer.close();
    await assert.rejects(done, TlsError);
    const text = decodeLatin1(hello.subarray(0, length));
    assert.equal(text.includes("pacs.test"), serverName !== undefined);
  }
});
