import assert from "node:assert/strict";
import { observedConnect } from "../../lib/net/observed-connect.ts";
import {
  type Connect,
  type SecureRequest,
  type Transport,
  TransportError,
} from "../../lib/net/transport.ts";
import { tcpInitializationError } from "../../lib/base/condition.ts";
import type { CheckMachine } from "../../lib/result/run.ts";
import { endedInOrder } from "../../lib/result/series.ts";
import type { PeerResult } from "../../lib/result/types.ts";
import type { TlsFailure } from "../../lib/tls/failure.ts";
import type { TlsEvent } from "../../lib/tls/session.ts";
import type { VerificationEvent } from "../../lib/verify/event.ts";
import {
  ASSOCIATE_AC_CONTEXT_REJECTED,
  RELEASE_RP,
} from "../support/golden.ts";
import { echoResponse } from "../support/pdus.ts";
import {
  close,
  receive,
  type Script,
  send,
  waitForClose,
  waitForEnd,
} from "../support/scripted-peer.ts";
import {
  ASSOCIATED,
  ECHOED,
  sentTypes,
  WELL_BEHAVED,
} from "../verify/verification.ts";
import { check, checkScript, stagesOf } from "./checking.ts";

/** A time that never comes in a test, in seconds. */
const NEVER = 100_000;

/** Refuses so many times before it connects. */
function refusing(times: number): CheckMachine["connect"] {
  let left = times;
  return (observe) => async (request) => {
    if (left-- > 0) {
      throw new TransportError("refused", tcpInitializationError("refused"));
    }
    return await observedConnect(observe)(request);
  };
}

/** Nothing comes of it until its deadline. */
const endless: Connect = async ({ deadline }) => {
  try {
    return await deadline.race(new Promise<never>(() => {}));
  } catch {
    throw new TransportError("interrupted", tcpInitializationError(""));
  }
};

/** Two echoes are answered, the third is not. */
const TWO_ECHOES: Script = [
  ...ECHOED,
  receive,
  send(echoResponse({ messageId: 2 })),
];

Deno.test("a verified peer has all stages, addresses, a latency and no diagnosis", async () => {
  const { result, connections } = await checkScript(WELL_BEHAVED, {
    peer: "localhost",
    addressFamily: "ipv4",
  });
  assert.equal(
    stagesOf(result),
    "lookup ok, connect ok, association ok, echo ok, release ok",
  );
  assert.equal(result.diagnosis, undefined);
  assert.equal(result.outcome.failure, undefined);
  assert.deepEqual(result.addresses.resolved, ["127.0.0.1"]);
  assert.match(result.addresses.local ?? "", /^127\.0\.0\.1:\d+$/);
  assert.equal(result.addresses.remote, `127.0.0.1:${result.target.port}`);
  assert.equal(result.latencies.length, 1);
  assert.equal(result.attempts, 1);
  assert.equal(sentTypes(connections), "01 04 05");
});

Deno.test("an address has no stage of look-up", async () => {
  const { result } = await checkScript(WELL_BEHAVED);
  assert.equal(
    stagesOf(result),
    "connect ok, association ok, echo ok, release ok",
  );
});

Deno.test("a name without an address fails in the look-up", async () => {
  const { result } = await check({ peer: "nosuchhost.invalid" });
  assert.equal(stagesOf(result), "lookup failed");
  assert.deepEqual(result.addresses, {
    resolved: [],
    local: undefined,
    remote: undefined,
  });
});

Deno.test("what cannot be a peer fails in the look-up as well", async () => {
  const { result } = await check({ peer: "a:b" });
  assert.equal(stagesOf(result), "lookup failed");
});

Deno.test("no accepted context fails the association, not the release", async () => {
  const { result } = await checkScript([
    receive,
    send(ASSOCIATE_AC_CONTEXT_REJECTED),
    receive,
    send(RELEASE_RP),
    waitForEnd,
  ]);
  assert.equal(
    stagesOf(result),
    "connect ok, association failed, release ok",
  );
});

Deno.test("an abort that was asked for is the release stage, any other is none", async () => {
  const asked = await checkScript([...ECHOED, waitForEnd], { ending: "abort" });
  assert.equal(
    stagesOf(asked.result),
    "connect ok, association ok, echo ok, release ok",
  );
  const failed = await checkScript(
    [...ASSOCIATED, receive, send(echoResponse({}, 3)), waitForEnd],
    { ending: "abort" },
  );
  assert.equal(sentTypes(failed.connections), "01 04 07");
  assert.equal(
    stagesOf(failed.result),
    "connect ok, association ok, echo failed",
  );
});

