/** The openssl engine with peers that misbehave, and how it ends. */

import assert from "node:assert/strict";
import { createPublicKey } from "node:crypto";
import { Deadlines } from "../../lib/net/deadline.ts";
import { connectTcp } from "../../lib/net/tcp.ts";
import type { Transport } from "../../lib/net/transport.ts";
import { DENO_PROGRAMS } from "../../lib/tls/deno/deno-programs.ts";
import type {
  ProgramCall,
  Programs,
  RunningProgram,
} from "../../lib/tls/programs.ts";
import { PASSWORD_VARIABLE } from "../../lib/tls/openssl/sclient-arguments.ts";
import { authority, issue } from "../support/certificates.ts";
import { temporaryDirectory } from "../support/run.ts";
import { type PairedTransport, transportPair } from "../tls/transport-pair.ts";
import {
  asClient,
  connected,
  failure,
  readAll,
  type Wishes,
} from "./openssl-client.ts";
import { type ServerOptions, startServer } from "./openssl-server.ts";

const ROOT = authority({ name: "Root" });
const RSA = issue(ROOT, { name: "pacs", key: "rsa" });
const CBC: ServerOptions = {
  certificates: [RSA],
  args: ["-tls1_1", "-cipher", "AES128-SHA:@SECLEVEL=0"],
};

type Expected = Readonly<Record<string, unknown>>;

/** What a peer does when it has read the ClientHello, and what is made of it. */
const FAULTS: readonly {
  readonly name: string;
  readonly act: (peer: PairedTransport, below: PairedTransport) => void;
  readonly failure: Expected;
}[] = [
  {
    name: "closes",
    act: (peer) => peer.close(),
    failure: { kind: "closed", reset: false },
  },
  {
    name: "resets",
    act: (_, below) => below.reset(),
    failure: { kind: "closed", reset: true },
  },
  {
    name: "speaks HTTP",
    act: say(new TextEncoder().encode("HTTP/1.1 400 Bad Request\r\n\r\n")),
    failure: { kind: "not-tls", protocol: "HTTP" },
  },
  {
    name: "speaks DICOM",
    act: say(Uint8Array.of(7, 0, 0, 0, 0, 4, 0, 0, 2, 0)),
    failure: { kind: "not-tls", protocol: "DICOM" },
  },
  {
    name: "gives up with an alert",
    act: say(Uint8Array.of(21, 3, 1, 0, 2, 2, 70)),
    failure: { kind: "alert", description: 70, after: false, first: true },
  },
  {
    name: "breaks off in the middle of a message",
    act: (peer) => {
      say(Uint8Array.of(22, 3, 3, 0, 60, 2, 0, 0, 56, 3, 3))(peer);
      peer.close();
    },
    failure: { kind: "closed", reset: false },
  },
  {
    name: "sends a ServerHello that is too short",
    act: say(Uint8Array.of(22, 3, 3, 0, 5, 2, 0, 0, 1, 9)),
    failure: { kind: "protocol" },
  },
  {
    name: "never comes to the end of a message",
    act: (peer) => {
      say(Uint8Array.of(22, 3, 3, 0x40, 0, 11, 0xff, 0xff, 0xff))(peer);
      for (let count = 0; count < 30; count++) {
        say(new Uint8Array(16_384))(peer);
      }
    },
    failure: { kind: "protocol" },
  },
];

function say(bytes: Uint8Array): (peer: PairedTransport) => void {
  return (peer) => void peer.write(bytes).catch(() => {});
}

/** How a handshake with such a peer ends. */
async function failureWith(
  act: (peer: PairedTransport, below: PairedTransport) => void,
  wishes: Wishes = {},
): Promise<Expected> {
  const [below, peer] = transportPair();
  const failing = failure(0, { ...wishes, transport: below });
  await peer.read(new Uint8Array(2000));
  act(peer, below);
  const { failure: cause } = await failing;
  assert.ok(below.closed, "the transport is left open");
  return { ...cause };
}

for (const { name, act, failure: expected } of FAULTS) {
  Deno.test(`a peer that ${name} is told as such`, async () => {
    const cause = await failureWith(act);
    assert.deepEqual(cause, { ...cause, ...expected });
  });
}

Deno.test("a silent peer is given up when the time is over", async () => {
  const cause = await failureWith(() => {}, { milliseconds: 300 });
  assert.deepEqual(cause, { kind: "timeout" });
});

Deno.test("an interrupt ends the handshake at once", async () => {
  const interrupt = new AbortController();
  const { signal } = interrupt;
  const cause = await failureWith(() => interrupt.abort(), { signal });
  assert.deepEqual(cause, { kind: "interrupted" });
});

Deno.test("nothing but the handshake is sent before the caller writes", async () => {
  await using server = await startServer(CBC);
  await connected(server.port, {}, async (channel) => {
    await server.write(Uint8Array.of(1));
    assert.equal((await readAll(channel, 1)).length, 1);
    await channel.write(Uint8Array.of(2));
    assert.deepEqual(await server.read(1), Uint8Array.of(2));
  });
});

Deno.test("the end of the server is the end of the stream", async () => {
  const server = await startServer(CBC);
  await connected(server.port, {}, async (channel) => {
    await server.write(Uint8Array.of(1, 2));
    assert.equal((await readAll(channel, 2)).length, 2);
    await server[Symbol.asyncDispose]();
    assert.equal(await channel.read(new Uint8Array(9)), 0);
    await assert.rejects(async () => {
      for (let count = 0; count < 100; count++) {
        await channel.write(new Uint8Array(100_000));
      }
    });
  });
});

