/** Answers to C-ECHO that are none, or that only look odd. */

import { bytes } from "../support/golden.ts";
import {
  COMMAND_LAST,
  commandSet,
  echoResponse,
  echoResponseCommand,
  type EchoResponseOptions,
  element,
  little,
  pData,
  pdv,
  text,
} from "../support/pdus.ts";
import { send, waitForEnd } from "../support/scripted-peer.ts";
import { ALL_SENT, ASKED, notEchoed, RELEASED, VERIFIED } from "./expected.ts";
import { type HostileCase, testCases } from "./probe.ts";

/** The association is aborted by us, its user. */
function refused(
  rule: string,
  response: Uint8Array,
  ...told: [string, ...string[]]
): HostileCase {
  return {
    rule,
    script: [...ASKED, send(response), waitForEnd],
    sent: "RQ DATA ABORT(0,0)",
    ...notEchoed(...told),
  };
}

function wrong(
  rule: string,
  options: EchoResponseOptions,
  ...told: [string, ...string[]]
): HostileCase {
  return refused(rule, echoResponse(options), ...told);
}

function passed(rule: string, response: Uint8Array): HostileCase {
  const script = [...ASKED, send(response), ...RELEASED];
  return { rule, script, sent: ALL_SENT, ...VERIFIED };
}

function command(...elements: readonly Uint8Array[]): Uint8Array {
  return pData(pdv(1, COMMAND_LAST, commandSet(...elements)));
}

const SOP_CLASS = element(0x0002, text("1.2.840.10008.1.1\0"));
const FIELD = element(0x0100, "3080");
const ANSWERED_ID = element(0x0120, "0100");
const NO_DATA = element(0x0800, "0101");
const STATUS = element(0x0900, "0000");
const GOOD = [SOP_CLASS, FIELD, ANSWERED_ID, NO_DATA, STATUS] as const;

const PARSE = "0006:020b DIMSE: Command Parse Failed:";
const UNEXPECTED = "0006:0211 DIMSE: Unexpected Response";

const ELEMENTS = [
  [0x0120, "MessageIDBeingRespondedTo"],
  [0x0800, "CommandDataSetType"],
  [0x0900, "Status"],
] as const;

function numberOf(one: Uint8Array): number {
  return new DataView(one.buffer).getUint16(2, true);
}

function hex(number: number): string {
  return number.toString(16).padStart(4, "0");
}