Deno.test("a deadline ends a silent peer, and is told as such", async () => {
  const { result, connections } = await checkScript(
    [...ASSOCIATED, waitForEnd],
    {},
    { deadline: 0.3 },
  );
  assert.equal(result.diagnosis?.code, "deadline");
  assert.equal(sentTypes(connections), "01 04 07");
});

Deno.test("nobody waits past the deadline for a peer to close", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const accepted = listener.accept();
  const { result, events } = await check(
    { port: listener.addr.port },
    { deadline: 0.3 },
  );
  // It has not even noticed that our side is closed.
  (await accepted).close();
  assert.equal(result.diagnosis?.code, "deadline");
  const steps = events.map((one) => one.kind === "transition" && one.event);
  assert.ok(steps.includes("A-ABORT request"));
  assert.ok(!steps.includes("ARTIM timer expired"));
});

Deno.test("a deadline is not logged as an interruption; a raised signal is", async () => {
  const interrupted = (events: readonly VerificationEvent[]): boolean =>
    events.some(({ kind }) => kind === "interrupted");
  const script: Script = [...ASSOCIATED, waitForEnd];
  const late = await checkScript(script, {}, { deadline: 0.3 });
  assert.ok(!interrupted(late.events));
  const stop = new AbortController();
  const stopped = await checkScript(script, {}, { deadline: NEVER }, {
    signal: stop.signal,
    observe: ({ kind }) => {
      if (kind === "response-awaited") stop.abort();
    },
  });
  assert.ok(interrupted(stopped.events));
  assert.equal(stopped.result.diagnosis?.code, "interrupted");
});

Deno.test("a deadline bounds look-up and connecting", async () => {
  const { result } = await check({}, { deadline: 0.01 }, {
    connect: (observe) => {
      observe({ kind: "looking-up" });
      return endless;
    },
  });
  assert.equal(result.diagnosis?.code, "deadline");
  assert.equal(stagesOf(result), "lookup failed");
});

Deno.test("a deadline bounds the TLS handshake", async () => {
  const { result } = await checkScript(
    [waitForClose],
    {},
    { deadline: 0.3 },
    {
      secure: () => async ({ transport, deadline }) => {
        try {
          return await endless({
            host: "",
            port: 0,
            addressFamily: "auto",
            deadline,
          });
        } finally {
          transport.close();
        }
      },
    },
  );
  assert.equal(result.diagnosis?.code, "deadline");
  assert.equal(stagesOf(result), "connect ok, tls failed");
});

Deno.test("what can pass by itself is tried again, and counted", async () => {
  const { result } = await checkScript(WELL_BEHAVED, {}, { retries: 5 }, {
    connect: refusing(2),
  });
  assert.equal(result.diagnosis, undefined);
  assert.equal(result.attempts, 3);
});

Deno.test("retries come to an end", async () => {
  const { result } = await check({}, { retries: 2 }, { connect: refusing(9) });
  assert.equal(result.attempts, 3);
  assert.equal(result.outcome.failure?.cause.kind, "transport");
});

Deno.test("what cannot pass by itself is not tried again", async () => {
  const { result, connections } = await checkScript(
    [receive, close],
    {},
    { retries: 5 },
  );
  assert.equal(result.attempts, 1);
  assert.equal(connections.length, 1);
});

Deno.test("no retry is waited for that the deadline would come before", async () => {
  const { result } = await check(
    {},
    { retries: 5, retryDelay: NEVER, deadline: NEVER - 1 },
    { connect: refusing(9) },
  );
  assert.equal(result.attempts, 1);
  assert.equal(result.outcome.failure?.cause.kind, "transport");
});

Deno.test("a signal ends the wait for a retry", async () => {
  const stop = new AbortController();
  const { result } = await check(
    {},
    { retries: 5, retryDelay: NEVER },
    {
      signal: stop.signal,
      connect: refusing(9),
      observe: ({ kind }) => {
        if (kind === "association-failed") queueMicrotask(() => stop.abort());
      },
    },
  );
  assert.equal(result.attempts, 1);
});

Deno.test("every answered echo has its latency, and counts although the next fails", async () => {
  const { result } = await checkScript([...TWO_ECHOES, receive, close], {
    repeat: 5,
  });
  assert.equal(result.latencies.length, 2);
  assert.deepEqual(result.outcome.echoes, { sent: 3, succeeded: 2 });
  assert.equal(result.diagnosis?.stage, "echo");
});

