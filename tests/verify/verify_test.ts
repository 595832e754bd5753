import assert from "node:assert/strict";
import { DATA_DICTIONARY_MISSING } from "../../lib/base/condition.ts";
import type { Transport } from "../../lib/net/transport.ts";
import type { VerificationEvent } from "../../lib/verify/event.ts";
import { MemoryTransport } from "../association/memory-transport.ts";
import {
  ABORT,
  ASSOCIATE_AC,
  P_DATA_ECHO_RQ,
  P_DATA_ECHO_RSP,
  RELEASE_RP,
  RELEASE_RQ,
} from "../support/golden.ts";
import { associateAccept, echoResponse, item } from "../support/pdus.ts";
import {
  receive,
  receiveMessage,
  type Script,
  send,
  waitForEnd,
} from "../support/scripted-peer.ts";
import {
  ASSOCIATED,
  sentTypes,
  verifyHost,
  verifyPeer,
  WELL_BEHAVED,
} from "./verification.ts";

/** Kinds of events without those of the upper layer. */
function kinds(events: readonly VerificationEvent[]): string[] {
  return events.map(({ kind }) => kind)
    .filter((kind) => !/^(transition|pdu-.*)$/.test(kind));
}

Deno.test("a peer that answers as it should is verified", async () => {
  const { outcome, events, connections } = await verifyPeer(WELL_BEHAVED);
  assert.equal(outcome.failure, undefined);
  assert.deepEqual(outcome.echoes, { sent: 1, succeeded: 1 });
  assert.equal(outcome.negotiated?.maximumSendPdv, 16372);
  assert.deepEqual(connections[0]?.pdus.slice(1), [P_DATA_ECHO_RQ, RELEASE_RQ]);
  assert.equal(connections[0]?.end, "by-other-side");
  assert.equal(connections[0]?.surplus.byteLength, 0);
  assert.deepEqual(kinds(events), [
    "proposal",
    "requesting",
    "connected",
    "answer-awaited",
    "negotiated",
    "accepted",
    "echo-request",
    "command-to-send",
    "response-awaited",
    "command-begun",
    "command-complete",
    "command-received",
    "echo-response",
    "ending",
  ]);
});

Deno.test("who does not want the steps is told of the rest all the same", async () => {
  const odd = associateAccept({ userItems: [item(0x51, "0000400000")] });
  const { events, connections } = await verifyPeer(
    [
      receive,
      send(odd),
      receive,
      send(echoResponse()),
      receive,
      send(RELEASE_RP),
    ],
    {},
    { steps: false },
  );
  assert.deepEqual(connections[0]?.pdus.slice(1), [P_DATA_ECHO_RQ, RELEASE_RQ]);
  assert.deepEqual(events.map(({ kind }) => kind), [
    "proposal",
    "requesting",
    "connected",
    "answer-awaited",
    // It has a warning.
    "pdu-received",
    "negotiated",
    "accepted",
    "echo-request",
    "echo-response",
    "ending",
  ]);
});

Deno.test("every stage that was reached is recorded with its time", async () => {
  let clock = 1000;
  const { outcome } = await verifyPeer(WELL_BEHAVED, {}, {
    now: () => clock++,
  });
  assert.deepEqual(
    outcome.stages.map(({ stage, fault }) => [stage, fault === undefined]),
    [
      ["connect", true],
      ["association", true],
      ["echo", true],
      ["release", true],
    ],
  );
  let end = 0;
  for (const { start, duration } of outcome.stages) {
    assert.ok(start >= end, "stages follow each other");
    assert.ok(duration > 0);
    end = start + duration;
  }
});

Deno.test("a stage has only its own faults, and an abort is one of its own", async () => {
  const { outcome } = await verifyPeer(
    [
      ...ASSOCIATED,
      receive,
      send(echoResponse({ status: 0x0122 })),
      receive,
      send(echoResponse({ messageId: 9 })),
      waitForEnd,
    ],
    { repeat: 3 },
  );
  assert.deepEqual(
    outcome.stages.map(({ stage, fault }) => [stage, fault?.cause.kind]),
    [
      ["connect", undefined],
      ["association", undefined],
      ["echo", "status"],
      ["abort", undefined],
    ],
  );
  assert.equal(outcome.failure?.cause.kind, "status");
});

