import assert from "node:assert/strict";
import { MOST_ASSOCIATIONS } from "../../lib/probe/probe.ts";
import { SERVICES } from "../../lib/probe/services.ts";
import { startVerificationScp } from "../../lib/scp/server.ts";
import { item, pdu, text } from "../support/pdus.ts";
import { associateAccept, associateReject } from "../support/pdus.ts";
import { acceptedKeywords, answersFor, probe } from "./ask.ts";
import {
  ABORT,
  accepting,
  type Decide,
  type Proposed,
  startNegotiator,
} from "./negotiator.ts";

const VERIFICATION = "1.2.840.10008.1.1";
const CT = "1.2.840.10008.5.1.4.1.1.2";
const WORKLIST = "1.2.840.10008.5.1.4.31";

const anything = accepting(() => true);

Deno.test("a Verification SCP is found to be one, and nothing else", async () => {
  await using scp = startVerificationScp();
  const sent = new Set<string>();
  const result = await probe(scp.port, {
    host: {
      observe: (event) => {
        if (event.kind === "pdu-to-send") sent.add(event.name);
      },
    },
  });
  assert.deepEqual(acceptedKeywords(result), ["Verification"]);
  assert.equal(result.outcome.failure, undefined);
  assert.equal(answersFor(result, "CTImageStorage")["jpeg"], "refused");
  assert.deepEqual([...sent], ["A-ASSOCIATE-RQ", "A-RELEASE-RQ"]);
});

Deno.test("what does not fit into one association goes into more, each released", async () => {
  await using peer = startNegotiator(anything);
  const result = await probe(peer.port);
  assert.equal(peer.proposals.length, 4);
  assert.deepEqual(
    peer.types,
    [[1, 5], [1, 5], [1, 5], [1, 5]],
    "a request and a release each",
  );
  for (const contexts of peer.proposals) {
    assert.ok(contexts.length <= 128);
    assert.deepEqual(
      contexts.map(({ id }) => id),
      contexts.map((_, index) => 2 * index + 1),
    );
    assert.equal(contexts[0]?.abstractSyntax, VERIFICATION);
  }
  assert.equal(acceptedKeywords(result).length, SERVICES.length);
  assert.deepEqual(
    result.associations.map(({ contexts, accepted }) => contexts === accepted),
    [true, true, true, true],
  );
});

Deno.test("each association is made safe anew where TLS is asked for", async () => {
  await using peer = startNegotiator(anything);
  let secured = 0;
  const result = await probe(peer.port, {
    host: {
      secure: ({ transport }) => {
        secured++;
        return Promise.resolve(transport);
      },
    },
  });
  assert.equal(secured, 4);
  assert.deepEqual(
    result.outcome.stages.slice(0, 5).map(({ stage }) => stage),
    ["connect", "tls", "association", "release", "connect"],
  );
});

Deno.test("each family of transfer syntaxes has an answer of its own", async () => {
  const LOSSLESS = "1.2.840.10008.1.2.4.57";
  await using peer = startNegotiator((contexts) =>
    contexts.map((one): readonly [Proposed, number, string] =>
      one.abstractSyntax === CT && one.transferSyntaxes.includes(LOSSLESS)
        ? [one, 0, LOSSLESS]
        : [one, one.abstractSyntax === CT ? 4 : 3, ""]
    )
  );
  const result = await probe(peer.port);
  assert.deepEqual(acceptedKeywords(result), ["CTImageStorage"]);
  assert.deepEqual(answersFor(result, "CTImageStorage"), {
    "uncompressed": "refused",
    "jpeg": "refused",
    "jpeg-lossless": LOSSLESS,
    "jpeg-ls": "refused",
    "jpeg-2000": "refused",
    "htj2k": "refused",
    "rle": "refused",
  });
});

Deno.test("a context that the answer leaves out is unanswered", async () => {
  await using peer = startNegotiator((contexts) =>
    contexts.filter(({ abstractSyntax }) => abstractSyntax !== WORKLIST)
      .map((one) => [one, 0, one.transferSyntaxes[0] ?? ""])
  );
  const result = await probe(peer.port);
  assert.deepEqual(
    answersFor(result, "ModalityWorklistInformationModelFind"),
    { "uncompressed": "unanswered" },
  );
  assert.equal(acceptedKeywords(result).length, SERVICES.length - 1);
});

/** Aborts what has more contexts than it likes. */
function atMost(most: number): Decide {
  return (contexts) => contexts.length > most ? ABORT : anything(contexts);
}

for (const most of [100, 20]) {
  Deno.test(`a peer that aborts on more than ${most} contexts is asked for less at a time`, async () => {
    await using peer = startNegotiator(atMost(most));
    const result = await probe(peer.port);
    assert.equal(result.outcome.failure, undefined);
    assert.equal(acceptedKeywords(result).length, SERVICES.length);
    assert.ok(
      result.services.every(({ answers }) =>
        answers.every(({ verdict }) => verdict === "accepted")
      ),
    );
  });
}

Deno.test("a peer that takes two contexts at a time is not asked for ever", async () => {
  await using peer = startNegotiator(atMost(2));
  const result = await probe(peer.port);
  assert.ok(result.associations.length <= MOST_ASSOCIATIONS + 1);
  assert.equal(result.outcome.failure?.cause.kind, "abort");
  assert.ok(acceptedKeywords(result).includes("Verification"));
});