Deno.test("an interval is not waited before the first echo, and a signal ends it", async () => {
  const stop = new AbortController();
  const { result, connections } = await checkScript(
    [...ECHOED, waitForEnd],
    { repeat: 5 },
    { interval: NEVER },
    {
      signal: stop.signal,
      observe: ({ kind }) => {
        if (kind === "echo-response") stop.abort();
      },
    },
  );
  assert.equal(result.latencies.length, 1);
  assert.deepEqual(result.outcome.echoes, { sent: 1, succeeded: 1 });
  assert.equal(sentTypes(connections), "01 04 07");
});

Deno.test("what the reader of the log is waited for is no part of latency or echo stage", async () => {
  let clock = 0;
  const { result } = await checkScript(WELL_BEHAVED, {}, {}, {
    now: () => clock,
    behind: async () => {
      await Promise.resolve();
      clock += 5000;
    },
    observe: ({ kind }) => {
      if (kind === "response-awaited") clock += 7;
    },
  });
  assert.deepEqual(result.latencies, [7]);
  assert.equal(
    result.stages.find(({ stage }) => stage === "echo")?.duration,
    7,
  );
  assert.equal(result.duration, 5007);
});

/** A second echo is cut off after so many milliseconds. */
async function cutOffAfter(
  waited: number,
  bounds: Parameters<typeof checkScript>[2] = {},
): Promise<PeerResult> {
  let clock = 0;
  let requests = 0;
  const stop = new AbortController();
  const { result } = await checkScript(
    [...ECHOED, receive, waitForEnd],
    { repeat: 5 },
    bounds,
    {
      now: () => clock,
      signal: stop.signal,
      observe: ({ kind }) => {
        if (kind !== "echo-request" || ++requests < 2) return;
        // Once it is on its way.
        setTimeout(() => {
          clock += waited;
          stop.abort();
        });
      },
    },
  );
  return result;
}

Deno.test("an echo that the end cuts off does not count, unless it is late", async () => {
  const echoes = async (
    ...given: Parameters<typeof cutOffAfter>
  ): Promise<PeerResult["outcome"]["echoes"]> =>
    (await cutOffAfter(...given)).outcome.echoes;
  assert.deepEqual(await echoes(1000), { sent: 1, succeeded: 1 });
  assert.deepEqual(await echoes(1001), { sent: 2, succeeded: 1 });
});

Deno.test("a series is verified when it is ended, if all its echoes were", async () => {
  const good = endedInOrder(await cutOffAfter(5));
  assert.equal(good.diagnosis, undefined);
  assert.equal(good.outcome.failure, undefined);
  assert.equal(stagesOf(good), "connect ok, association ok, echo ok");
  const late = endedInOrder(await cutOffAfter(5000));
  assert.equal(late.diagnosis?.code, "interrupted");
  assert.equal(stagesOf(late), "connect ok, association ok, echo failed");
  const stop = AbortSignal.abort();
  const { result } = await check({ repeat: 5 }, {}, { signal: stop });
  assert.equal(endedInOrder(result).diagnosis?.code, "interrupted");
});

Deno.test("the end of a series does not hide what had failed before it", async () => {
  const stop = new AbortController();
  const script: Script = [
    ...ASSOCIATED,
    receive,
    send(echoResponse({ status: 0x0122 })),
    receive,
    waitForEnd,
  ];
  let requests = 0;
  const { result } = await checkScript(script, { repeat: 5 }, {}, {
    signal: stop.signal,
    observe: ({ kind }) => {
      if (kind === "echo-request" && ++requests === 2) stop.abort();
    },
  });
  assert.equal(result.diagnosis?.cause, "status");
  assert.equal(result.outcome.failure?.stage, "echo");
});

Deno.test("with reconnecting the end of a series does not hide an earlier failure", async () => {
  const stop = new AbortController();
  let requests = 0;
  const { result } = await checkScript(
    WELL_BEHAVED,
    { repeat: 5 },
    { reconnect: true },
    {
      connect: refusing(1),
      signal: stop.signal,
      observe: ({ kind }) => {
        if (kind === "requesting" && ++requests === 3) stop.abort();
      },
    },
  );
  assert.equal(result.diagnosis?.cause, "transport");
  assert.deepEqual(result.outcome.echoes, { sent: 2, succeeded: 1 });
});

