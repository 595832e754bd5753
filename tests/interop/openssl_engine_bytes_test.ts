/** Bytes pass through OpenSSL as they are. */

import assert from "node:assert/strict";
import { connected, readAll } from "./openssl-client.ts";
import { startServer } from "./openssl-server.ts";
import { rsaServer } from "./openssl-identities.ts";

/** Everything that a line or a terminal might be stumbled over by. */
const ALL_BYTES = Uint8Array.from({ length: 1024 }, (_, at) => at * 7 & 0xff);

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function random(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += 65_536) {
    crypto.getRandomValues(bytes.subarray(at, at + 65_536));
  }
  return bytes;
}

const CBC = rsaServer("-tls1_1", "-cipher", "AES128-SHA:@SECLEVEL=0");

for (
  const [name, bytes] of [
    ["all values", ALL_BYTES],
    ["commands of s_client", utf8("Q\nR\nk\nK\nB\n\nQ\r\nR")],
    ["words of its own", utf8("CONNECTION ESTABLISHED\nProtocol version: x\n")],
    ["the sign for the end of a text", Uint8Array.of(4, 26, 0, 4, 255)],
  ] as const
) {
  Deno.test(`bytes pass both ways as they are: ${name}`, async () => {
    await using server = await startServer(CBC);
    await connected(server.port, {}, async (channel) => {
      await channel.write(bytes);
      assert.deepEqual(await server.read(bytes.length), bytes);
      await server.write(bytes);
      assert.deepEqual(await readAll(channel, bytes.length), bytes);
      assert.equal(channel.version, "TLSv1.1");
    });
  });
}

for (
  const [name, options] of [["CBC", CBC], ["TLS 1.3", rsaServer()]] as const
) {
  Deno.test(`some megabytes pass both ways at once, ${name}`, async () => {
    const [up, down] = [random(3_000_001), random(2_999_999)];
    await using server = await startServer(options);
    await connected(server.port, {}, async (channel) => {
      const [, , received, arrived] = await Promise.all([
        channel.write(up),
        server.write(down),
        readAll(channel, down.length),
        server.read(up.length),
      ]);
      assert.ok(equal(received, down) && equal(arrived, up));
    });
  });
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

Deno.test("two hundred small messages pass to and fro", async () => {
  await using server = await startServer(CBC);
  await connected(server.port, {}, async (channel) => {
    for (let count = 0; count < 200; count++) {
      const message = new Uint8Array(78).fill(count);
      await channel.write(message);
      assert.deepEqual(await server.read(78), message);
      await server.write(message);
      assert.deepEqual(await readAll(channel, 78), message);
    }
  });
});
