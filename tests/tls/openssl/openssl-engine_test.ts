/** The openssl engine with a program that is none; see tests/interop too. */

import assert from "node:assert/strict";
import { Deadlines } from "../../../lib/net/deadline.ts";
import type { TlsChannel } from "../../../lib/tls/engine.ts";
import { OpensslEngine } from "../../../lib/tls/openssl/openssl-engine.ts";
import {
  type FakeProgram,
  FakePrograms,
  type FakeWishes,
} from "../fake-programs.ts";
import { failure } from "../handshakes.ts";
import { type PairedTransport, transportPair } from "../transport-pair.ts";

const OFFER = {
  versions: ["TLSv1.2", "TLSv1.1"],
  suites: ["TLS_RSA_WITH_AES_128_CBC_SHA"],
};
const SUMMARY = "CONNECTION ESTABLISHED\nProtocol version: TLSv1.1\n" +
  "Ciphersuite: AES128-SHA\n";

interface Attempt {
  readonly engine: OpensslEngine;
  readonly programs: FakePrograms;
  readonly below: PairedTransport;
  readonly peer: PairedTransport;
  readonly shaking: Promise<TlsChannel>;
}

function attempt(
  act: FakeWishes["act"],
  milliseconds = 20_000,
  late = false,
): Attempt {
  const programs = new FakePrograms(act === undefined ? {} : { act, late });
  const engine = new OpensslEngine(programs, {
    path: "/openssl",
    title: "OpenSSL 3.0.0",
    version: { major: 3, minor: 0 },
    ability: OFFER,
  });
  const [below, peer] = transportPair();
  const shake = async (): Promise<TlsChannel> => {
    using deadlines = new Deadlines();
    using deadline = deadlines.start(milliseconds);
    return await engine.handshake({
      transport: below,
      clientCertificate: undefined,
      serverName: undefined,
      offer: OFFER,
      deadline,
    });
  };
  return { engine, programs, below, peer, shaking: shake() };
}

async function connect({ call }: FakeProgram): Promise<Deno.UnixConn> {
  const path = call.args[call.args.indexOf("-unix") + 1] ?? "";
  return await Deno.connect({ transport: "unix", path });
}

/** A program that has made a handshake and does no more until it is killed. */
async function established(program: FakeProgram): Promise<void> {
  using _connection = await connect(program);
  program.report(SUMMARY);
  await program.killed;
}

Deno.test("a program that cannot be started is a fault of ours", async () => {
  const { shaking, below } = attempt(undefined);
  const { failure: cause } = await failure(shaking);
  assert.deepEqual(cause, {
    kind: "protocol",
    detail: "openssl s_client: no such program",
  });
  assert.ok(below.closed);
});

Deno.test("a program that ends before it connects says why", async () => {
  const { shaking, below } = attempt((program) => {
    program.report("40:error:0480006C:PEM routines:f:no start line:f.c:1:x\n");
    return Promise.resolve();
  });
  assert.deepEqual((await failure(shaking)).failure, {
    kind: "protocol",
    detail: "openssl s_client: no start line",
  });
  assert.ok(below.closed);
});

Deno.test("a program that never connects is killed when the time is over", async () => {
  const { shaking, programs, below } = attempt(
    (program) => program.killed,
    100,
  );
  assert.deepEqual((await failure(shaking)).failure, { kind: "timeout" });
  assert.ok(programs.kills > 0 && below.closed);
});

Deno.test("bytes pass between the peer and the program as they are", async () => {
  const { shaking, peer, below } = attempt(async (program) => {
    using connection = await connect(program);
    await connection.write(Uint8Array.of(22, 3, 1, 0, 1, 5));
    const buffer = new Uint8Array(9);
    const count = await connection.read(buffer) ?? 0;
    await connection.write(buffer.subarray(0, count));
    await program.killed;
  }, 300);
  peer.give(new Uint8Array());
  const failing = failure(shaking);
  const buffer = new Uint8Array(9);
  assert.equal(await peer.read(buffer), 6);
  await peer.write(Uint8Array.of(22, 3, 3));
  assert.equal(await peer.read(buffer), 3);
  assert.deepEqual(buffer.subarray(0, 3), Uint8Array.of(22, 3, 3));
  assert.equal((await failing).failure.kind, "timeout");
  assert.ok(below.closed);
});

Deno.test("what is agreed on comes from the report, not from the data", async () => {
  const { shaking, engine } = attempt(async (program) => {
    using _connection = await connect(program);
    program.say("CONNECTION ESTABLISHED\nProtocol version: TLSv1.3\n");
    program.report(SUMMARY);
    await program.killed;
  });
  const channel = await shaking;
  assert.equal(channel.version, "TLSv1.1");
  assert.equal(channel.suite, "TLS_RSA_WITH_AES_128_CBC_SHA");
  assert.deepEqual(channel.peerCertificates, []);
  const buffer = new Uint8Array(10);
  assert.equal(await channel.read(buffer), 10);
  assert.equal(new TextDecoder().decode(buffer), "CONNECTION");
  channel.close();
  await engine.settled();
});