Deno.test("a release that goes well after a failed status has no fault", async () => {
  const { outcome } = await verifyPeer([
    ...ASSOCIATED,
    receive,
    send(echoResponse({ status: 1 })),
    receive,
    send(RELEASE_RP),
    waitForEnd,
  ]);
  assert.deepEqual(
    outcome.stages.map(({ stage, fault }) => [stage, fault?.cause.kind]).slice(
      2,
    ),
    [["echo", "status"], ["release", undefined]],
  );
});

Deno.test("an association may be ended by an abort", async () => {
  const { outcome, connections, events } = await verifyPeer(
    [...ASSOCIATED, receive, send(echoResponse()), waitForEnd],
    { ending: "abort" },
  );
  assert.equal(outcome.failure, undefined);
  assert.deepEqual(connections[0]?.pdus.at(-1), ABORT);
  assert.equal(sentTypes(connections), "01 04 07");
  assert.equal(outcome.stages.at(-1)?.stage, "abort");
  assert.ok(
    events.some((one) => one.kind === "ending" && one.ending === "abort"),
  );
});

Deno.test("echoes are repeated on one association, each with its own ID", async () => {
  const repeat = 5;
  const exchanges = Array.from({ length: repeat }, (_, index): Script => [
    receive,
    send(echoResponse({ messageId: index + 1 })),
  ]);
  const { outcome, connections } = await verifyPeer(
    [...ASSOCIATED, ...exchanges.flat(), receive, send(RELEASE_RP), waitForEnd],
    { repeat },
  );
  assert.equal(outcome.failure, undefined);
  assert.deepEqual(outcome.echoes, { sent: repeat, succeeded: repeat });
  const expected = Array.from({ length: repeat }, (_, index) => {
    const request = P_DATA_ECHO_RQ.slice();
    request[68] = index + 1;
    return request;
  });
  assert.deepEqual(connections[0]?.pdus.slice(1, -1), expected);
});

/** A peer without a network that answers everything at once. */
class AnsweringTransport extends MemoryTransport {
  override write(bytes: Uint8Array): Promise<void> {
    switch (bytes[0]) {
      case 0x01:
        this.give(ASSOCIATE_AC);
        break;
      case 0x04: {
        const response = P_DATA_ECHO_RSP.slice();
        response.set(bytes.subarray(68, 70), 68);
        this.give(response);
        break;
      }
      case 0x05:
        this.give(RELEASE_RP);
        break;
    }
    return Promise.resolve();
  }
}

Deno.test("after message ID 65535 comes 0", async () => {
  const ids: number[] = [];
  const repeat = 65538;
  const transport: Transport = new AnsweringTransport();
  const { outcome } = await verifyHost({ repeat }, {
    connect: () => Promise.resolve(transport),
    observe: (event) => {
      if (event.kind === "echo-request") ids.push(event.messageId);
    },
  });
  assert.equal(outcome.failure, undefined);
  assert.deepEqual(outcome.echoes, { sent: repeat, succeeded: repeat });
  assert.deepEqual(ids.slice(0, 2), [1, 2]);
  assert.deepEqual(ids.slice(-5), [65534, 65535, 0, 1, 2]);
});

Deno.test("a status other than Success is counted, and the series goes on", async () => {
  const statuses = [0, 0x0122, 0, 0x0211];
  const exchanges = statuses.map((status, index): Script => [
    receive,
    send(echoResponse({ status, messageId: index + 1 })),
  ]);
  const { outcome, connections } = await verifyPeer(
    [...ASSOCIATED, ...exchanges.flat(), receive, send(RELEASE_RP), waitForEnd],
    { repeat: 4 },
  );
  assert.deepEqual(outcome.echoes, { sent: 4, succeeded: 2 });
  assert.deepEqual(outcome.failure?.cause, { kind: "status", status: 0x0122 });
  assert.equal(outcome.failure?.stage, "echo");
  assert.equal(sentTypes(connections), "01 04 04 04 04 05");
});

