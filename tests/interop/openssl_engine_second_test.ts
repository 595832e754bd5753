/** The openssl engine where the runtime's own cannot go on. */

import assert from "node:assert/strict";
import { Deadlines } from "../../lib/net/deadline.ts";
import { connectTcp } from "../../lib/net/tcp.ts";
import type { Transport } from "../../lib/net/transport.ts";
import { builtInEngine } from "../../lib/tls/built-in/built-in-engine.ts";
import { DENO_PROGRAMS } from "../../lib/tls/deno/deno-programs.ts";
import { TlsError } from "../../lib/tls/engine.ts";
import { OpensslEngine } from "../../lib/tls/openssl/openssl-engine.ts";
import {
  type SecureSettings,
  secureWith,
} from "../../lib/tls/connect/secure.ts";
import type { TlsEvent } from "../../lib/tls/session.ts";
import { authority, issue, type Issued } from "../support/certificates.ts";
import { oid, sequence } from "../support/der.ts";
import { installed } from "./openssl-client.ts";
import { startServer } from "./openssl-server.ts";

const ROOT = authority({ name: "Root" });

/** What both engines have. */
const OFFER = {
  versions: ["TLSv1.3", "TLSv1.2"],
  suites: [
    "TLS_AES_256_GCM_SHA384",
    "TLS_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
  ],
} as const;

type Second = SecureSettings["second"];

const INSTALLED: Second = async () => {
  const program = await installed();
  const engine = new OpensslEngine(DENO_PROGRAMS, program);
  return { engine, ability: program.ability };
};

/** @returns which engine has made the connection, and what was told before. */
async function secured(
  port: number,
  second: Second,
): Promise<{ readonly engine: string; readonly events: readonly TlsEvent[] }> {
  const events: TlsEvent[] = [];
  let used = "";
  let settled: (() => Promise<void>) | undefined;
  const secure = secureWith({
    offer: OFFER,
    clientCertificate: undefined,
    serverName: undefined,
    builtIn: { engine: builtInEngine, ability: OFFER },
    second: async (deadline) => {
      const choice = await second(deadline);
      if ("engine" in choice && choice.engine instanceof OpensslEngine) {
        const { engine } = choice;
        settled = () => engine.settled();
      }
      return choice;
    },
    judge: (channel, { name }) => {
      used = channel.unproven === undefined ? name : "unproven";
      return Promise.resolve();
    },
    observe: (event) => events.push(event),
  });
  using deadlines = new Deadlines();
  using deadline = deadlines.start(30_000);
  const host = "127.0.0.1";
  const reconnect = (): Promise<Transport> =>
    connectTcp({ host, port, addressFamily: "auto", deadline });
  const transport = await reconnect();
  (await secure({ transport, reconnect, host, deadline })).close();
  await settled?.();
  return { engine: used, events };
}

const POLICIES = issue(ROOT, {
  name: "policies",
  extensions: [{
    oid: "2.5.29.32",
    critical: true,
    value: sequence(sequence(oid("1.2.3.4"))),
  }],
});
const SHORT = issue(ROOT, { name: "short", key: "rsa1024" });
const WEAK = ["-cipher", "ALL:@SECLEVEL=0"];

const CASES: readonly (readonly [string, Issued, readonly string[]])[] = [
  ["an extension that the runtime does not know", POLICIES, []],
  ["a key that is too short for the runtime", SHORT, ["-tls1_2", ...WEAK]],
  [
    "a signature that the runtime does not offer",
    issue(ROOT, { name: "pacs", key: "rsa" }),
    ["-tls1_2", "-sigalgs", "RSA+SHA224"],
  ],
];

for (const [what, certificate, args] of CASES) {
  Deno.test(`a server with ${what} is talked to by openssl`, async () => {
    await using server = await startServer({
      certificates: [certificate],
      args,
    });
    const { engine, events } = await secured(server.port, INSTALLED);
    assert.equal(engine, "openssl");
    assert.deepEqual(events.map(({ kind }) => kind), ["tls-retry"]);
  });
}

Deno.test("without openssl the peer is not accused of what the runtime lacks", async () => {
  await using server = await startServer({ certificates: [POLICIES] });
  const missing: Second = () => Promise.resolve({ reason: "none" });
  await assert.rejects(secured(server.port, missing), (error) => {
    assert.ok(error instanceof TlsError);
    assert.equal(error.failure.kind, "unproven");
    const { text = "" } = error.condition.cause ?? {};
    assert.match(text, /cannot be checked.*install the openssl program/);
    return true;
  });
});
