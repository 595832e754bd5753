/**
 * Where ours differs from the reference on purpose. This is the only list;
 * docs/deviations.md tells the same to people.
 */

import { CLOSED_AFTER_ABORT, type Deviation, showing } from "./deviation.ts";

export const OWN_WORDS: Deviation = {
  id: "own-words",
  reference: "prints its own help and version texts",
  ours: "prints ours, with our version and every option we have",
  reason: "the texts are not ours to copy, and the options are more",
  ownWords: true,
};

export const STATUS_NOT_SUCCESS: Deviation = {
  id: "status-not-success",
  reference: "exits 0, silent at the default level",
  ours: "exits 70, with an error line",
  reason: "a peer that answers with another status was not verified",
  exitCode: 70,
  onlyOurs: [/^E: Echo Failed: Unknown Status: 0x[0-9a-f]+$/],
};

export const PEER_ABORTED: Deviation = {
  id: "peer-aborted",
  reference: "exits 0",
  ours: "exits 70",
  reason: "a peer that aborts or closes before its answer was not verified",
  exitCode: 70,
};

export const RELEASE_COLLISION: Deviation = {
  id: "release-collision",
  reference: "fails when both sides request the release at once, exits 1",
  ours: "answers the peer's request, waits for its answer, exits 0",
  reason: "PS3.8 9.2 (AR-8, AR-9) provides for it; the echo had succeeded",
  exitCode: 0,
  onlyReference: [
    /^F: Association Release Failed: 0006:0319 DUL Peer Requested Release$/,
  ],
};

export const NO_CONTEXT_RELEASED: Deviation = {
  id: "no-context-released",
  reference: "drops the connection when no presentation context is accepted",
  ours: "releases the association first",
  reason: "the association stands, and the peer would log a network error",
};

export const ABORT_ON_THE_WIRE: Deviation = {
  id: "abort-on-the-wire",
  reference: "closes the connection without a word after some failures",
  ours: "sends an A-ABORT first",
  reason: "PS3.8 9.2 asks for it, and the peer learns why",
  onlyOurs: CLOSED_AFTER_ABORT,
};

export const UNEXPECTED_PDU: Deviation = {
  id: "unexpected-pdu",
  reference: "takes most PDUs that come at the wrong time for the right one, " +
    "or fails with the condition 'Normal'",
  ours: "fails, and names the PDU",
  reason: "a wrong answer is not an answer",
};

/** Lines with -v of a verification that goes well, from the acceptance on. */
const VERIFIED_LINES: readonly RegExp[] = [
  /^I: Association Accepted /,
  /^I: Sending Echo Request /,
  /^I: Received Echo Response \(Success\)$/,
  /^I: Releasing Association$/,
];

/** Lines with -v where the reference fails for its acceptance in the end. */
const FAILED_LINES: readonly RegExp[] = [
  /^I: Association Accepted /,
  /^I: Sending Echo Request /,
  /^E: Echo Failed: 0006:0(208|101|20d) /,
  /^E: Echo SCU Failed: 0006:0(208|101|20d) /,
  /^I: Aborting Association$/,
];

export const WRONG_ACCEPTANCE: Deviation = {
  id: "wrong-acceptance",
  reference: "takes an acceptance with presentation contexts, transfer " +
    "syntaxes or an application context that were not proposed, and fails, " +
    "if at all, when it needs them",
  ours: "aborts with source and reason, exits 1",
  reason: "PS3.8 9.3.3: it is no answer to the request",
  exitCode: 1,
};

/** How it shows with -v where the reference goes on as `goesOn` says. */
export function wrongAcceptance(
  goesOn: "verified" | "failed",
  ...conditions: readonly RegExp[]
): Deviation {
  return showing(WRONG_ACCEPTANCE, {
    onlyReference: goesOn === "verified" ? VERIFIED_LINES : FAILED_LINES,
    onlyOurs: conditions,
    exitCode: 1,
  });
}

export const WRONG_RESPONSE: Deviation = {
  id: "wrong-response",
  reference: "takes a response of another SOP class, on another context, " +
    "with an element twice, before its request or with more behind it",
  ours: "aborts, exits 70",
  reason: "PS3.7 9.3.5: it is no answer to the request",
  exitCode: 70,
};

/** How it shows with -v, by the condition that only ours has. */
export function wrongResponse(
  condition: string,
  onlyReference: readonly RegExp[] = VERIFIED_LINES.slice(2),
): Deviation {
  return showing(WRONG_RESPONSE, {
    onlyReference,
    onlyOurs: [
      new RegExp(`^E: Echo Failed: ${condition}$`),
      new RegExp(`^E: Echo SCU Failed: ${condition}$`),
      /^I: Aborting Association$/,
    ],
    exitCode: 70,
  });
}

