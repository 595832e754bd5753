import assert from "node:assert/strict";
import {
  associateRequest,
  negotiate,
  type Proposal,
  sendLengths,
} from "../../lib/association/negotiation.ts";
import {
  IMPLEMENTATION_CLASS_UID,
  IMPLEMENTATION_VERSION_NAME,
} from "../../lib/base/product.ts";
import { encodePdu } from "../../lib/pdu/codec.ts";
import type {
  AssociateAccept,
  AssociateRequest,
  ContextResult,
  UserInformationItem,
} from "../../lib/pdu/types.ts";

const PLAIN: Proposal = {
  callingAeTitle: "ECHOSCU",
  calledAeTitle: "ANY-SCP",
  presentationContextCount: 1,
  transferSyntaxCount: 1,
  maximumLength: 16384,
};

/** The ends of the transfer syntaxes' UIDs, in the order of the manual. */
const PROPOSED = [
  ["1.2", "1.2.1", "1.2.2", "1.2.1.98"],
  Array.from({ length: 17 }, (_, index) => `1.2.4.${50 + index}`),
  ["1.2.4.70", "1.2.5", "1.2.1.99", "1.2.8.1", "1.2.4.80", "1.2.4.81"],
  ["1.2.4.90", "1.2.4.91", "1.2.4.92", "1.2.4.93"],
  Array.from({ length: 7 }, (_, index) => `1.2.4.${100 + index}`),
  ["1.2.4.107", "1.2.4.108"],
  Array.from({ length: 7 }, (_, index) => `1.2.4.${100 + index}.1`),
  ["1.2.4.201", "1.2.4.202", "1.2.4.203"],
  ["1.2.4.110", "1.2.4.111", "1.2.4.112"],
].flat().map((end) => `1.2.840.10008.${end}`);

function accept(
  presentationContexts: readonly ContextResult[],
  userInformation: readonly UserInformationItem[] = [],
): AssociateAccept {
  return {
    type: "A-ASSOCIATE-AC",
    protocolVersion: 1,
    calledAeTitle: "ANY-SCP",
    callingAeTitle: "ECHOSCU",
    applicationContext: "1.2.840.10008.3.1.1.1",
    presentationContexts,
    userInformation,
    unknownItems: [],
  };
}

function request(presentationContextCount: number): AssociateRequest {
  return associateRequest({ ...PLAIN, presentationContextCount });
}

Deno.test("a proposal of n transfer syntaxes is a prefix of the list, for 1 to 53", () => {
  assert.equal(PROPOSED.length, 53);
  for (let n = 1; n <= 53; n++) {
    const { presentationContexts } = associateRequest({
      ...PLAIN,
      transferSyntaxCount: n,
    });
    assert.deepEqual(presentationContexts, [{
      id: 1,
      abstractSyntax: "1.2.840.10008.1.1",
      transferSyntaxes: PROPOSED.slice(0, n),
    }]);
  }
});

Deno.test("1 to 128 presentation contexts have the IDs 1, 3, 5 … 255", () => {
  for (let n = 1; n <= 128; n++) {
    const { presentationContexts } = associateRequest({
      ...PLAIN,
      transferSyntaxCount: 2,
      presentationContextCount: n,
    });
    assert.equal(presentationContexts.length, n);
    for (const [index, context] of presentationContexts.entries()) {
      assert.deepEqual(context, {
        id: 1 + 2 * index,
        abstractSyntax: "1.2.840.10008.1.1",
        transferSyntaxes: PROPOSED.slice(0, 2),
      });
    }
  }
});

Deno.test("the largest proposal can be encoded", () => {
  const largest = associateRequest({
    ...PLAIN,
    transferSyntaxCount: 53,
    presentationContextCount: 128,
  });
  assert.ok(encodePdu(largest).byteLength > 128 * 53 * 17);
});

Deno.test("a request names protocol version 1, the DICOM application context and who we are", () => {
  const { presentationContexts: _, ...rest } = associateRequest({
    ...PLAIN,
    maximumLength: 4096,
  });
  assert.deepEqual(rest, {
    type: "A-ASSOCIATE-RQ",
    protocolVersion: 1,
    calledAeTitle: "ANY-SCP",
    callingAeTitle: "ECHOSCU",
    applicationContext: "1.2.840.10008.3.1.1.1",
    userInformation: [
      { item: "maximum-length", maximumLength: 4096 },
      { item: "implementation-class-uid", uid: IMPLEMENTATION_CLASS_UID },
      {
        item: "implementation-version-name",
        name: IMPLEMENTATION_VERSION_NAME,
      },
    ],
    unknownItems: [],
  });
});

Deno.test("titles are cut to 16 characters without a word", () => {
  const { calledAeTitle, callingAeTitle } = associateRequest({
    ...PLAIN,
    calledAeTitle: "0123456789ABCDEF",
    callingAeTitle: "0123456789ABCDEFG",
  });
  assert.equal(calledAeTitle, "0123456789ABCDEF");
  assert.equal(callingAeTitle, "0123456789ABCDEF");
});

Deno.test("every result of a context is kept, and the first accepted one is used", () => {
  const results = [1, 2, 3, 4, 5, 255, 0, 0];
  const { contexts, accepted } = negotiate(
    request(results.length),
    accept(results.map((result, index) => ({
      id: 1 + 2 * index,
      result,
      transferSyntax: "1.2.840.10008.1.2",
    }))),
  );
  assert.deepEqual(contexts.map(({ result }) => result), results);
  assert.deepEqual(contexts.map(({ id }) => id), [1, 3, 5, 7, 9, 11, 13, 15]);
  assert.equal(accepted?.id, 13);
  assert.equal(accepted, contexts[6]);
});

