/**
 * `openssl s_server` in front of a plain SCP: whatever it can be told to do in
 * TLS, there is a real answer behind it.
 */

import type { PeerName } from "./tls-certificates.ts";
import { freePort } from "./real-peers.ts";
import type { RunningPeer } from "./tls-peers.ts";

const ASSOCIATE_REQUEST = 0x01;
const RETRIES = 200;
const RETRY = 20;

export async function startTlsRelay(
  folder: string,
  identity: PeerName,
  args: readonly string[],
  scp: number,
): Promise<RunningPeer> {
  const port = freePort();
  const child = new Deno.Command("/usr/bin/openssl", {
    args: [
      ...["s_server", "-quiet", "-accept", `127.0.0.1:${port}`],
      ...["-cert", `${identity}.pem`, "-key", `${identity}.key`],
      ...["-cert_chain", `${identity}.chain`, ...args],
    ],
    cwd: folder,
    env: { OPENSSL_CONF: "/dev/null" },
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const toClient = child.stdin.getWriter();
  let connection: Deno.Conn | undefined;
  const answers: Promise<void>[] = [];
  const hangUp = (): void => {
    try {
      connection?.close();
    } catch {
      // The SCP was quicker.
    }
  };

  /** One client at a time is all that s_server can. */
  async function answer(from: Deno.Conn): Promise<void> {
    try {
      for await (const chunk of from.readable) await toClient.write(chunk);
    } catch {
      // One of the two has gone.
    }
  }

  const relaying = (async (): Promise<void> => {
    for await (const chunk of child.stdout) {
      if (chunk[0] === ASSOCIATE_REQUEST) {
        hangUp();
        connection = await Deno.connect({ hostname: "127.0.0.1", port: scp });
        answers.push(answer(connection));
      }
      await write(connection, chunk);
    }
  })();
  await untilOpen(port);
  return {
    port,
    async [Symbol.asyncDispose](): Promise<void> {
      try {
        child.kill("SIGKILL");
      } catch {
        // It has ended by itself.
      }
      hangUp();
      await Promise.allSettled([
        toClient.abort(),
        relaying,
        child.status,
        ...answers,
      ]);
    },
  };
}

async function write(
  connection: Deno.Conn | undefined,
  bytes: Uint8Array,
): Promise<void> {
  try {
    for (let at = 0; connection !== undefined && at < bytes.byteLength;) {
      at += await connection.write(bytes.subarray(at));
    }
  } catch {
    // The SCP has closed.
  }
}

/** Who is not yet there refuses. */
async function untilOpen(port: number): Promise<void> {
  for (let attempt = 0; attempt < RETRIES; attempt++) {
    try {
      (await Deno.connect({ hostname: "127.0.0.1", port })).close();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, RETRY));
    }
  }
  throw new Error("openssl s_server does not listen");
}