for (
  const [what, report] of [
    ["suite", SUMMARY.replace("AES128-SHA", "FOO")],
    [
      "certificate",
      "<<< TLS 1.1, Handshake [length 0004], Certificate\n" +
      `    0b 00 00 01\n${SUMMARY}`,
    ],
  ] as const
) {
  Deno.test(`a ${what} that cannot be read is no connection`, async () => {
    const { shaking, programs, below } = attempt(async (program) => {
      using _connection = await connect(program);
      program.report(report);
      await program.killed;
    });
    const { failure: cause } = await failure(shaking);
    assert.ok(cause.kind === "protocol" && cause.detail.includes(what));
    assert.ok(programs.kills > 0 && below.closed);
  });
}

Deno.test("the program gets what is written, and nothing before", async () => {
  let program: FakeProgram | undefined;
  const { shaking, engine } = attempt((started) => {
    program = started;
    return established(started);
  });
  const channel = await shaking;
  assert.deepEqual(program?.input, []);
  await channel.write(Uint8Array.of(1, 2, 3));
  assert.deepEqual(program?.input, [Uint8Array.of(1, 2, 3)]);
  channel.close();
  await engine.settled();
});

Deno.test("a program that fails after the handshake is no end in order", async () => {
  const { shaking, engine } = attempt(async (program) => {
    using _connection = await connect(program);
    program.report(SUMMARY);
    program.report("40:error:0A000119:SSL routines:f:bad record mac:f.c:1:\n");
  });
  const channel = await shaking;
  const error = await failure(channel.read(new Uint8Array(9)));
  assert.deepEqual(error.failure, {
    kind: "protocol",
    detail: "bad record mac",
  });
  channel.close();
  await engine.settled();
});

const BAD_MAC = "40:error:0A000119:SSL routines:f:bad record mac:f.c:1:\n";

/** So that all that can happen by then has happened. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

Deno.test("the end of the data waits for the program's last words on it", async () => {
  const read = Promise.withResolvers<void>();
  const { shaking, engine } = attempt(async (program) => {
    using _connection = await connect(program);
    program.report(SUMMARY);
    program.endOutput();
    await read.promise;
    program.report(BAD_MAC);
  });
  const channel = await shaking;
  const reading = failure(channel.read(new Uint8Array(9)));
  await turn();
  read.resolve();
  assert.deepEqual((await reading).failure, {
    kind: "protocol",
    detail: "bad record mac",
  });
  channel.close();
  await engine.settled();
});

Deno.test("a program that has given up is heard out", async () => {
  const { shaking } = attempt(
    async (program) => {
      (await connect(program)).close();
      await program.killed;
      await turn();
      program.report(BAD_MAC);
    },
    20_000,
    true,
  );
  assert.deepEqual((await failure(shaking)).failure, {
    kind: "protocol",
    detail: "bad record mac",
  });
});

Deno.test("the peer is told by an alert before we close on it", async () => {
  const alert = Uint8Array.of(21, 3, 3, 0, 2, 2, 40);
  const { shaking, below, peer } = attempt(async (program) => {
    using connection = await connect(program);
    await connection.write(alert);
    program.report(BAD_MAC);
  });
  // The network takes its time.
  below.onWrite = async () => {
    for (let turns = 0; turns < 10; turns++) await turn();
  };
  await failure(shaking);
  const heard = new Uint8Array(9);
  assert.equal(await peer.read(heard), alert.byteLength);
  assert.deepEqual(heard.subarray(0, alert.byteLength), alert);
});

Deno.test("after closing nothing works, and nothing is left", async () => {
  const { shaking, engine, programs, below } = attempt(established);
  const channel = await shaking;
  const reading = assert.rejects(channel.read(new Uint8Array(9)));
  channel.close();
  channel.close();
  await reading;
  await assert.rejects(channel.write(Uint8Array.of(1)));
  await assert.rejects(channel.closeWrite());
  await engine.settled();
  assert.ok(programs.kills > 0 && below.closed);
});

Deno.test("nothing is started for what the program does not have", async () => {
  const { engine, programs, shaking } = attempt(established);
  (await shaking).close();
  await engine.settled();
  const [transport] = transportPair();
  using deadlines = new Deadlines();
  const started = programs.calls.length;
  const { failure: cause } = await failure(engine.handshake({
    transport,
    clientCertificate: undefined,
    serverName: undefined,
    offer: { versions: ["TLSv1.3"], suites: ["TLS_AES_128_GCM_SHA256"] },
    deadline: deadlines.start(20_000),
  }));
  assert.equal(cause.kind, "unavailable");
  assert.equal(programs.calls.length, started);
  assert.ok(transport.closed);
});