Deno.test("the transfer syntax of a context that is not accepted does not count", () => {
  const { contexts, accepted } = negotiate(
    request(2),
    accept([
      { id: 1, result: 4, transferSyntax: "1.2.840.10008.1.2.1" },
      { id: 3, result: 0, transferSyntax: "1.2.840.10008.1.2.2" },
    ]),
  );
  assert.equal(contexts[0]?.transferSyntax, "");
  assert.equal(accepted?.transferSyntax, "1.2.840.10008.1.2.2");
});

Deno.test("a context that the answer leaves out has no result and is not accepted", () => {
  const { contexts, accepted } = negotiate(
    request(2),
    accept([{ id: 3, result: 3, transferSyntax: "" }]),
  );
  assert.deepEqual(contexts.map(({ result }) => result), [undefined, 3]);
  assert.equal(accepted, undefined);
});

Deno.test("contexts that were not proposed are of no account", () => {
  const { contexts, accepted } = negotiate(
    request(1),
    accept([
      { id: 2, result: 0, transferSyntax: "1.2.840.10008.1.2" },
      { id: 3, result: 0, transferSyntax: "1.2.840.10008.1.2" },
    ]),
  );
  assert.equal(contexts.length, 1);
  assert.equal(accepted, undefined);
});

Deno.test("results are found by ID, in whatever order they come", () => {
  const { accepted, contexts } = negotiate(
    request(3),
    accept([
      { id: 5, result: 0, transferSyntax: "1.2.840.10008.1.2.1" },
      { id: 3, result: 0, transferSyntax: "1.2.840.10008.1.2" },
      { id: 1, result: 1, transferSyntax: "" },
    ]),
  );
  assert.equal(accepted?.id, 3);
  assert.equal(contexts[2]?.transferSyntax, "1.2.840.10008.1.2.1");
});

Deno.test("of several results for one context the last counts", () => {
  const { accepted, contexts } = negotiate(
    request(2),
    accept([
      { id: 1, result: 0, transferSyntax: "1.2.840.10008.1.2" },
      { id: 3, result: 0, transferSyntax: "1.2.840.10008.1.2.1" },
      { id: 1, result: 3, transferSyntax: "" },
    ]),
  );
  assert.equal(contexts[0]?.result, 3);
  assert.equal(accepted?.id, 3);
});

Deno.test("what the peer says of itself is kept, and nothing is made up", () => {
  const told = negotiate(
    request(1),
    accept([], [
      { item: "implementation-version-name", name: "PEER_1" },
      { item: "maximum-length", maximumLength: 32768 },
      { item: "implementation-class-uid", uid: "1.2.3" },
    ]),
  );
  assert.equal(told.peerMaximumLength, 32768);
  assert.equal(told.maximumSendPdv, 32756);
  assert.equal(told.peerImplementationClassUid, "1.2.3");
  assert.equal(told.peerImplementationVersionName, "PEER_1");

  const silent = negotiate(request(1), accept([]));
  assert.equal(silent.peerMaximumLength, 0);
  assert.equal(silent.maximumSendPdv, 131060);
  assert.equal(silent.peerImplementationClassUid, "");
  assert.equal(silent.peerImplementationVersionName, "");
});

/**
 * Peer's maximum length; the length that the reference prints; the longest
 * fragment, undefined where the reference sends none; the warnings.
 */
const SEND_LENGTHS: readonly (
  readonly [number, number, number | undefined, readonly string[]]
)[] = [
  [0, 131060, 131060, []],
  [1, 4084, undefined, ["odd 1", "unusable -12"]],
  [2, 4084, undefined, ["unusable -10"]],
  [5, 4084, undefined, ["odd 5", "unusable -8"]],
  [7, 4084, undefined, ["odd 7", "unusable -6"]],
  [8, 4084, undefined, ["unusable -4"]],
  [11, 4084, undefined, ["odd 11", "unusable -2"]],
  [12, 4084, undefined, ["unusable 0"]],
  [13, 4084, undefined, ["odd 13", "unusable 0"]],
  [14, 4084, 8, ["too-small"]],
  [15, 4084, 8, ["odd 15", "too-small"]],
  [23, 4084, 16, ["odd 23", "too-small"]],
  [24, 12, 12, []],
  [4096, 4084, 4084, []],
  [16383, 16370, 16370, ["odd 16383"]],
  [16384, 16372, 16372, []],
  [131071, 131058, 131058, ["odd 131071"]],
  [131072, 131060, 131060, []],
  [131073, 131060, 131060, []],
  [2 ** 32 - 1, 131060, 131060, []],
];

for (const [peer, maximumSendPdv, fragmentLength, warnings] of SEND_LENGTHS) {
  Deno.test(`a peer's maximum length of ${peer} gives PDVs of ${fragmentLength ?? "no length"}`, () => {
    const lengths = sendLengths(peer);
    assert.equal(lengths.maximumSendPdv, maximumSendPdv);
    assert.equal(lengths.fragmentLength, fragmentLength);
    assert.deepEqual(
      lengths.adjustments.map((one) =>
        "length" in one ? `${one.kind} ${one.length}` : one.kind
      ),
      warnings,
    );
  });
}

Deno.test("fragments are even, and keep the peer's maximum", () => {
  for (let peer = 14; peer < 5000; peer++) {
    const { fragmentLength = 0 } = sendLengths(peer);
    assert.equal(fragmentLength % 2, 0, String(peer));
    assert.ok(fragmentLength >= 8, String(peer));
    assert.ok(fragmentLength + 6 <= peer, String(peer));
  }
});
