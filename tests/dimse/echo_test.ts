import assert from "node:assert/strict";
import { formatCondition } from "../../lib/base/condition.ts";
import { decodeCommandSet } from "../../lib/dimse/command-set.ts";
import { type EchoAnswer, echoAnswer } from "../../lib/dimse/echo.ts";
import {
  echoResponseCommand,
  type EchoResponseOptions,
  element,
} from "../support/pdus.ts";

function answerTo(bytes: Uint8Array, messageId = 1): EchoAnswer {
  const message = { contextId: 1, ...decodeCommandSet(bytes) };
  return echoAnswer(message, { contextId: 1, messageId });
}

function answer(options: EchoResponseOptions, messageId = 1): EchoAnswer {
  return answerTo(echoResponseCommand(options), messageId);
}

/** Asserts that the answer is of no use, for this reason. */
function assertUnusable(
  actual: EchoAnswer,
  condition: string,
  announcesDataSet = false,
): void {
  assert.ok(actual.kind === "unusable", condition);
  assert.equal(formatCondition(actual.condition), condition);
  assert.equal(actual.announcesDataSet, announcesDataSet);
}

Deno.test("a response gives its status, whatever it is", () => {
  for (const status of [0, 1, 0x0122, 0x0210, 0xb000, 0xffff]) {
    assert.deepEqual(answer({ status }), { kind: "status", status });
  }
});

Deno.test("a response is matched with message IDs from 0 to 65535", () => {
  for (const messageId of [0, 1, 255, 256, 65535]) {
    assert.equal(answer({ messageId }, messageId).kind, "status");
  }
});

Deno.test("a response to another SOP class is unexpected", () => {
  assertUnusable(
    answer({ sopClass: "1.2\x1b[m\0" }),
    "0006:0211 DIMSE: Unexpected Response " +
      "Affected SOP Class UID: 1.2\\x1b[m",
  );
});

Deno.test("a response on another context is unexpected", () => {
  const message = { contextId: 3, ...decodeCommandSet(echoResponseCommand()) };
  assertUnusable(
    echoAnswer(message, { contextId: 1, messageId: 1 }),
    "0006:020d DIMSE Failed to receive message\n" +
      "0006:0101 ASC Bad presentation context ID",
  );
});

Deno.test("a response may leave its SOP class out, and have more elements", () => {
  assert.equal(answer({ without: [0x0002] }).kind, "status");
  assert.equal(answer({ sopClass: "" }).kind, "status");
  assert.equal(answer({ sopClass: "1.2.840.10008.1.1 " }).kind, "status");
  const more = [element(0x0902, '"odd text"')];
  assert.equal(answer({ more }).kind, "status");
});

Deno.test("a message without a command field is no message", () => {
  assertUnusable(
    answer({ without: [0x0100] }),
    "0006:020b DIMSE_parseCmdObject: Missing CommandField",
  );
  assertUnusable(
    answerTo(new Uint8Array(0)),
    "0006:020b DIMSE_parseCmdObject: Missing CommandField",
  );
});

Deno.test("a command field that nobody knows is shown", () => {
  assertUnusable(
    answer({ commandField: 0x1234 }),
    "0006:0201 DIMSE_parseCmdObject: Invalid Command Message: 0x1234",
  );
});

Deno.test("another known command field is an unexpected response", () => {
  for (const commandField of [0x8020, 0x0030, 0x8001, 0x0fff, 0x8150]) {
    assertUnusable(
      answer({ commandField }),
      "0006:0211 DIMSE: Unexpected Response Command Field: " +
        `0x${commandField.toString(16)}`,
    );
  }
});

for (
  const [without, name] of [
    [0x0120, "(0000,0120) MessageIDBeingRespondedTo"],
    [0x0800, "(0000,0800) CommandDataSetType"],
    [0x0900, "(0000,0900) Status"],
  ] as const
) {
  Deno.test(`a response without ${name} cannot be parsed`, () => {
    assertUnusable(
      answer({ without: [without] }),
      `0006:020b DIMSE: Command Parse Failed: Element: ${name}`,
    );
  });
}

Deno.test("a response that announces a data set is badly formed", () => {
  for (const dataSetType of [0, 1, 0x0100, 0x0102, 0xffff]) {
    assertUnusable(
      answer({ dataSetType }),
      "0006:0203 DIMSE Badly formed message",
      true,
    );
  }
});

Deno.test("a response to another message is unexpected", () => {
  assertUnusable(
    answer({ messageId: 2 }),
    "0006:0211 DIMSE: Unexpected Response MsgId: 2 (expected: 1)",
  );
});

Deno.test("bytes that cannot be read make even a complete response unusable", () => {
  const bytes = Uint8Array.of(...echoResponseCommand(), 0, 0);
  assertUnusable(
    answerTo(bytes),
    "0006:020b DIMSE: Command Parse Failed: " +
      "element number at offset 80: 2 bytes wanted, 0 left",
  );
});

Deno.test("what is missing is told before what is wrong", () => {
  const wrong = { dataSetType: 0, messageId: 9 };
  assertUnusable(
    answer({ ...wrong, without: [0x0900] }),
    "0006:020b DIMSE: Command Parse Failed: Element: (0000,0900) Status",
  );
  assertUnusable(
    answer(wrong),
    "0006:0203 DIMSE Badly formed message",
    true,
  );
});