Deno.test("what was written before the end of writing arrives", async () => {
  await using server = await startServer(CBC);
  await connected(server.port, {}, async (channel) => {
    const bytes = new Uint8Array(200_000).fill(9);
    const [, arrived] = await Promise.all([
      channel.write(bytes).then(() => channel.closeWrite()),
      server.read(bytes.length),
    ]);
    assert.deepEqual(arrived, bytes);
    assert.equal(await channel.read(new Uint8Array(9)), 0);
  });
});

Deno.test("closing settles a read that is pending", async () => {
  await using server = await startServer(CBC);
  await connected(server.port, {}, async (channel) => {
    const reading = assert.rejects(channel.read(new Uint8Array(9)));
    channel.close();
    await reading;
    await assert.rejects(channel.write(Uint8Array.of(1)));
  });
});

/** Programs that show what is there when one of them starts. */
function watched(look: (call: ProgramCall) => void): Programs {
  return {
    ...DENO_PROGRAMS,
    start(call): RunningProgram {
      look(call);
      return DENO_PROGRAMS.start(call);
    },
  };
}

function argument(call: ProgramCall, option: string): string {
  return call.args[call.args.indexOf(option) + 1] ?? "";
}

Deno.test("the key is on the disk encrypted, while the program starts, for nobody else", async () => {
  await using temporary = await temporaryDirectory();
  const before = Deno.env.get("TMPDIR");
  const client = issue(ROOT, { name: "scu", key: "rsa" });
  Deno.env.set("TMPDIR", temporary.path);
  try {
    const calls: ProgramCall[] = [];
    const programs = watched((call) => {
      calls.push(call);
      const path = argument(call, "-key");
      const mode = (file: string): number =>
        (Deno.statSync(file).mode ?? 0) & 0o777;
      assert.equal(mode(path), 0o600);
      assert.equal(mode(path.slice(0, path.lastIndexOf("/"))), 0o700);
      assert.match(
        Deno.readTextFileSync(path),
        /^-----BEGIN ENCRYPTED PRIVATE KEY-----/,
      );
    });
    let left: string[] = [];
    const cause = await failureWith((peer) => {
      left = [...Deno.readDirSync(temporary.path)].map(({ name }) => name);
      peer.close();
    }, { programs, clientCertificate: asClient(client) });
    assert.equal(cause["kind"], "closed");
    assert.deepEqual([...Deno.readDirSync(temporary.path)], []);
    const [call] = calls;
    assert.ok(call !== undefined);
    const password = call.environment[PASSWORD_VARIABLE] ?? "";
    assert.match(password, /^[0-9a-f]{48}$/);
    assert.ok(!call.args.some((one) => one.includes(password)));
    assert.deepEqual(left, [], "seen while the peer had its say");
  } finally {
    if (before === undefined) Deno.env.delete("TMPDIR");
    else Deno.env.set("TMPDIR", before);
  }
});

for (const folder of ["/nowhere/at/all", "long"]) {
  Deno.test(`a temporary folder that is of no use is told as such: ${folder}`, async () => {
    await using temporary = await temporaryDirectory();
    // The path of a socket has no room for it.
    const long = `${temporary.path}/${"x".repeat(120)}`;
    await Deno.mkdir(long);
    const before = Deno.env.get("TMPDIR");
    Deno.env.set("TMPDIR", folder === "long" ? long : folder);
    try {
      const [transport] = transportPair();
      const { failure: cause } = await failure(0, { transport });
      assert.ok(transport.closed);
      assert.ok(cause.kind === "protocol");
      assert.match(cause.detail, /temporary folder and a socket/);
      assert.deepEqual([...Deno.readDirSync(long)], []);
    } finally {
      if (before === undefined) Deno.env.delete("TMPDIR");
      else Deno.env.set("TMPDIR", before);
    }
  });
}

/** The public key of an EC certificate, as it is on the wire. */
function publicPoint(pem: string): string {
  const key = createPublicKey(pem).export({ type: "spki", format: "der" });
  return new Uint8Array(key).subarray(-64).toHex();
}

Deno.test("a peer without the key of the certificate that it shows fails", async () => {
  const [shown, had] = [issue(ROOT, { name: "a" }), issue(ROOT, { name: "a" })];
  await using server = await startServer({
    certificates: [had],
    args: ["-tls1_2"],
  });
  using deadlines = new Deadlines();
  using deadline = deadlines.start(30_000);
  const transport = await connectTcp({
    host: "127.0.0.1",
    port: server.port,
    addressFamily: "auto",
    deadline,
  });
  const [from, to] = [publicPoint(had.pem), publicPoint(shown.pem)];
  let replaced = 0;
  const altered: Transport = {
    async read(buffer): Promise<number> {
      const count = await transport.read(buffer);
      const bytes = buffer.subarray(0, count).toHex();
      if (bytes.includes(from)) replaced++;
      buffer.set(Uint8Array.fromHex(bytes.replace(from, to)));
      return count;
    },
    write: (bytes) => transport.write(bytes),
    closeWrite: () => transport.closeWrite(),
    close: () => transport.close(),
  };
  const { failure: cause } = await failure(0, { transport: altered });
  assert.equal(replaced, 1);
  assert.deepEqual(cause, { kind: "protocol", detail: "bad signature" });
});
