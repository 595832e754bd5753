/** A raised signal ends a verification in order, wherever it is. */

import assert from "node:assert/strict";
import { connectTcp } from "../../lib/net/tcp.ts";
import type { VerificationEvent } from "../../lib/verify/event.ts";
import { ABORT } from "../support/golden.ts";
import { echoResponse } from "../support/pdus.ts";
import {
  receive,
  type Script,
  send,
  waitForEnd,
} from "../support/scripted-peer.ts";
import {
  ASSOCIATED,
  ECHOED,
  sentTypes,
  type Verification,
  verifyPeer,
} from "./verification.ts";

/** Raises the signal at the first event that `when` picks. */
async function interruptedAt(
  script: Script,
  when: (event: VerificationEvent) => boolean,
): Promise<Verification> {
  const stop = new AbortController();
  const verification = await verifyPeer([...script, waitForEnd], {}, {
    signal: stop.signal,
    observe: (event) => {
      if (when(event)) stop.abort();
    },
  });
  const { outcome, events } = verification;
  assert.deepEqual(outcome.failure?.cause, { kind: "interrupted" });
  const { stage, ...fault } = outcome.failure;
  const record = outcome.stages.find((one) => one.stage === stage);
  assert.deepEqual(record?.fault, fault);
  // The user wants it so: nothing else is told as a failure.
  assert.deepEqual(
    events.filter(({ kind }) => /failed$|^interrupted$/.test(kind)).length,
    1,
  );
  return verification;
}

function isStep(name: string): (event: VerificationEvent) => boolean {
  return (event) => event.kind === "transition" && event.event === name;
}

/** Where it strikes; the script; the stage; types of the PDUs that are sent. */
const CASES: Readonly<
  Record<
    string,
    readonly [
      (event: VerificationEvent) => boolean,
      Script,
      string,
      string,
    ]
  >
> = {
  "before the request is sent": [
    isStep("transport connection confirmation"),
    [receive],
    "association",
    "01 07",
  ],
  "while the answer to the request is awaited": [
    ({ kind }) => kind === "answer-awaited",
    [receive],
    "association",
    "01 07",
  ],
  "when the association is there": [
    ({ kind }) => kind === "accepted",
    ASSOCIATED,
    "echo",
    "01 04 07",
  ],
  "while a response is awaited": [
    ({ kind }) => kind === "response-awaited",
    [...ASSOCIATED, receive],
    "echo",
    "01 04 07",
  ],
  "when the release begins": [
    ({ kind }) => kind === "ending",
    [...ECHOED, receive],
    "release",
    "01 04 05 07",
  ],
  "while the answer to the release is awaited": [
    isStep("A-RELEASE request"),
    [...ECHOED, receive],
    "release",
    "01 04 05 07",
  ],
};

for (const [where, [when, script, stage, sent]] of Object.entries(CASES)) {
  Deno.test(`an interrupt ${where} sends an abort`, async () => {
    const { outcome, connections, events } = await interruptedAt(script, when);
    assert.equal(outcome.failure?.stage, stage);
    assert.equal(sentTypes(connections), sent);
    assert.deepEqual(connections[0]?.pdus.at(-1), ABORT);
    assert.ok(
      events.some((event) => event.kind === "interrupted" && event.standing),
    );
  });
}

Deno.test("an interrupt while connecting leaves nothing behind", async () => {
  const stop = new AbortController();
  const { outcome, events, connections } = await verifyPeer([receive], {}, {
    signal: stop.signal,
    connect: (request) => {
      const connected = connectTcp(request);
      stop.abort();
      return connected;
    },
  });
  assert.equal(outcome.failure?.stage, "connect");
  assert.deepEqual(outcome.failure.cause, { kind: "interrupted" });
  assert.equal(sentTypes(connections), "");
  assert.deepEqual(
    events.filter(({ kind }) => /failed$|^interrupted$/.test(kind)),
    [{ kind: "interrupted", standing: false }],
  );
});

Deno.test("an interrupt counts more than a failure before it", async () => {
  const stop = new AbortController();
  const { outcome } = await verifyPeer(
    [
      ...ASSOCIATED,
      receive,
      send(echoResponse({ status: 1 })),
      receive,
      waitForEnd,
    ],
    { repeat: 2 },
    {
      signal: stop.signal,
      observe: (event) => {
        if (event.kind === "echo-request" && event.messageId === 2) {
          stop.abort();
        }
      },
    },
  );
  assert.equal(outcome.failure?.stage, "echo");
  assert.deepEqual(outcome.failure.cause, { kind: "interrupted" });
});

Deno.test("an interrupt before the start lets nothing start", async () => {
  const { outcome } = await verifyPeer([receive], {}, {
    signal: AbortSignal.abort(),
  });
  assert.deepEqual(outcome.failure?.cause, { kind: "interrupted" });
});

Deno.test("a peer that does not close after our abort is not waited for", async () => {
  const stop = new AbortController();
  const { outcome, connections } = await verifyPeer(
    [...ASSOCIATED, receive, { do: "wait-for-close" }],
    {},
    {
      signal: stop.signal,
      observe: ({ kind }) => {
        if (kind === "response-awaited") stop.abort();
      },
    },
  );
  assert.deepEqual(outcome.failure?.cause, { kind: "interrupted" });
  assert.equal(sentTypes(connections), "01 04 07");
});
