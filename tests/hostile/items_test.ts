/** Items of an acceptance whose lengths cannot be. */

import { associateAccept, big, item, pdu } from "../support/pdus.ts";
import { receive, send, waitForEnd } from "../support/scripted-peer.ts";
import { ILLEGAL_PDU, notAssociated } from "./expected.ts";
import { type HostileCase, testCases } from "./probe.ts";

/** An acceptance whose items have been put together by hand. */
function acceptWith(...items: readonly Uint8Array[]): Uint8Array {
  return pdu(0x02, associateAccept().slice(6), ...items);
}

function itemOfLength(type: number, length: number): Uint8Array {
  return Uint8Array.from([type, 0, length >> 8, length & 0xff, 0x31]);
}

const WORDS: Readonly<Record<number, string>> = {
  0x10: "subitem",
  0x50: "user info",
  0x99: "dummy item",
};

function overrun(
  type: number,
  length: number,
): Pick<HostileCase, "lines" | "exit"> {
  if (type === 0x21) {
    return notAssociated(
      ILLEGAL_PDU,
      "0006:0308 DUL Illegal presentation context. Got 5 bytes of data." +
        " The minimum allowed size is 8.",
    );
  }
  if (type === 0x10 && length > 64) {
    return notAssociated(
      ILLEGAL_PDU,
      `0006:0308 DUL illegal subitem length ${length}.` +
        " Maximum allowed size is 64.",
    );
  }
  return notAssociated(
    ILLEGAL_PDU,
    `0006:0308 DUL Illegal ${WORDS[type]}. Got 5 bytes of data with a length` +
      ` field of ${length} (data before length field is not included in` +
      " length field).",
  );
}

const ITEM_TYPES = [0x21, 0x10, 0x50, 0x99];

testCases([
  ...ITEM_TYPES.flatMap((type) =>
    [2, 0xffff].map((length): HostileCase => ({
      rule: `item ${big(type, 1)} of ${length} bytes overruns its PDU ` +
        "(PS3.8 9.3.1)",
      script: [
        receive,
        send(acceptWith(itemOfLength(type, length))),
        waitForEnd,
      ],
      sent: "RQ ABORT(2,6)",
      ...overrun(type, length),
    }))
  ),
]);

testCases([
  {
    rule: "a sub-item may not overrun its item (PS3.8 D.1)",
    script: [
      receive,
      send(acceptWith(item(0x50, itemOfLength(0x52, 20)))),
      waitForEnd,
    ],
    sent: "RQ ABORT(2,6)",
    ...notAssociated(
      ILLEGAL_PDU,
      "0006:0308 DUL Illegal subitem. Got 5 bytes of data with a length" +
        " field of 20 (data before length field is not included in length" +
        " field).",
    ),
  },
  {
    rule: "a PDU of fewer bytes than its fixed fields is ill-formed " +
      "(PS3.8 9.3.3)",
    script: [receive, send(pdu(0x02, new Uint8Array(67))), waitForEnd],
    sent: "RQ ABORT(2,6)",
    ...notAssociated(
      ILLEGAL_PDU,
      "0006:0308 DUL Illegal associate PDU. Got 67 bytes of data." +
        " The minimum allowed size is 68.",
    ),
  },
  {
    rule: "an A-ASSOCIATE-AC of no bytes is ill-formed (PS3.8 9.3.3)",
    script: [receive, send(pdu(0x02)), waitForEnd],
    sent: "RQ ABORT(2,6)",
    ...notAssociated(
      ILLEGAL_PDU,
      "0006:0308 DUL Illegal associate PDU. Got 0 bytes of data." +
        " The minimum allowed size is 68.",
    ),
  },
]);
