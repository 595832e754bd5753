/** Acceptances that are well-formed and contradict the request, or do not. */

import { type AcceptOptions, item, text } from "../support/pdus.ts";
import { waitForEnd } from "../support/scripted-peer.ts";
import {
  accepting,
  ALL_SENT,
  BAD_CONTEXT,
  ILLEGAL_PDU,
  notAssociated,
  notEchoed,
  RELEASED,
  THE_REST,
  VERIFIED,
} from "./expected.ts";
import { type HostileCase, testCases } from "./probe.ts";

const EXPLICIT = "1.2.840.10008.1.2.1";

/** Refused, with this reason of a provider's abort. */
function refused(
  rule: string,
  options: AcceptOptions,
  reason: number,
  ...told: [string, ...string[]]
): HostileCase {
  return {
    rule,
    script: [...accepting(options), waitForEnd],
    sent: `RQ ABORT(2,${reason})`,
    ...notAssociated(...told),
  };
}

/** Nothing that is to be tested. */
function passed(
  rule: string,
  options: AcceptOptions,
  settings: HostileCase["settings"] = {},
): HostileCase {
  const script = [...accepting(options), ...THE_REST];
  return { rule, script, settings, sent: ALL_SENT, ...VERIFIED };
}

const TWICE =
  "0006:0306 Illegal parameter: presentation context 1 is answered twice";

function unproposed(id: number): string {
  return `0006:0306 Illegal parameter: presentation context ${id} was not proposed`;
}

testCases([
  refused(
    "an even presentation context ID is invalid (PS3.8 9.3.3.2)",
    { contexts: [{ id: 2 }] },
    6,
    BAD_CONTEXT,
    unproposed(2),
  ),
  refused(
    "an even presentation context ID beside a good one is invalid " +
      "(PS3.8 9.3.3.2)",
    { contexts: [{ id: 1 }, { id: 2 }] },
    6,
    BAD_CONTEXT,
    unproposed(2),
  ),
  ...[0, 3, 255].map((id) =>
    refused(
      `presentation context ${id} that was not proposed is invalid ` +
        "(PS3.8 9.3.3.2)",
      { contexts: [{ id: 1 }, { id }] },
      6,
      BAD_CONTEXT,
      unproposed(id),
    )
  ),
  refused(
    "an unproposed presentation context is invalid, though rejected " +
      "(PS3.8 9.3.3.2)",
    { contexts: [{ id: 1 }, { id: 3, result: 3 }] },
    6,
    BAD_CONTEXT,
    unproposed(3),
  ),
  refused(
    "a presentation context has one result, not the same twice " +
      "(PS3.8 9.3.3.2)",
    { contexts: [{ id: 1 }, { id: 1 }] },
    5,
    BAD_CONTEXT,
    TWICE,
  ),
  refused(
    "a presentation context is not accepted and then rejected " +
      "(PS3.8 9.3.3.2)",
    { contexts: [{ id: 1 }, { id: 1, result: 3 }] },
    5,
    BAD_CONTEXT,
    TWICE,
  ),
  refused(
    "a presentation context is not rejected and then accepted " +
      "(PS3.8 9.3.3.2)",
    { contexts: [{ id: 1, result: 4 }, { id: 1 }] },
    5,
    BAD_CONTEXT,
    TWICE,
  ),
  ...[EXPLICIT, "1.2.3.4"].map((uid) =>
    refused(
      `the accepted transfer syntax is a proposed one, not ${uid} ` +
        "(PS3.8 9.3.3.2.2)",
      { contexts: [{ id: 1, transferSyntax: uid }] },
      6,
      `0006:0212 DIMSE Unsupported transfer syntax: ${uid}`,
      "0006:0306 Illegal parameter: it was not proposed for presentation " +
        "context 1",
    )
  ),
  refused(
    "the accepted transfer syntax is not empty (PS3.8 9.3.3.2.2)",
    { contexts: [{ id: 1, transferSyntax: "" }] },
    6,
    "0006:0212 DIMSE Unsupported transfer syntax: ",
    "0006:0306 Illegal parameter: it was not proposed for presentation " +
      "context 1",
  ),
  refused(
    "an accepted context names its transfer syntax (PS3.8 9.3.3.2)",
    { contexts: [{ id: 1, transferSyntax: null }] },
    6,
    "0006:0318 DUL Peer supplied illegal number of transfer syntaxes (0)",
  ),
  refused(
    "the application context is the one that was proposed (PS3.8 9.3.3.1)",
    { applicationContext: "1.2.3" },
    6,
    ILLEGAL_PDU,
    '0006:0306 Illegal parameter: application context name "1.2.3"',
  ),
  ...[0, 2, 0x8000].map((protocolVersion) =>
    refused(
      `protocol version ${protocolVersion} does not know version 1 ` +
        "(PS3.8 9.3.3)",
      { protocolVersion },
      6,
      ILLEGAL_PDU,
      "0006:0322 DUL Unsupported peer protocol " +
        `${protocolVersion.toString(16).padStart(4, "0")}; expected 0001` +
        " in parseAssociate",
    )
  ),
]);