Deno.test("a failed exchange ends the series, and what was before still counts", async () => {
  const { outcome, connections } = await verifyPeer(
    [
      ...ASSOCIATED,
      receive,
      send(echoResponse()),
      receive,
      send(echoResponse()),
      waitForEnd,
    ],
    { repeat: 3 },
  );
  assert.deepEqual(outcome.failure?.cause, { kind: "bad-message" });
  assert.deepEqual(outcome.echoes, { sent: 2, succeeded: 1 });
  assert.equal(sentTypes(connections), "01 04 04 07");
});

Deno.test("the first accepted context is used", async () => {
  const { outcome, connections } = await verifyPeer(
    [
      receive,
      send(associateAccept({
        contexts: [{ id: 1, result: 3 }, { id: 3 }, { id: 5 }],
      })),
      receive,
      send(echoResponse({}, 3)),
      receive,
      send(RELEASE_RP),
      waitForEnd,
    ],
    { presentationContextCount: 3 },
  );
  assert.equal(outcome.failure, undefined);
  assert.equal(connections[0]?.pdus[1]?.[10], 3);
});

Deno.test("a request is cut to the peer's maximum length", async () => {
  const { outcome, connections } = await verifyPeer([
    receive,
    send(associateAccept({ maximumLength: 40 })),
    receiveMessage,
    send(echoResponse()),
    receive,
    send(RELEASE_RP),
    waitForEnd,
  ]);
  assert.equal(outcome.failure, undefined);
  const data = connections[0]?.pdus.filter(([type]) => type === 0x04) ?? [];
  assert.ok(data.length > 1);
  assert.ok(data.every((pdu) => pdu.byteLength - 6 <= 40));
});

Deno.test("requests to release that cross are no failure", async () => {
  const { outcome, connections } = await verifyPeer([
    ...ASSOCIATED,
    receive,
    send(echoResponse()),
    receive,
    send(RELEASE_RQ),
    receive,
    send(RELEASE_RP),
    waitForEnd,
  ]);
  assert.equal(outcome.failure, undefined);
  assert.equal(sentTypes(connections), "01 04 05 06");
});

Deno.test("an odd maximum length is announced less one, and kept as asked in the event", async () => {
  const { events, connections } = await verifyPeer(WELL_BEHAVED, {
    maximumLength: 4097,
  });
  const [proposal] = events;
  assert.ok(proposal?.kind === "proposal");
  assert.equal(proposal.maximumLength, 4097);
  const request = connections[0]?.pdus[0] ?? new Uint8Array(0);
  const text = Array.from(request, (byte) => String.fromCharCode(byte)).join(
    "",
  );
  assert.ok(text.includes("\x51\0\0\x04\0\0\x10\0"));
});

Deno.test("without a usable dictionary no echo is sent", async () => {
  const { outcome, connections } = await verifyPeer(
    [...ASSOCIATED, waitForEnd],
    {},
    { dictionaryFault: DATA_DICTIONARY_MISSING },
  );
  assert.deepEqual(outcome.failure, {
    stage: "echo",
    cause: { kind: "no-dictionary" },
    condition: { code: "0006:0213", text: "Data dictionary missing" },
  });
  assert.deepEqual(outcome.echoes, { sent: 0, succeeded: 0 });
  assert.equal(sentTypes(connections), "01 07");
});

Deno.test("verifications side by side do not disturb each other", async () => {
  const stop = new AbortController();
  const good = (): Promise<string> =>
    verifyPeer(WELL_BEHAVED).then(({ outcome }) => kindOf(outcome.failure));
  const failed = verifyPeer([
    receive,
    send(associateAccept({ contexts: [{ id: 1, result: 4 }] })),
    receive,
    send(RELEASE_RP),
    waitForEnd,
  ]);
  const interrupted = verifyPeer([...ASSOCIATED, receive, waitForEnd], {}, {
    signal: stop.signal,
    observe: ({ kind }) => {
      if (kind === "response-awaited") stop.abort();
    },
  });
  const results = await Promise.all([
    good(),
    failed.then(({ outcome }) => kindOf(outcome.failure)),
    good(),
    interrupted.then(({ outcome }) => kindOf(outcome.failure)),
    good(),
  ]);
  assert.deepEqual(results, [
    "verified",
    "no-accepted-context",
    "verified",
    "interrupted",
    "verified",
  ]);
});

function kindOf(
  failure: { readonly cause: { readonly kind: string } } | undefined,
): string {
  return failure?.cause.kind ?? "verified";
}