export const PEER_PROTOCOL: Deviation = {
  id: "peer-protocol",
  reference: "shows the first byte of what is no DICOM",
  ours: "says in a second line what the peer speaks, where that is known",
  reason: "the wrong port is the most common mistake",
  onlyOurs: [/^F: 0006:0321 the peer speaks (HTTP|SSH), not DICOM: /],
};

export const COMMAND_FIELD_FIRST: Deviation = {
  id: "command-field-first",
  reference: "misses elements of whatever command comes",
  ours: "says that the command is not the one expected",
  reason: "elements of another command do not matter",
};

export const ODD_FRAGMENT: Deviation = {
  id: "odd-fragment",
  reference: "drops a fragment of odd length and misses the command in it",
  ours: "says that the length is odd",
  reason: "it names what is wrong",
  onlyReference: [
    /^E: Echo Failed: 0006:020b DIMSE_parseCmdObject: Missing CommandField$/,
    /^E: Echo SCU Failed: 0006:020b DIMSE_parseCmdObject: Missing CommandField$/,
  ],
  onlyOurs: [
    /^E: Echo Failed: 0006:020d DIMSE: Odd Fragment Length: \d+$/,
    /^E: Echo SCU Failed: 0006:020d DIMSE: Odd Fragment Length: \d+$/,
  ],
};

export const EMPTY_RELEASE_ANSWER: Deviation = {
  id: "empty-release-answer",
  reference: "takes an A-RELEASE-RP of any length",
  ours: "takes one of 4 bytes or more, as PS3.8 Table 9-25 has it",
  reason: "a PDU that is too short is ill-formed",
  exitCode: 1,
  onlyOurs: [
    /^F: Association Release Failed: 0006:0308 DUL Illegal PDU Length/,
  ],
};

export const TRANSFER_SYNTAX_ORDER: Deviation = {
  id: "transfer-syntax-order",
  reference: "proposes the 38 transfer syntaxes that it knows, in its order",
  ours: "proposes up to 53, in the order of current releases",
  reason: "the current releases have more, in an order of their own",
};

export const NEWER_OPTION: Deviation = {
  id: "newer-option",
  reference: "does not know the option",
  ours: "takes it",
  reason: "current releases have it, and so have scripts written for them",
};

export const IPV6_LITERAL: Deviation = {
  id: "ipv6-literal",
  reference: "takes a colon in the peer's name for the start of a port",
  ours: "takes IPv6 addresses, with and without brackets",
  reason: "peers have IPv6 addresses",
};

export const LONG_PEER: Deviation = {
  id: "long-peer",
  reference: "cuts the peer's name, or crashes on it",
  ours: "reports an unknown host",
  reason: "a crash is not an answer",
};

export const WHOLE_TIME_LIMIT: Deviation = {
  id: "whole-time-limit",
  reference: "starts the time limit again with every read",
  ours: "bounds the whole wait",
  reason: "a peer that sends a byte a second would hold the program for ever",
};

export const STALLED_PDU: Deviation = {
  id: "stalled-pdu",
  reference: "says that the network was closed when a PDU is not finished",
  ours: "says that reading took too long",
  reason: "the connection is open; the peer has stalled",
  onlyReference: [/0006:0310 DUL network closed$/],
  onlyOurs: [/0006:031a DUL network read timeout$/],
};

export const NAMES_THE_RIGHT_OPTION: Deviation = {
  id: "names-the-right-option",
  reference: "names another option than the one given (+pa without TLS)",
  ours: "names the one given",
  reason: "the message is there to be acted upon",
};

export const ESCAPED_TEXT: Deviation = {
  id: "escaped-text",
  reference: "prints what the peer sent, and half a UTF-8 character, as it is",
  ours: "prints control characters as \\x1b and the like, and always UTF-8",
  reason: "a peer must not control the terminal or forge log lines",
};

export const DEVIATIONS: readonly Deviation[] = [
  OWN_WORDS,
  STATUS_NOT_SUCCESS,
  PEER_ABORTED,
  RELEASE_COLLISION,
  NO_CONTEXT_RELEASED,
  ABORT_ON_THE_WIRE,
  UNEXPECTED_PDU,
  WRONG_ACCEPTANCE,
  WRONG_RESPONSE,
  PEER_PROTOCOL,
  COMMAND_FIELD_FIRST,
  ODD_FRAGMENT,
  EMPTY_RELEASE_ANSWER,
  TRANSFER_SYNTAX_ORDER,
  NEWER_OPTION,
  IPV6_LITERAL,
  LONG_PEER,
  WHOLE_TIME_LIMIT,
  STALLED_PDU,
  NAMES_THE_RIGHT_OPTION,
  ESCAPED_TEXT,
];
