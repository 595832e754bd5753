/** Who is not trusted, whatever the runtime and the system think of them. */

import assert from "node:assert/strict";
import tls from "node:tls";
import { type Run, run } from "../support/run.ts";
import { startThief, type Thief } from "../support/thief.ts";
import {
  certificateOf,
  OTHER_ROOT,
  type PeerName,
  ROOT,
} from "./tls-certificates.ts";
import { NOT_VERIFIED, TRUSTING } from "./tls-case.ts";
import { OURS_WITH_TLS } from "./tls-differential.ts";
import { tlsFolder } from "./tls-files.ts";
import { PeerPool, type TlsPeer } from "./tls-peers.ts";

/** Each makes the other root one that the whole machine trusts. */
const ENVIRONMENTS: readonly (readonly [string, string])[] = [
  ["SSL_CERT_FILE", "other-root.pem"],
  ["SSL_CERT_DIR", "hashed"],
  ["DENO_CERT", "other-root.pem"],
  ["NODE_EXTRA_CA_CERTS", "other-root.pem"],
];

interface Setting {
  readonly folder: string;
  readonly pool: PeerPool;
}

async function inFolder(use: (setting: Setting) => Promise<void>): Promise<
  void
> {
  await using folder = await tlsFolder([]);
  await using pool = new PeerPool(folder.path);
  await use({ folder: folder.path, pool });
}

/** A folder as OpenSSL wants it. */
async function hash(folder: string): Promise<void> {
  await Deno.mkdir(`${folder}/hashed`);
  await Deno.writeTextFile(`${folder}/hashed/other.pem`, OTHER_ROOT.pem);
  const { success } = await new Deno.Command("/usr/bin/openssl", {
    args: ["rehash", `${folder}/hashed`],
  }).output();
  assert.ok(success);
}

function verify(
  folder: string,
  port: number,
  options: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Run> {
  const args = [...options, "127.0.0.1", String(port)];
  return run(OURS_WITH_TLS, args, { cwd: folder, env });
}

function isRefused({ exit, stderr, stdout }: Run, cause: RegExp): void {
  const lines = stderr.trimEnd().split("\n");
  assert.deepEqual([exit, stdout, lines.length], [1, "", 2], stderr);
  assert.equal(lines[0], NOT_VERIFIED);
  assert.match(lines[1] ?? "", cause);
}

const UNKNOWN = /^F: 000b:0414 .* the issuer of \/CN=foreign is not known; /;

/** A man in the middle whose certificate is good, but of another authority. */
const IMPOSTORS: Readonly<Record<string, readonly [TlsPeer, string[]]>> = {
  "the runtime": [
    { kind: "storescp", identity: "foreign", args: ["-ic"] },
    [...TRUSTING],
  ],
  "openssl": [
    { kind: "storescp", identity: "foreign", args: ["-ic", "+pa"] },
    [...TRUSTING, "+pa"],
  ],
};

for (const [engine, [peer, options]] of Object.entries(IMPOSTORS)) {
  Deno.test(`a root of the whole machine is not trusted by ${engine}`, async () => {
    await inFolder(async ({ folder, pool }) => {
      await hash(folder);
      const port = await pool.portOf(peer);
      for (const [name, file] of ENVIRONMENTS) {
        const env = {
          [name]: `${folder}/${file}`,
          DENO_TLS_CA_STORE: "system,mozilla",
        };
        isRefused(await verify(folder, port, options, env), UNKNOWN);
      }
    });
  });
}

Deno.test("such a root is trusted by others", async () => {
  await inFolder(async ({ folder, pool }) => {
    await hash(folder);
    const [peer] = IMPOSTORS["the runtime"] ?? [];
    assert.ok(peer !== undefined);
    const at = `127.0.0.1:${await pool.portOf(peer)}`;
    for (const [name, file] of ENVIRONMENTS.slice(0, 2)) {
      const { success } = await new Deno.Command("/usr/bin/openssl", {
        args: ["s_client", "-verify_return_error", "-connect", at],
        env: { [name]: `${folder}/${file}` },
        stdin: "null",
        stdout: "null",
        stderr: "null",
      }).output();
      assert.ok(success, name);
    }
    const script = `const [hostname, port] = "${at}".split(":");
      const c = await Deno.connectTls({ hostname, port: Number(port) });
      await c.handshake();
      c.close();`;
    const { code } = await new Deno.Command(Deno.execPath(), {
      args: ["eval", script],
      env: { DENO_CERT: `${folder}/other-root.pem` },
      stderr: "null",
    }).output();
    assert.equal(code, 0);
  });
});

const FORGED = /^F: 000b:0407 .* forged, damaged, or the issuer has a new key /;

for (const identity of ["forged", "forged-version1"] satisfies PeerName[]) {
  Deno.test(`${identity}: the name of the issuer is not enough`, async () => {
    await inFolder(async ({ folder, pool }) => {
      const port = await pool.portOf({
        kind: "storescp",
        identity,
        args: ["-ic"],
      });
      isRefused(await verify(folder, port, TRUSTING), FORGED);
    });
  });
}

/** A handshake of the runtime alone; whether it would use the connection. */
async function runtimeAccepts(thief: Thief): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = tls.connect({
    host: "127.0.0.1",
    port: thief.port,
    ca: [ROOT.pem],
    checkServerIdentity: () => undefined,
  });
  socket.once("secureConnect", () => resolve(socket.authorized));
  socket.once("error", () => resolve(false));
  const accepted = await promise;
  socket.destroy();
  return accepted;
}

/** How the signature is not right, in OpenSSL's words, is a matter of chance. */
const STOLEN =
  /^F: 000b:0f0c TLS found a fault: (invalid padding|data too large for modulus|padding check failed|bad signature); perhaps the peer does not have the key of its certificate$/;

for (
  const { identity, runtime } of [
    { identity: "pacs", runtime: false },
    { identity: "version1", runtime: true },
  ] as const
) {
  Deno.test(`${identity}: a stolen certificate is of no use without its key`, async () => {
    await inFolder(async ({ folder }) => {
      await using thief = startThief(
        certificateOf(identity),
        certificateOf("stranger"),
      );
      for (const options of [TRUSTING, [...TRUSTING, "-v"]]) {
        const { exit, stderr } = await verify(folder, thief.port, options);
        assert.equal(exit, 1, stderr);
        const [first, cause] = stderr.trimEnd().split("\n").slice(-2);
        assert.equal(
          first,
          "F: Association Request Failed: 000b:0014 Other TLS error (unknown " +
            "SSL_ERROR code)",
        );
        assert.match(cause ?? "", STOLEN);
      }
      assert.ok(thief.thefts.length >= 2);
      assert.ok(thief.thefts.every((theft) => theft.applicationData === 0));
      assert.equal(await runtimeAccepts(thief), runtime);
    });
  });
}

Deno.test("the thief does speak TLS: who has the key is accepted", async () => {
  await inFolder(async ({ folder }) => {
    const owner = certificateOf("version1");
    const thief = startThief(owner, owner);
    const options = [...TRUSTING, "-ta", "1"];
    const { stderr } = await verify(folder, thief.port, options);
    await thief[Symbol.asyncDispose]();
    assert.equal(
      stderr,
      "F: Association Request Failed: 0006:031a DUL network read timeout\n",
    );
    assert.ok(thief.thefts.some((theft) => theft.applicationData > 0));
  });
});