testCases([
  ...ELEMENTS.map(([number, name]) =>
    wrong(
      `a response has ${name} (PS3.7 Table 9.3-13)`,
      { without: [number] },
      `${PARSE} Element: (0000,${hex(number)}) ${name}`,
    )
  ),
  wrong(
    "a response has a command field (PS3.7 Table 9.3-13)",
    { without: [0x0100] },
    "0006:020b DIMSE_parseCmdObject: Missing CommandField",
  ),
  ...ELEMENTS.map(([number, name]) =>
    refused(
      `${name} has one value, not two (PS3.7 E.1)`,
      command(
        ...GOOD.map((one) =>
          numberOf(one) === number ? element(number, "0000 0000") : one
        ),
      ),
      `${PARSE} Element: (0000,${hex(number)}) ${name}`,
    )
  ),
  ...GOOD.map((again) =>
    refused(
      "an element comes once, not twice: " +
        `${hex(numberOf(again))} (PS3.5 7.1)`,
      command(...GOOD, again),
      `${PARSE} element (0000,${hex(numberOf(again))}) again at offset 78`,
    )
  ),
  refused(
    "a second status that contradicts the first is a second one (PS3.5 7.1)",
    command(...GOOD, element(0x0900, "2201")),
    `${PARSE} element (0000,0900) again at offset 78`,
  ),
  wrong(
    "a response is of the SOP class of its request (PS3.7 9.3.5.2)",
    { sopClass: "1.2.840.10008.1.2\0" },
    `${UNEXPECTED} Affected SOP Class UID: 1.2.840.10008.1.2`,
  ),
  wrong(
    "a UID is compared as a whole (PS3.5 9.1)",
    { sopClass: "1.2.840.10008.1.1.1\0" },
    `${UNEXPECTED} Affected SOP Class UID: 1.2.840.10008.1.1.1`,
  ),
  ...[0, 2, 256, 65535].map((messageId) =>
    wrong(
      `a response to message ${messageId} is none to message 1 ` +
        "(PS3.7 9.3.5.2)",
      { messageId },
      `${UNEXPECTED} MsgId: ${messageId} (expected: 1)`,
    )
  ),
  ...[0x0001, 0x0030, 0x8001, 0x8020].map((commandField) =>
    wrong(
      `command field ${hex(commandField)} is no C-ECHO-RSP (PS3.7 E.1)`,
      { commandField },
      `${UNEXPECTED} Command Field: 0x${commandField.toString(16)}`,
    )
  ),
  ...[0x0000, 0x1234, 0x8031, 0xffff].map((commandField) =>
    wrong(
      `command field ${hex(commandField)} is unknown (PS3.7 E.1)`,
      { commandField },
      "0006:0201 DIMSE_parseCmdObject: Invalid Command Message: 0x" +
        commandField.toString(16),
    )
  ),
  refused(
    "a command set is not empty (PS3.7 6.3.1)",
    pData(pdv(1, COMMAND_LAST, new Uint8Array(0))),
    "0006:020b DIMSE_parseCmdObject: Missing CommandField",
  ),
  refused(
    "a command set has nothing but group 0000 (PS3.7 6.3.1)",
    pData(pdv(
      1,
      COMMAND_LAST,
      Uint8Array.of(...echoResponseCommand(), ...bytes("0800 1600 00000000")),
    )),
    `${PARSE} group 0008 at offset 78`,
  ),
  ...[0xffffffff, 0xfffffffe, 4].map((length) =>
    refused(
      `an element of ${length} bytes overruns its command set (PS3.7 6.3.1)`,
      pData(pdv(
        1,
        COMMAND_LAST,
        Uint8Array.of(
          ...echoResponseCommand(),
          ...bytes("0000 0209", little(length, 4), "0000"),
        ),
      )),
      `${PARSE} value at offset 86: ${length} bytes wanted, 2 left`,
    )
  ),
  ...[0x0000, 0x0001, 0x0102, 0xffff].map((dataSetType): HostileCase => {
    const { lines, exit } = notEchoed("0006:0203 DIMSE Badly formed message");
    return {
      rule: `data set type ${hex(dataSetType)} announces a data set, which ` +
        "C-ECHO has not (PS3.7 9.3.5.2)",
      script: [...ASKED, send(echoResponse({ dataSetType })), waitForEnd],
      sent: "RQ DATA ABORT(0,0)",
      lines: [
        "W: DIMSE Warning: (ECHOSCU,ANY-SCP): C-Echo RSP: " +
        "DataSetType != NULL",
        ...lines,
      ],
      exit,
    };
  }),
  ...[0x0001, 0x0122, 0x0210, 0xb000, 0xff00, 0xffff].map((
    status,
  ): HostileCase => ({
    rule: `status ${hex(status)} is not Success (PS3.7 C)`,
    script: [...ASKED, send(echoResponse({ status })), ...RELEASED],
    sent: ALL_SENT,
    lines: [`E: Echo Failed: Unknown Status: 0x${status.toString(16)}`],
    exit: 70,
  })),
]);

testCases([
  passed(
    "the affected SOP class UID may be missing (PS3.7 Table 9.3-13)",
    echoResponse({ without: [0x0002] }),
  ),
  passed(
    "the affected SOP class UID may be empty (PS3.7 Table 9.3-13)",
    echoResponse({ sopClass: "" }),
  ),
  passed(
    "more elements are status detail (PS3.7 C)",
    echoResponse({
      more: [element(0x0902, text("all is well ")), element(0x0110, "0100")],
    }),
  ),
  passed(
    "the group length says nothing that the last fragment does not " +
      "(PS3.8 E.2)",
    pData(pdv(
      1,
      COMMAND_LAST,
      Uint8Array.of(
        ...element(0x0000, little(0xffffffff, 4)),
        ...GOOD.flatMap((one) => [...one]),
      ),
    )),
  ),
  passed(
    "elements out of order have one meaning all the same (PS3.7 6.3.1)",
    command(...GOOD.toReversed()),
  ),
  passed(
    "bits 2 to 7 of the message control header are not tested (PS3.8 E.2)",
    pData(pdv(1, 0xff, echoResponseCommand())),
  ),
]);
