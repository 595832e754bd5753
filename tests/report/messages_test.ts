import assert from "node:assert/strict";
import { negotiate, sendLengths } from "../../lib/association/negotiation.ts";
import type { LogMessage } from "../../lib/log/log.ts";
import { messages } from "../../lib/report/messages.ts";
import {
  type Action,
  EVENTS,
  NEXT_STATE,
} from "../../lib/association/states.ts";
import { traceTransition } from "../../lib/report/trace.ts";
import type { VerificationEvent } from "../../lib/verify/event.ts";
import { ACCEPT, REQUEST } from "../association/layers.ts";

const TITLES = { calling: "ECHOSCU", called: "ANY-SCP" };

/** "level logger: text", the logger without what all have in common. */
function shown(list: readonly LogMessage[]): string[] {
  return list.map(({ level, logger, text }) =>
    `${level} ${logger.replace(/^dcmtk\.(apps\.)?/, "")}: ${text}`
  );
}

function of(event: VerificationEvent): string[] {
  return shown(messages(event, TITLES));
}

function rejection(result: number, source: number, reason: number): string[] {
  return of({
    kind: "rejected",
    pdu: { type: "A-ASSOCIATE-RJ", result, source, reason },
  });
}

Deno.test("a rejection is one message of three lines", () => {
  assert.deepEqual(rejection(2, 3, 1), [
    "fatal echoscu: Association Rejected:\n" +
    "Result: Rejected Transient, " +
    "Source: Service Provider (Presentation Related)\n" +
    "Reason: Temporary Congestion",
  ]);
});

Deno.test("numbers that no table knows are told before a rejection", () => {
  assert.deepEqual(rejection(9, 1, 4), [
    "error dcmnet: Received invalid A-ASSOCIATE-RJ reject result 0x0009," +
    " using default.",
    "error dcmnet: Received invalid A-ASSOCIATE-RJ reject reason 0x0104," +
    " using default.",
    "fatal echoscu: Association Rejected:\n" +
    "Result: Rejected Permanent, Source: Service User\n" +
    "Reason: No Reason",
  ]);
});

function negotiated(peerMaximumLength: number): string[] {
  return of({
    kind: "negotiated",
    request: REQUEST,
    accept: ACCEPT,
    negotiated: {
      ...negotiate(REQUEST, ACCEPT),
      peerMaximumLength,
      ...sendLengths(peerMaximumLength),
    },
  });
}

Deno.test("what is odd about a peer's maximum length is warned of", () => {
  assert.deepEqual(negotiated(16384), []);
  assert.deepEqual(negotiated(16383), [
    "warn dcmnet: ASSOC: PDV send length 16383 is odd (using 16382)",
  ]);
  assert.deepEqual(negotiated(7), [
    "warn dcmnet: ASSOC: PDV send length 7 is odd (using 6)",
    "warn dcmnet: ASSOC: PDV send length -6 (using default)",
  ]);
  assert.deepEqual(negotiated(14), [
    "warn dcmnet: ASSOC: PDV send length too small," +
    " using DUL to split larger PDVs.",
  ]);
});

Deno.test("an odd maximum length of our own is warned of", () => {
  const proposal = { kind: "proposal", request: REQUEST } as const;
  assert.deepEqual(of({ ...proposal, maximumLength: 4096 }), []);
  assert.deepEqual(of({ ...proposal, maximumLength: 4097 }), [
    "warn dcmnet: ASSOC: PDV receive length 4097 is odd (using 4096)",
  ]);
});

Deno.test("an answer that is too long is told by its length", () => {
  assert.deepEqual(of({ kind: "accept-too-long", length: 1048577 }), [
    "error dcmnet: A-ASSOCIATE PDU too large: 1048577 bytes, refusing.",
  ]);
});

Deno.test("a data set that is announced is warned of before the failure", () => {
  const condition = { code: "0006:0203", text: "DIMSE Badly formed message" };
  assert.deepEqual(
    of({ kind: "echo-failed", condition, announcesDataSet: true }),
    [
      "warn dcmnet: DIMSE Warning: (ECHOSCU,ANY-SCP): " +
      "C-Echo RSP: DataSetType != NULL",
      "error echoscu: Echo Failed: 0006:0203 DIMSE Badly formed message",
      "error echoscu: Echo SCU Failed: 0006:0203 DIMSE Badly formed message",
      "info echoscu: Aborting Association",
    ],
  );
});

Deno.test("a condition with causes has a line for each", () => {
  const condition = {
    code: "0006:020d",
    text: "DIMSE Failed to receive message",
    cause: { code: "0006:0101", text: "ASC Bad presentation context ID" },
  };
  assert.deepEqual(
    of({ kind: "release-failed", condition }),
    [
      "fatal echoscu: Association Release Failed: " +
      "0006:020d DIMSE Failed to receive message\n" +
      "0006:0101 ASC Bad presentation context ID",
    ],
  );
});

Deno.test("an interruption says whether there was an association", () => {
  assert.deepEqual(of({ kind: "interrupted", standing: true }), [
    "fatal echoscu: Interrupted, Aborting Association",
  ]);
  assert.deepEqual(of({ kind: "interrupted", standing: false }), [
    "fatal echoscu: Interrupted",
  ]);
});

Deno.test("warnings about what came are told at once", () => {
  assert.deepEqual(
    of({
      kind: "pdu-received",
      name: "A-ASSOCIATE-AC",
      bytes: new Uint8Array(0),
      warnings: ["one", "two"],
    }),
    ["warn dcmnet: one", "warn dcmnet: two"],
  );
});

Deno.test("a step of the machine is one message of three lines, events from 0", () => {
  assert.deepEqual(
    shown([
      traceTransition({
        kind: "transition",
        state: "Sta6",
        event: "P-DATA-TF PDU",
        action: "DT-2",
      }),
    ]),
    [
      "trace dcmnet: DUL  FSM Table: State: 6 Event: 9\n" +
      "DUL  Event:  P-DATA-TF PDU (on transport)\n" +
      "DUL  Action: DT 2 Indicate P DATA PDU Received",
    ],
  );
});

Deno.test("every event and every action can be traced", () => {
  for (const [index, event] of EVENTS.entries()) {
    for (const action of Object.keys(NEXT_STATE) as Action[]) {
      const { text } = traceTransition({
        kind: "transition",
        state: "Sta13",
        event,
        action,
      });
      const [first, second = "", third = ""] = text.split("\n");
      assert.equal(first, `DUL  FSM Table: State: 13 Event: ${index}`);
      assert.match(second, /^DUL {2}Event: {2}\w/);
      const prefix = `DUL  Action: ${action.replace("-", " ")} `;
      assert.ok(third.startsWith(prefix), third);
    }
  }
});
