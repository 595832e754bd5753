/** `openssl s_server` as a peer whose data the test reads and writes. */

import assert from "node:assert/strict";
import type { Issued } from "../support/certificates.ts";
import { temporaryDirectory } from "../support/run.ts";
import { freePort } from "./real-peers.ts";

export interface ServerOptions {
  /** Its own first. */
  readonly certificates: readonly Issued[];
  /** Of s_server, say "-tls1_1". */
  readonly args?: readonly string[];
  /** Whom it trusts; it then demands a certificate. */
  readonly clientAuthority?: Issued;
}

/** A running server; disposing of it ends its process. */
export interface OpensslServer extends AsyncDisposable {
  readonly port: number;
  /** What comes from clients, exactly `length` bytes. */
  read(length: number): Promise<Uint8Array>;
  write(bytes: Uint8Array): Promise<void>;
  /** Waits until it has said this on standard error. */
  says(text: string): Promise<void>;
}

const RETRIES = 200;

export async function startServer(
  { certificates, args = [], clientAuthority }: ServerOptions,
): Promise<OpensslServer> {
  const folder = await temporaryDirectory();
  const file = async (name: string, text: string): Promise<string> => {
    await Deno.writeTextFile(`${folder.path}/${name}`, text);
    return `${folder.path}/${name}`;
  };
  const [own, ...others] = certificates;
  assert.ok(own !== undefined);
  const port = freePort();
  const child = new Deno.Command("/usr/bin/openssl", {
    args: [
      ...["s_server", "-quiet", "-accept", `127.0.0.1:${port}`],
      ...["-cert", await file("cert", own.pem)],
      ...["-key", await file("key", own.keyPem)],
      ...(others.length === 0 ? [] : [
        "-cert_chain",
        await file("chain", others.map(({ pem }) => pem).join("")),
      ]),
      ...(clientAuthority === undefined ? [] : [
        ...["-Verify", "3", "-verify_return_error"],
        ...["-CAfile", await file("ca", clientAuthority.pem)],
      ]),
      ...args,
    ],
    env: { OPENSSL_CONF: "/dev/null" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const input = child.stdin.getWriter();
  const output = child.stdout.getReader({ mode: "byob" });
  let said = "";
  let news = Promise.withResolvers<void>();
  const listening = (async (): Promise<void> => {
    for await (
      const text of child.stderr.pipeThrough(new TextDecoderStream())
    ) {
      said += text;
      news.resolve();
      news = Promise.withResolvers();
    }
    news.resolve();
  })();
  await untilOpen(port);
  return {
    port,
    async read(length: number): Promise<Uint8Array> {
      const { value } = await output.read(new Uint8Array(length), {
        min: length,
      });
      return value ?? new Uint8Array();
    },
    write: (bytes) => input.write(bytes),
    async says(text: string): Promise<void> {
      while (!said.includes(text)) await news.promise;
    },
    async [Symbol.asyncDispose](): Promise<void> {
      try {
        child.kill("SIGKILL");
      } catch {
        // It has ended by itself.
      }
      await Promise.allSettled([
        input.abort(),
        output.cancel(),
        listening,
        child.status,
      ]);
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** Who is not yet there refuses. */
async function untilOpen(port: number): Promise<void> {
  for (let attempt = 0; attempt < RETRIES; attempt++) {
    try {
      const connection = await Deno.connect({ hostname: "127.0.0.1", port });
      connection.close();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  assert.fail("openssl s_server does not listen");
}
