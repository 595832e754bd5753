import assert from "node:assert/strict";
import { Deadlines, ExpiredError } from "../../../lib/net/deadline.ts";
import type { Transport } from "../../../lib/net/transport.ts";
import { type TlsEngine, TlsError } from "../../../lib/tls/engine.ts";
import type { EngineFailure } from "../../../lib/tls/failure.ts";
import { failureCondition } from "../../../lib/tls/failure-condition.ts";
import {
  type SecureSettings,
  secureWith,
} from "../../../lib/tls/connect/secure.ts";
import type { TlsEvent } from "../../../lib/tls/session.ts";
import { failure } from "../handshakes.ts";
import { PairedTransport } from "../transport-pair.ts";

const OFFER = {
  versions: ["TLSv1.3", "TLSv1.2"],
  suites: [
    "TLS_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
  ],
} as const;

function error(failure: EngineFailure): TlsError {
  return new TlsError(failure, failureCondition(failure));
}

/** An engine whose handshakes fail like this; undefined: they succeed. */
function engine(
  name: TlsEngine["name"],
  failure: EngineFailure | undefined,
): TlsEngine {
  return {
    name,
    handshake: ({ transport }) => {
      if (failure === undefined) {
        return Promise.resolve({
          version: "TLSv1.3",
          suite: "TLS_AES_128_GCM_SHA256",
          peerCertificates: [],
          unproven: undefined,
          read: (buffer) => transport.read(buffer),
          write: (bytes) => transport.write(bytes),
          closeWrite: () => transport.closeWrite(),
          close: () => transport.close(),
        });
      }
      transport.close();
      return Promise.reject(error(failure));
    },
  };
}

interface Attempt {
  readonly result: Promise<Transport>;
  readonly events: readonly TlsEvent[];
  readonly transport: PairedTransport;
}

/** Both engines can do all that is offered. */
function attempt(
  first: EngineFailure,
  more: Partial<SecureSettings> = {},
): Attempt {
  const events: TlsEvent[] = [];
  const transport = new PairedTransport();
  const secure = secureWith({
    offer: OFFER,
    clientCertificate: undefined,
    serverName: undefined,
    builtIn: { engine: engine("built-in", first), ability: OFFER },
    second: () =>
      Promise.resolve({
        engine: engine("openssl", undefined),
        ability: OFFER,
      }),
    judge: () => Promise.resolve(),
    observe: (event) => events.push(event),
    ...more,
  });
  const result = (async (): Promise<Transport> => {
    using deadlines = new Deadlines();
    using deadline = deadlines.start(20_000);
    return await secure({
      transport,
      reconnect: () => Promise.resolve(new PairedTransport()),
      host: "pacs.test",
      deadline,
    });
  })();
  return { result, events, transport };
}

const ALERT = { kind: "alert", ours: false, after: false } as const;

for (
  const [what, first] of [
    ["a key that is not proven", { kind: "unproven", detail: "x" }],
    ["words that are not understood", { kind: "protocol", detail: "x" }],
    [
      "an alert at once, which may be about signatures",
      { ...ALERT, description: 40, first: true },
    ],
  ] satisfies [string, EngineFailure][]
) {
  Deno.test(`after ${what} the second engine has its try`, async () => {
    const { result, events } = attempt(first);
    (await result).close();
    assert.deepEqual(events.map(({ kind }) => kind), ["tls-retry"]);
  });
}

for (
  const [what, first] of [
    [
      "an alert in the midst of the handshake",
      { ...ALERT, description: 40, first: false },
    ],
    ["a version that is refused", { ...ALERT, description: 70, first: true }],
    ["a peer that closes", { kind: "closed", reset: false }],
  ] satisfies [string, EngineFailure][]
) {
  Deno.test(`after ${what} the same offer is not tried again`, async () => {
    const { result } = attempt(first);
    assert.deepEqual((await failure(result)).failure, first);
  });
}

for (const kind of ["timeout", "interrupted"] as const) {
  Deno.test(`a search for a second engine that ends by ${kind} is a failure of TLS`, async () => {
    const { result, events, transport } = attempt(
      { kind: "protocol", detail: "x" },
      { second: () => Promise.reject(new ExpiredError(kind)) },
    );
    const { failure: found, fault } = await failure(result);
    assert.deepEqual(found, { kind });
    assert.equal(fault, kind);
    assert.ok(transport.closed);
    assert.deepEqual(events, [{ kind: "tls-failed", failure: { kind } }]);
  });
}

Deno.test("what a second engine has not got either is not to be installed", async () => {
  const nothing = { versions: [], suites: [] };
  const { result, transport } = attempt(
    { kind: "protocol", detail: "x" },
    {
      builtIn: { engine: engine("built-in", undefined), ability: nothing },
      second: () =>
        Promise.resolve({
          engine: engine("openssl", undefined),
          ability: nothing,
        }),
    },
  );
  const { failure: found, condition } = await failure(result);
  assert.ok(found.kind === "unavailable" && found.lacking);
  assert.doesNotMatch(condition.cause?.text ?? "", /install the/);
  assert.ok(transport.closed);
});

Deno.test("a search that ends too early leaves no connection open", async () => {
  const { result, transport } = attempt(
    { kind: "protocol", detail: "x" },
    {
      // Nothing for the built-in engine: the transport was not used.
      builtIn: {
        engine: engine("built-in", undefined),
        ability: { versions: [], suites: [] },
      },
      second: () => Promise.reject(new ExpiredError("timeout")),
    },
  );
  assert.equal((await failure(result)).failure.kind, "timeout");
  assert.ok(transport.closed);
});