Deno.test("with reconnecting a late end is a loss, and an early one is none", async () => {
  for (const [waited, sent] of [[1000, 1], [1001, 2]] as const) {
    let clock = 0;
    let requests = 0;
    const stop = new AbortController();
    const { result } = await checkScript(
      WELL_BEHAVED,
      { repeat: 5 },
      { reconnect: true },
      {
        now: () => clock,
        signal: stop.signal,
        observe: ({ kind }) => {
          if (kind !== "requesting" || ++requests < 2) return;
          clock += waited;
          stop.abort();
        },
      },
    );
    assert.deepEqual(result.outcome.echoes, { sent, succeeded: 1 });
    assert.equal(
      endedInOrder(result).diagnosis?.code,
      sent === 1 ? undefined : "interrupted",
    );
  }
});

Deno.test("with reconnecting each echo has an association of its own", async () => {
  const { result, connections } = await checkScript(
    WELL_BEHAVED,
    { repeat: 3 },
    { reconnect: true },
  );
  assert.equal(sentTypes(connections), "01 04 05 | 01 04 05 | 01 04 05");
  assert.equal(result.latencies.length, 3);
  assert.deepEqual(result.outcome.echoes, { sent: 3, succeeded: 3 });
  assert.equal(result.diagnosis, undefined);
});

Deno.test("with reconnecting a failure is kept, its echo lost, and the series goes on", async () => {
  const { result, connections } = await checkScript(
    WELL_BEHAVED,
    { repeat: 4 },
    { reconnect: true },
    { connect: refusing(1) },
  );
  assert.equal(connections.length, 3);
  assert.deepEqual(result.outcome.echoes, { sent: 4, succeeded: 3 });
  assert.equal(result.diagnosis?.cause, "transport");
  assert.equal(result.latencies.length, 3);
});

Deno.test("with reconnecting what is wrong on this side ends the series", async () => {
  let tried = 0;
  const { result } = await check(
    { peer: "a:b", repeat: 1000 },
    { reconnect: true },
    {
      connect: (observe) => {
        tried++;
        return observedConnect(observe);
      },
    },
  );
  assert.equal(tried, 1);
  assert.equal(result.outcome.failure?.stage, "connect");
});

Deno.test("with reconnecting a deadline between two echoes is told as such", async () => {
  const { result } = await checkScript(
    WELL_BEHAVED,
    { repeat: 3 },
    { reconnect: true, interval: NEVER, deadline: 0.3 },
  );
  assert.equal(result.diagnosis?.code, "deadline");
  assert.deepEqual(result.outcome.echoes, { sent: 1, succeeded: 1 });
  assert.equal(result.latencies.length, 1);
});

function secureWith(
  ...events: readonly TlsEvent[]
): NonNullable<CheckMachine["secure"]> {
  return (observe) => ({ transport }: SecureRequest): Promise<Transport> => {
    events.forEach(observe);
    if (events.at(-1)?.kind === "tls-session") {
      return Promise.resolve(transport);
    }
    transport.close();
    return Promise.reject(
      new TransportError("tls", tcpInitializationError("TLS")),
    );
  };
}

const FAILED: TlsFailure = { kind: "closed", reset: false };
const SESSION: Extract<TlsEvent, { kind: "tls-session" }> = {
  kind: "tls-session",
  session: {
    engine: "openssl",
    version: "TLSv1.2",
    suite: "TLS_RSA_WITH_AES_128_CBC_SHA",
    presented: [],
    chain: [],
    problem: undefined,
    ignored: false,
  },
};

Deno.test("a failed handshake is kept, and no session", async () => {
  const { result } = await checkScript([waitForClose], {}, {}, {
    secure: secureWith({ kind: "tls-failed", failure: FAILED }),
  });
  assert.equal(stagesOf(result), "connect ok, tls failed");
  assert.deepEqual(result.tlsFailure, FAILED);
  assert.equal(result.session, undefined);
});

Deno.test("the session of a second engine takes the place of the first one's failure", async () => {
  const { result } = await checkScript(WELL_BEHAVED, {}, {}, {
    secure: secureWith({ kind: "tls-failed", failure: FAILED }, SESSION),
  });
  assert.equal(result.session, SESSION.session);
  assert.equal(result.tlsFailure, undefined);
  assert.equal(
    stagesOf(result),
    "connect ok, tls ok, association ok, echo ok, release ok",
  );
});