Deno.test("a service that a peer aborts on is told from those that it takes", async () => {
  await using peer = startNegotiator((contexts) =>
    contexts.some(({ abstractSyntax }) => abstractSyntax === WORKLIST)
      ? ABORT
      : anything(contexts)
  );
  const result = await probe(peer.port);
  assert.equal(result.outcome.failure, undefined);
  assert.deepEqual(
    answersFor(result, "ModalityWorklistInformationModelFind"),
    { "uncompressed": "not-endured" },
  );
  assert.equal(acceptedKeywords(result).length, SERVICES.length - 1);
});

Deno.test("a peer that aborts whatever comes is asked once more, for Verification alone", async () => {
  await using peer = startNegotiator(() => ABORT);
  const result = await probe(peer.port);
  assert.deepEqual(peer.proposals.map(({ length }) => length), [127, 1]);
  assert.deepEqual(result.outcome.failure?.cause, {
    kind: "abort",
    source: 0,
    reason: 0,
  });
  assert.equal(result.outcome.failure?.stage, "association");
  assert.deepEqual(answersFor(result, "Verification"), {
    "uncompressed": "not-asked",
  });
  assert.equal(result.identity, undefined);
});

Deno.test("an unknown AE title is a failure as in a verification", async () => {
  await using peer = startNegotiator(() => associateReject(1, 1, 7));
  const result = await probe(peer.port);
  assert.equal(peer.proposals.length, 1);
  const { failure } = result.outcome;
  assert.deepEqual(failure?.cause, {
    kind: "rejected",
    pdu: { type: "A-ASSOCIATE-RJ", result: 1, source: 1, reason: 7 },
  });
});

Deno.test("a peer that gives no reason is asked for less", async () => {
  await using peer = startNegotiator((contexts) =>
    contexts.length > 100 ? associateReject(1, 1, 1) : anything(contexts)
  );
  const result = await probe(peer.port);
  assert.equal(result.outcome.failure, undefined);
  assert.equal(acceptedKeywords(result).length, SERVICES.length);
});

Deno.test("a peer that is busy is not asked again", async () => {
  await using peer = startNegotiator(() => associateReject(2, 3, 1));
  const result = await probe(peer.port);
  assert.equal(peer.proposals.length, 1);
  assert.equal(result.outcome.failure?.cause.kind, "rejected");
});

Deno.test("a refused connection and a silent peer end the probe", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  const silent = await probe(port, { settings: { acseTimeout: 0.05 } });
  listener.close();
  assert.deepEqual(silent.outcome.failure?.cause, {
    kind: "timeout",
    midPdu: false,
  });
  assert.equal(silent.associations.length, 1);
  const refused = await probe(port);
  assert.deepEqual(refused.outcome.failure?.cause, {
    kind: "transport",
    fault: "refused",
  });
  assert.equal(refused.outcome.failure?.stage, "connect");
});

Deno.test("an interruption keeps what is known by then", async () => {
  const stop = new AbortController();
  await using peer = startNegotiator(anything);
  const result = await probe(peer.port, {
    host: {
      signal: stop.signal,
      observe: (event) => {
        if (event.kind === "negotiated") stop.abort();
      },
    },
  });
  assert.equal(result.outcome.failure?.cause.kind, "interrupted");
  assert.equal(result.associations.length, 1);
  assert.ok(acceptedKeywords(result).includes("Verification"));
});

Deno.test("a peer that does not answer a release is asked all the same, and it is told", async () => {
  let count = 0;
  await using peer = startNegotiator((contexts) => {
    if (count++ > 0) return anything(contexts);
    const contextItems = contexts.map(({ id, transferSyntaxes }) => ({
      id,
      transferSyntax: transferSyntaxes[0] ?? "",
    }));
    const RELEASE_AND_ABORT = [
      associateAccept({ contexts: contextItems }),
      ABORT,
    ];
    return Uint8Array.from(RELEASE_AND_ABORT.flatMap((one) => [...one]));
  });
  const result = await probe(peer.port);
  assert.equal(result.outcome.failure?.stage, "release");
  assert.equal(acceptedKeywords(result).length, SERVICES.length);
});

Deno.test("the identity of a peer is what its first acceptance says", async () => {
  await using peer = startNegotiator((contexts) =>
    associateAccept({
      contexts: contexts.map(({ id }) => ({ id, result: 3 })),
      maximumLength: 28672,
      calledAeTitle: "OTHER           ",
      implementationClassUid: "1.2.3",
      implementationVersionName: "TEST_1",
      userItems: [item(0x53, "00010002")],
    })
  );
  const { identity } = await probe(peer.port);
  assert.deepEqual(identity, {
    implementationClassUid: "1.2.3",
    implementationVersionName: "TEST_1",
    maximumLength: 28672,
    calledAeTitle: "OTHER",
    callingAeTitle: "ECHOSCU",
    otherItems: [{
      item: "asynchronous-operations-window",
      maximumInvoked: 1,
      maximumPerformed: 2,
    }],
  });
});

Deno.test("what is no answer to the proposal is a violation", async () => {
  await using peer = startNegotiator(() => pdu(0x02, text("rubbish")));
  const result = await probe(peer.port);
  assert.equal(result.outcome.failure?.cause.kind, "violation");
});
