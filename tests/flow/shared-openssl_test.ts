/** One search for an openssl program, and one engine, for all connections. */

import assert from "node:assert/strict";
import { SharedOpenssl } from "../../lib/app/shared-openssl.ts";
import { Deadlines, ExpiredError } from "../../lib/net/deadline.ts";
import type { TlsEngine } from "../../lib/tls/engine.ts";
import type { Programs } from "../../lib/tls/programs.ts";
import { FakePrograms, type FakeWishes } from "../tls/fake-programs.ts";
import { transportPair } from "../tls/transport-pair.ts";

const FOUND = {
  "/usr/bin/openssl version": "OpenSSL 3.0.19 27 Jan 2026\n",
  "/usr/bin/openssl ciphers": "AES128-SHA\n",
};
const OFFER = {
  versions: ["TLSv1.2"],
  suites: ["TLS_RSA_WITH_AES_128_CBC_SHA"],
};

interface Machine {
  readonly programs: Programs;
  readonly system: "linux";
}

function machine(wishes: FakeWishes = { answers: FOUND }): Machine {
  return { programs: new FakePrograms(wishes), system: "linux" };
}

async function engine(
  openssl: SharedOpenssl,
  found: Machine = machine(),
): Promise<TlsEngine> {
  using deadlines = new Deadlines();
  const choice = await openssl.find(found, deadlines.start(20_000));
  return "engine" in choice ? choice.engine : assert.fail(choice.reason);
}

Deno.test("whoever looks at the same time or later has what the first has found", async () => {
  const openssl = new SharedOpenssl();
  const programs = new FakePrograms({ answers: FOUND });
  const found = { programs, system: "linux" } as const;
  const [first, second] = await Promise.all([
    engine(openssl, found),
    engine(openssl, found),
  ]);
  assert.equal(second, first);
  assert.equal(await engine(openssl, found), first);
  assert.equal(
    programs.calls.filter(({ args }) => args[0] === "version").length,
    1,
  );
});

Deno.test("a search in vain is made again by the next", async () => {
  const openssl = new SharedOpenssl();
  using deadlines = new Deadlines();
  const deadline = deadlines.start(20_000);
  const missing = await openssl.find(machine({ permitted: [] }), deadline);
  assert.ok("reason" in missing);
  // One that could not even be asked has nothing to offer.
  const mute = {
    "/usr/bin/openssl version": FOUND["/usr/bin/openssl version"],
  };
  const nothing = await openssl.find(machine({ answers: mute }), deadline);
  assert.ok("engine" in nothing);
  assert.deepEqual(nothing.ability.versions, []);
  const first = await engine(openssl);
  assert.notEqual(first, nothing.engine);
  assert.equal(await engine(openssl), first);
});

Deno.test("the time of who began a search is nobody else's", async () => {
  const openssl = new SharedOpenssl();
  const silent = machine({
    answers: { ...FOUND, "/usr/bin/openssl version": "never" },
  });
  using deadlines = new Deadlines();
  const begun = openssl.find(silent, deadlines.start(50));
  const other = engine(openssl);
  await assert.rejects(begun, ExpiredError);
  assert.equal(await other, await engine(openssl));
});

Deno.test("who waits for the search of another has a time of its own", async () => {
  const openssl = new SharedOpenssl();
  const silent = machine({
    answers: { ...FOUND, "/usr/bin/openssl version": "never" },
  });
  const stop = new AbortController();
  using patient = new Deadlines(stop.signal);
  using deadlines = new Deadlines();
  const begun = openssl.find(silent, patient.start(undefined));
  await assert.rejects(openssl.find(silent, deadlines.start(1)), {
    expiry: "timeout",
  });
  stop.abort();
  await assert.rejects(begun, { expiry: "interrupted" });
  await openssl.settled();
});

Deno.test("all connections are waited for, also those before another look", async () => {
  const openssl = new SharedOpenssl();
  const gone = Promise.withResolvers<void>();
  const found = machine({
    answers: FOUND,
    late: true,
    act: async (program) => {
      const { args } = program.call;
      const path = args[args.indexOf("-unix") + 1] ?? "";
      using _connection = await Deno.connect({ transport: "unix", path });
      program.report(
        "CONNECTION ESTABLISHED\nProtocol version: TLSv1.2\n" +
          "Ciphersuite: AES128-SHA\n",
      );
      await gone.promise;
    },
  });
  const [transport] = transportPair();
  using deadlines = new Deadlines();
  const channel = await (await engine(openssl, found)).handshake({
    transport,
    clientCertificate: undefined,
    serverName: undefined,
    offer: OFFER,
    deadline: deadlines.start(20_000),
  });
  channel.close();
  await engine(openssl, found);
  let settled = false;
  const settling = openssl.settled().then(() => settled = true);
  for (let turn = 0; turn < 3; turn++) {
    await new Promise((resolve) => setTimeout(resolve));
  }
  assert.ok(!settled);
  gone.resolve();
  await settling;
});
