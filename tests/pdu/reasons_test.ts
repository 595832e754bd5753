import assert from "node:assert/strict";
import {
  ABORT_REASON,
  ABORT_SOURCE,
  associateReject,
  CONTEXT_RESULT,
  contextResultText,
  describeAbort,
  describeRejection,
  REJECT_REASON,
  REJECT_RESULT,
  REJECT_SOURCE,
} from "../../lib/pdu/reasons.ts";

const USER = "Service User";
const ACSE = "Service Provider (ACSE Related)";
const PRESENTATION = "Service Provider (Presentation Related)";

/** PS3.8 Table 9-21: source, reason, and the reference's words for them. */
const REASONS: readonly (readonly [number, number, string, string])[] = [
  [1, 1, USER, "No Reason"],
  [1, 2, USER, "App Context Name Not Supported"],
  [1, 3, USER, "Calling AE Title Not Recognized"],
  [1, 7, USER, "Called AE Title Not Recognized"],
  [2, 1, ACSE, "No Reason"],
  [2, 2, ACSE, "Protocol Version Not Supported"],
  [3, 1, PRESENTATION, "Temporary Congestion"],
  [3, 2, PRESENTATION, "Local Limit Exceeded"],
];

Deno.test("every rejection of the standard has the reference's words", () => {
  for (const [source, reason, sourceText, reasonText] of REASONS) {
    for (const result of [1, 2]) {
      assert.deepEqual(describeRejection({ result, source, reason }), {
        result: result === 1 ? "Rejected Permanent" : "Rejected Transient",
        source: sourceText,
        reason: reasonText,
        warnings: [],
      });
    }
  }
});

Deno.test("every other reason is no reason, with a warning", () => {
  for (const source of [1, 2, 3]) {
    for (let reason = 0; reason <= 0xff; reason++) {
      if (REASONS.some(([s, r]) => s === source && r === reason)) continue;
      const { reason: text, warnings } = describeRejection({
        result: 1,
        source,
        reason,
      });
      const digits = reason.toString(16).padStart(2, "0");
      assert.equal(text, "No Reason");
      assert.deepEqual(warnings, [
        `Received invalid A-ASSOCIATE-RJ reject reason 0x0${source}${digits},` +
        " using default.",
      ]);
    }
  }
});

Deno.test("a wrong result and a wrong source are told, the source's reason too", () => {
  assert.deepEqual(describeRejection({ result: 0, source: 4, reason: 1 }), {
    result: "Rejected Permanent",
    source: USER,
    reason: "No Reason",
    warnings: [
      "Received invalid A-ASSOCIATE-RJ reject result 0x0000, using default.",
      "Received invalid A-ASSOCIATE-RJ reject source 0x0004, using default.",
      "Received invalid A-ASSOCIATE-RJ reject reason 0x0401, using default.",
    ],
  });
});

Deno.test("the constants of a rejection are those of the standard", () => {
  assert.deepEqual(Object.values(REJECT_RESULT), [1, 2]);
  const all = Object.entries(REJECT_REASON).flatMap(([source, reasons]) =>
    Object.values(reasons).map((reason) => [
      Object.entries(REJECT_SOURCE).find(([name]) => name === source)?.[1],
      reason,
    ])
  );
  assert.deepEqual(all, REASONS.map(([source, reason]) => [source, reason]));
});

Deno.test("a rejection is made from names", () => {
  assert.deepEqual(
    associateReject("transient", "serviceProviderAcse", "noReasonGiven"),
    { type: "A-ASSOCIATE-RJ", result: 2, source: 2, reason: 1 },
  );
  assert.deepEqual(
    associateReject("permanent", "serviceUser", "calledAeTitleNotRecognized"),
    { type: "A-ASSOCIATE-RJ", result: 1, source: 1, reason: 7 },
  );
});

Deno.test("every result of a presentation context has the reference's words", () => {
  const texts = Object.values(CONTEXT_RESULT).map(contextResultText);
  assert.deepEqual(Object.values(CONTEXT_RESULT), [0, 1, 2, 3, 4]);
  assert.deepEqual(texts, [
    "Accepted",
    "User Rejection",
    "No Reason",
    "Abstract Syntax Not Supported",
    "Transfer Syntaxes Not Supported",
  ]);
  assert.equal(contextResultText(5), "--Invalid Result/Reason--");
});

Deno.test("every abort of the standard has the standard's name", () => {
  assert.deepEqual(Object.values(ABORT_SOURCE), [0, 2]);
  assert.deepEqual(Object.values(ABORT_REASON), [0, 1, 2, 4, 5, 6]);
  assert.deepEqual(describeAbort({ source: 0, reason: 6 }), {
    source: "DICOM UL service-user",
    reason: undefined,
  });
  const reasons = Object.values(ABORT_REASON).map((reason) =>
    describeAbort({ source: 2, reason }).reason
  );
  assert.deepEqual(reasons, [
    "reason-not-specified",
    "unrecognized-PDU",
    "unexpected-PDU",
    "unrecognized-PDU-parameter",
    "unexpected-PDU-parameter",
    "invalid-PDU-parameter-value",
  ]);
  assert.deepEqual(describeAbort({ source: 1, reason: 3 }), {
    source: "reserved (1)",
    reason: "reserved (3)",
  });
});
