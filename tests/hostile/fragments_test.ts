/** PDVs that cannot be, that do not fit together, and that never end. */

import {
  big,
  COMMAND_LAST,
  COMMAND_MORE,
  DATA_LAST,
  DATA_MORE,
  echoResponse,
  echoResponseCommand,
  pData,
  pdu,
  pdv,
} from "../support/pdus.ts";
import { send, sendPieces, waitForEnd } from "../support/scripted-peer.ts";
import {
  ALL_SENT,
  ASKED,
  badPdu,
  notEchoed,
  RECEIVE_FAILED,
  RELEASED,
  VERIFIED,
} from "./expected.ts";
import { type HostileCase, testCases } from "./probe.ts";

/** A P-DATA-TF that the upper layer refuses. */
function illFormed(
  rule: string,
  content: readonly (string | Uint8Array)[],
  condition: string,
): HostileCase {
  return {
    rule,
    script: [...ASKED, send(pdu(0x04, ...content)), waitForEnd],
    sent: "RQ DATA ABORT(2,6)",
    ...badPdu(condition),
  };
}

function sum(count: number): string {
  return `0006:0307 PDV lengths don't add up correctly: ${count} PDVs.` +
    " This probably indicates a malformed P-DATA PDU. PDU type is 04.";
}

function length(value: number): string {
  return `0006:0308 PDV with invalid length ${value} encountered.` +
    " This probably indicates a malformed P DATA PDU.";
}

const RESPONSE = echoResponseCommand();

testCases([
  illFormed(
    "a P-DATA-TF has one PDV or more (PS3.8 9.3.5)",
    [],
    "0006:0307 PDU without any PDVs encountered. In DT_2_IndicatePData." +
      "  This probably indicates a  malformed P DATA PDU.",
  ),
  ...[0, 1].map((value) =>
    illFormed(
      `a PDV of ${value} bytes has no room for its header (PS3.8 9.3.5.1)`,
      [big(value, 4), "0103"],
      length(value),
    )
  ),
  ...[RESPONSE.byteLength + 3, 0x7fffffff, 0xffffffff].map((value) =>
    illFormed(
      `a PDV of ${value} bytes overruns its PDU (PS3.8 9.3.5.1)`,
      [big(value, 4), "0103", RESPONSE],
      sum(1),
    )
  ),
  illFormed(
    "a PDV that is shorter than its PDU leaves no PDV (PS3.8 9.3.5.1)",
    [big(RESPONSE.byteLength, 4), "0103", RESPONSE],
    sum(1),
  ),
  illFormed(
    "what follows the last PDV is one as well (PS3.8 9.3.5)",
    [pdv(1, COMMAND_LAST, RESPONSE), "00"],
    sum(1),
  ),
]);

/** A message that we, as its user, cannot take. */
function refused(
  rule: string,
  pdus: readonly Uint8Array[],
  ...told: [string, ...string[]]
): HostileCase {
  return {
    rule,
    script: [...ASKED, send(...pdus), waitForEnd],
    sent: "RQ DATA ABORT(0,0)",
    ...notEchoed(...told),
  };
}

const HALF = 40;
const FIRST = RESPONSE.subarray(0, HALF);
const SECOND = RESPONSE.subarray(HALF);
const COMMAND_EXPECTED = "0006:020f DIMSE: Command PDV Expected";

function repeated(pduBytes: Uint8Array, count: number): Uint8Array[] {
  return Array.from({ length: count }, () => pduBytes);
}

testCases([
  refused(
    "a data set instead of a command set is none (PS3.8 E.2)",
    [pData(pdv(1, DATA_LAST, RESPONSE))],
    RECEIVE_FAILED,
    COMMAND_EXPECTED,
  ),
  refused(
    "a data set within a command set ends it (PS3.8 E.2)",
    [pData(pdv(1, COMMAND_MORE, FIRST), pdv(1, DATA_MORE, SECOND))],
    RECEIVE_FAILED,
    COMMAND_EXPECTED,
  ),
  refused(
    "all fragments of a message have one context (PS3.8 E.1)",
    [pData(pdv(1, COMMAND_MORE, FIRST), pdv(3, COMMAND_LAST, SECOND))],
    RECEIVE_FAILED,
    "0006:0206 DIMSE: Different PresIDs inside Command Set: 1 != 3",
  ),
  refused(
    "a fragment has an even length (PS3.8 E.1)",
    [pData(pdv(1, COMMAND_LAST, RESPONSE.subarray(1)))],
    "0006:020d DIMSE: Odd Fragment Length: 77",
  ),
  refused(
    "fragments that never end are too long: full ones (PS3.7 6.3.1)",
    repeated(pData(pdv(1, COMMAND_MORE, new Uint8Array(16_000))), 40),
    "0006:020b DIMSE: Command Parse Failed: " +
      "command set longer than 65536 bytes",
  ),
  refused(
    "fragments that never end are too long: empty ones (PS3.7 6.3.1)",
    repeated(
      pData(...repeated(pdv(1, COMMAND_MORE, new Uint8Array(0)), 600)),
      2,
    ),
    "0006:020b DIMSE: Command Parse Failed: " +
      "command set longer than 1024 fragments",
  ),
  {
    rule: "fragments that never end end with the time, not with each PDU " +
      "(PS3.8 9.2, AA-1)",
    script: [
      ...ASKED,
      sendPieces(
        Uint8Array.from(
          repeated(pData(pdv(1, COMMAND_MORE, new Uint8Array(2))), 10_000)
            .flatMap((bytes) => [...bytes]),
        ),
        14,
      ),
      waitForEnd,
    ],
    settings: { dimseTimeout: 0.3 },
    sent: null,
    ...notEchoed(
      "0006:0207 DIMSE No data available (timeout in non-blocking mode)",
    ),
  },
]);

testCases([
  {
    rule: "a command set may come in fragments of two bytes (PS3.8 E.1)",
    script: [
      ...ASKED,
      send(
        ...Array.from(
          { length: RESPONSE.byteLength / 2 },
          (_, index) =>
            pData(pdv(
              1,
              2 * index + 2 === RESPONSE.byteLength
                ? COMMAND_LAST
                : COMMAND_MORE,
              RESPONSE.subarray(2 * index, 2 * index + 2),
            )),
        ),
      ),
      ...RELEASED,
    ],
    sent: ALL_SENT,
    ...VERIFIED,
  },
  {
    rule: "a fragment may be empty (PS3.8 E.1)",
    script: [
      ...ASKED,
      send(pData(
        pdv(1, COMMAND_MORE, new Uint8Array(0)),
        pdv(1, COMMAND_LAST, RESPONSE),
      )),
      ...RELEASED,
    ],
    sent: ALL_SENT,
    ...VERIFIED,
  },
  {
    rule: "a good response is one (PS3.7 9.3.5.2)",
    script: [...ASKED, send(echoResponse()), ...RELEASED],
    sent: ALL_SENT,
    ...VERIFIED,
  },
]);