testCases([
  passed("the titles of an acceptance are not to be tested (PS3.8 9.3.3)", {
    calledAeTitle: "SOMEBODY        ",
    callingAeTitle: "\0\xff ELSE         ",
  }),
  passed("of the protocol version only bit 0 counts (PS3.8 9.3.3)", {
    protocolVersion: 0xffff,
  }),
  passed("items of unknown type are passed over (PS3.8 9.3.1)", {
    extraItems: [item(0x00), item(0x99, "010203"), item(0xff)],
    userItems: [item(0x01), item(0xfe, text("\x1b[m"))],
  }),
  passed("the implementation's names may be missing (PS3.7 D.3.3.2)", {
    implementationClassUid: null,
    implementationVersionName: null,
  }),
  passed("user information that is missing is no contradiction (PS3.8 9.3.3)", {
    userInformation: false,
  }),
  passed("an application context that is missing is none (PS3.8 9.3.3.1)", {
    applicationContext: null,
  }),
  passed("a UID may be padded (PS3.5 9.1)", {
    applicationContext: "1.2.840.10008.3.1.1.1\0",
    contexts: [{ id: 1, transferSyntax: "1.2.840.10008.1.2\0" }],
  }),
  passed(
    "a context may be left without an answer if another one has it " +
      "(PS3.8 9.3.3.2)",
    { contexts: [{ id: 1 }] },
    { presentationContextCount: 2 },
  ),
  passed(
    "the transfer syntax of a rejected context is not to be tested " +
      "(PS3.8 9.3.3.2)",
    { contexts: [{ id: 1 }, { id: 3, result: 3, transferSyntax: "x" }] },
    { presentationContextCount: 2 },
  ),
  passed(
    "each proposed transfer syntax may be accepted (PS3.8 9.3.3.2.2)",
    { contexts: [{ id: 1, transferSyntax: EXPLICIT }] },
    { transferSyntaxCount: 2 },
  ),
  {
    rule: "without any accepted context the association is released " +
      "(PS3.8 9.2, AR-1)",
    script: [...accepting({ contexts: [] }), ...RELEASED],
    sent: "RQ RELEASE-RQ",
    lines: ["F: No Acceptable Presentation Contexts"],
    exit: 1,
  },
  {
    rule: "results beyond 0 to 4 accept nothing (PS3.8 Table 9-18)",
    script: [
      ...accepting({ contexts: [{ id: 1, result: 255 }] }),
      ...RELEASED,
    ],
    sent: "RQ RELEASE-RQ",
    lines: ["F: No Acceptable Presentation Contexts"],
    exit: 1,
  },
]);

function unusable(maximumLength: number): HostileCase {
  const even = maximumLength - maximumLength % 2;
  const failed = notEchoed(
    "0006:020e DIMSE Failed to send message",
    "0006:0308 DUL Cannot send P-DATA PDU because receiver's max PDU size " +
      `of ${maximumLength} is illegal (must be > 12)`,
  );
  return {
    rule: `a maximum length of ${maximumLength} leaves no room for data ` +
      "(PS3.8 D.1)",
    script: [...accepting({ maximumLength }), waitForEnd],
    sent: "RQ ABORT(0,0)",
    lines: [
      ...(even === maximumLength ? [] : [
        `W: ASSOC: PDV send length ${maximumLength} is odd (using ${even})`,
      ]),
      `W: ASSOC: PDV send length ${even - 12} (using default)`,
      ...failed.lines,
    ],
    exit: failed.exit,
  };
}

testCases([
  ...[1, 5, 7, 11, 12].map((length) => unusable(length)),
  passed("a maximum length of 0 is no maximum (PS3.8 D.1)", {
    maximumLength: 0,
  }),
  {
    rule: "a maximum length of 2^32-1 is one (PS3.8 D.1)",
    script: [...accepting({ maximumLength: 0xffffffff }), ...THE_REST],
    sent: ALL_SENT,
    ...VERIFIED,
  },
]);
