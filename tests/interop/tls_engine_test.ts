/** The built-in TLS engine against OpenSSL's server, DCMTK, and others. */

import assert from "node:assert/strict";
import type { Transport } from "../../lib/net/transport.ts";
import { issue, type KeyKind, selfSigned } from "../support/certificates.ts";
import { ASSOCIATE_RQ } from "../support/golden.ts";
import { helloExtensions } from "../tls/client-hello.ts";
import {
  asClient,
  failure,
  readText,
  shake,
  utf8,
  type Wishes,
} from "../tls/handshakes.ts";
import { freePort, type RealPeer, startPeerProcess } from "./real-peers.ts";
import {
  connect,
  fails,
  type Files,
  ROOT,
  SERVER,
  withFiles,
} from "./tls-engine.ts";

const CLIENT = issue(ROOT, {
  name: "scu",
  key: "rsa",
  extendedKeyUsage: ["clientAuth"],
});
const STRANGER = selfSigned({ name: "stranger", key: "rsa" });

/** Extensions of a ClientHello. */
const SESSION_TICKET = 35;
const PRE_SHARED_KEY = 41;

/** It sends each line back reversed. */
function startOpenssl(
  { key, certificate }: Files,
  ...more: readonly string[]
): Promise<RealPeer> {
  const port = freePort();
  return startPeerProcess(
    { name: "openssl", command: "openssl", leadingArguments: ["s_server"] },
    [
      ...["-accept", String(port), "-rev", "-key", key, "-cert", certificate],
      ...more,
    ],
    port,
  );
}

const DEMANDING = (files: Files): readonly string[] => [
  ...["-Verify", "1", "-verify_return_error", "-CAfile", files.ca],
];

async function reverses(port: number, wishes: Wishes = {}): Promise<void> {
  const channel = await shake(await connect(port), wishes);
  await channel.write(utf8("hello\n"));
  assert.equal(await readText(channel, 6), "olleh\n");
  channel.close();
}

for (const version of ["1_2", "1_3"] as const) {
  for (const key of ["rsa", "ec", "ec384", "ed25519"] satisfies KeyKind[]) {
    Deno.test(`s_server with TLS ${version} and a key of ${key}`, async () => {
      const server = issue(ROOT, { name: "pacs", key });
      await withFiles(server, async (files) => {
        await using peer = await startOpenssl(files, `-tls${version}`);
        const channel = await shake(await connect(peer.port));
        assert.equal(channel.version, `TLSv${version.replace("_", ".")}`);
        assert.deepEqual(channel.peerCertificates, [server.der]);
        assert.equal(channel.unproven, undefined);
        await channel.write(utf8("hello\n"));
        assert.equal(await readText(channel, 6), "olleh\n");
        channel.close();
      });
    });
  }

  Deno.test(`s_server with TLS ${version} takes our client certificate`, async () => {
    await withFiles(SERVER, async (files) => {
      await using peer = await startOpenssl(
        files,
        `-tls${version}`,
        ...DEMANDING(files),
      );
      await reverses(peer.port, { clientCertificate: asClient(CLIENT) });
    });
  });

  for (const shown of [undefined, STRANGER]) {
    const name = shown === undefined ? "none" : "another's";
    Deno.test(`s_server with TLS ${version} wants a client certificate, and gets ${name}`, async () => {
      await withFiles(SERVER, async (files) => {
        await using peer = await startOpenssl(
          files,
          `-tls${version}`,
          ...DEMANDING(files),
        );
        const after = version === "1_3";
        const { failure: found } = await failure((async () => {
          const channel = await shake(await connect(peer.port), {
            clientCertificate: shown && asClient(shown),
          });
          await channel.read(new Uint8Array(8)).finally(() => channel.close());
        })());
        assert.deepEqual(found, {
          kind: "alert",
          description: shown !== undefined ? 48 : after ? 116 : 40,
          ours: shown !== undefined,
          after,
          first: false,
        });
      });
    });
  }
}

/** Keeps what is written first. */
class Overheard implements Transport {
  first: Uint8Array | undefined;
  readonly #inner: Transport;

  constructor(inner: Transport) {
    this.#inner = inner;
  }

  read(buffer: Uint8Array): Promise<number> {
    return this.#inner.read(buffer);
  }

  write(bytes: Uint8Array): Promise<void> {
    this.first ??= bytes.slice();
    return this.#inner.write(bytes);
  }

  closeWrite(): Promise<void> {
    return this.#inner.closeWrite();
  }

  close(): void {
    this.#inner.close();
  }
}

Deno.test("no session is resumed, whatever tickets a peer gives", async () => {
  await withFiles(SERVER, async (files) => {
    await using peer = await startOpenssl(files);
    for (const version of ["TLSv1.3", "TLSv1.2"]) {
      const wishes = {
        serverName: "pacs.test",
        offer: { versions: [version], suites: [] },
      };
      for (let connection = 0; connection < 3; connection++) {
        const transport = new Overheard(await connect(peer.port));
        const channel = await shake(transport, wishes);
        // The tickets come before the answer.
        await channel.write(utf8("hello\n"));
        await readText(channel, 6);
        channel.close();
        const hello = helloExtensions(transport.first ?? new Uint8Array());
        assert.equal(hello.has(PRE_SHARED_KEY), false);
        assert.equal(hello.get(SESSION_TICKET)?.byteLength ?? 0, 0);
      }
    }
  });
});

Deno.test("s_server with one suite of TLS 1.2", async () => {
  await withFiles(SERVER, async (files) => {
    await using peer = await startOpenssl(
      files,
      ...["-tls1_2", "-cipher", "ECDHE-RSA-CHACHA20-POLY1305"],
    );
    const channel = await shake(await connect(peer.port));
    assert.equal(
      channel.suite,
      "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
    );
    channel.close();
  });
});

Deno.test("s_server with TLS 1.1 only has no version in common", async () => {
  await withFiles(SERVER, async (files) => {
    await using peer = await startOpenssl(
      files,
      ...["-tls1_1", "-cipher", "ALL:@SECLEVEL=0"],
    );
    const found = await fails(peer.port, files);
    assert.ok(found.kind === "alert" && found.description === 70);
  });
});

Deno.test("s_server with CBC only has no suite in common", async () => {
  await withFiles(SERVER, async (files) => {
    await using peer = await startOpenssl(
      files,
      ...["-tls1_2", "-cipher", "DHE-RSA-AES128-SHA"],
    );
    const { failure: found } = await failure(shake(await connect(peer.port)));
    assert.ok(found.kind === "alert" && found.description === 40);
    assert.equal(found.first, true);
  });
});

Deno.test("storescp with TLS answers an association request", async () => {
  await withFiles(SERVER, async (files) => {
    const port = freePort();
    await using peer = await startPeerProcess(
      {
        name: "storescp",
        command: "/usr/bin/storescp",
        leadingArguments: [],
      },
      [
        ...["--ignore", "+tls", files.key, files.certificate],
        ...["+cf", files.ca, "-rc", String(port)],
      ],
      port,
      { env: { TCP_NODELAY: "1" } },
    );
    const clientCertificate = asClient(CLIENT);
    const channel = await shake(await connect(peer.port), {
      clientCertificate,
    });
    await channel.write(ASSOCIATE_RQ);
    assert.equal((await readText(channel, 1)).charCodeAt(0), 0x02);
    channel.close();
  });
});
