/** Clients that are broken or mean while TLS is asked of them. */

import assert from "node:assert/strict";
import { type ScpOptions, startVerificationScp } from "../../lib/scp/server.ts";
import { ASSOCIATE_RQ, bytes } from "../support/golden.ts";
import { text } from "../support/pdus.ts";
import { asServer, readText, SERVER, shake } from "../tls/handshakes.ts";
import { connectTcp } from "../../lib/net/tcp.ts";
import { Deadlines } from "../../lib/net/deadline.ts";
import type { Transport } from "../../lib/net/transport.ts";
import { isGone, sayAndReset } from "./wire.ts";

const OPTIONS: ScpOptions = {
  tls: asServer(SERVER),
  artimTimeout: 300,
  idleTimeout: 300,
};

async function connect(port: number): Promise<Transport> {
  using deadlines = new Deadlines();
  using deadline = deadlines.start(10_000);
  const host = "127.0.0.1";
  return await connectTcp({ host, port, addressFamily: "ipv4", deadline });
}

async function assertServes(port: number): Promise<void> {
  const channel = await shake(await connect(port));
  await channel.write(ASSOCIATE_RQ);
  assert.equal((await readText(channel, 1)).charCodeAt(0), 0x02);
  channel.close();
}

/** Says it, and waits until the SCP has closed. */
async function sayAndWait(port: number, said: Uint8Array): Promise<void> {
  using client = await Deno.connect({ hostname: "127.0.0.1", port });
  const buffer = new Uint8Array(4096);
  try {
    for (let at = 0; at < said.byteLength;) {
      at += await client.write(said.subarray(at));
    }
    while (await client.read(buffer) !== null);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/** What is no handshake, or the beginning of one. */
const GARBAGE: Readonly<Record<string, Uint8Array>> = {
  "nothing": bytes(),
  "one byte of a record": bytes("16"),
  "the header of a record": bytes("1603010200"),
  "plain DICOM": ASSOCIATE_RQ,
  "HTTP": text("GET / HTTP/1.1\r\n\r\n"),
  "zeros": new Uint8Array(100_000),
  "a record that is too long": bytes("160301ffff", "00".repeat(64)),
  "an empty record again and again": bytes("1603010000".repeat(1000)),
  "a handshake message of 16 MiB": bytes(
    "1603014000 01ffffff",
    "00".repeat(16380),
  ),
  "application data before the handshake": bytes("1703030004 00000000"),
  "a fatal alert": bytes("1503010002 0228"),
  "an unknown type of record": bytes("6303010002 0000"),
};

for (const [what, said] of Object.entries(GARBAGE)) {
  Deno.test(`RFC 8446: ${what} instead of a handshake leaves the SCP at work`, async () => {
    await using scp = startVerificationScp(OPTIONS);
    await sayAndWait(scp.port, said);
    await assertServes(scp.port);
  });
}

Deno.test("a flood instead of a handshake is closed on", async () => {
  await using scp = startVerificationScp(OPTIONS);
  using client = await Deno.connect({ hostname: "127.0.0.1", port: scp.port });
  await assert.rejects(async () => {
    for (;;) await client.write(bytes("1603014000", "00".repeat(16384)));
  }, isGone);
  await assertServes(scp.port);
});

Deno.test("a reset after any byte of a ClientHello leaves nothing behind", async () => {
  await using scp = startVerificationScp(OPTIONS);
  const hello = bytes("1603010040 0100003c 0303", "00".repeat(58));
  for (let length = 0; length <= hello.byteLength; length += 3) {
    await sayAndReset(scp.port, hello.subarray(0, length));
  }
  await assertServes(scp.port);
});

Deno.test("a handshake and then silence does not hold a connection", async () => {
  await using scp = startVerificationScp(OPTIONS);
  const channel = await shake(await connect(scp.port));
  assert.equal(await channel.read(new Uint8Array(8)).catch(() => 0), 0);
  channel.close();
  await assertServes(scp.port);
});

Deno.test("connections in the handshake are counted with the others", async () => {
  await using scp = startVerificationScp({ ...OPTIONS, connectionLimit: 1 });
  using silent = await Deno.connect({ hostname: "127.0.0.1", port: scp.port });
  let dropped = false;
  const drop = silent.read(new Uint8Array(8)).then(() => dropped = true);
  await assertServes(scp.port);
  const droppedBefore = dropped;
  await drop;
  assert.ok(droppedBefore, "one was served beside one in its handshake");
});
