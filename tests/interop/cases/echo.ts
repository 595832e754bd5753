/** Wrong messages, and other PDUs, instead of the echo response. */

import {
  ABORT,
  ASSOCIATE_AC,
  ASSOCIATE_RQ,
  P_DATA_ECHO_RQ,
  RELEASE_RP,
  RELEASE_RQ,
} from "../../support/golden.ts";
import {
  abort,
  associateReject,
  COMMAND_LAST,
  commandSet,
  echoResponse,
  echoResponseCommand,
  type EchoResponseOptions,
  element,
  little,
  pData,
  pdu,
  pdv,
  text,
} from "../../support/pdus.ts";
import {
  close,
  halfClose,
  receive,
  reset,
  send,
  waitForEnd,
} from "../../support/scripted-peer.ts";
import { type Case, withPeer } from "../case.ts";
import { type Deviation, showing } from "../deviation.ts";
import {
  COMMAND_FIELD_FIRST,
  ODD_FRAGMENT,
  PEER_ABORTED,
  UNEXPECTED_PDU,
  WRONG_RESPONSE,
  wrongResponse,
} from "../deviations.ts";
import { accept, echo, echoAnswer, echoes, RELEASE } from "./scripts.ts";

const aborted = { deviation: PEER_ABORTED };

function unexpected(name: string): { readonly deviation: Deviation } {
  const cause = new RegExp(`^E: 0006:031f Received unexpected PDU: ${name}$`);
  return {
    deviation: showing(UNEXPECTED_PDU, {
      exitCode: 70,
      onlyReference: [
        /^E: 0000:0000 Normal$/,
        /^E: 0000:0000 Normal$/,
        /^F: Association Abort Failed: 0006:0303 /,
      ],
      onlyOurs: [cause, cause],
    }),
  };
}

const level = ["-ll", "trace"];

/** A C-ECHO-RSP that differs as `options` say; waits for the end. */
function wrong(
  name: string,
  options: EchoResponseOptions,
  args: readonly string[] = ["-v"],
): Case {
  return withPeer(name, args, echoAnswer(echoResponse(options)));
}

/** The same, where the reference takes it for a good one. */
function harmless(
  name: string,
  options: EchoResponseOptions,
  args: readonly string[] = ["-v"],
): Case {
  return withPeer(name, args, [...accept(), ...echo(options), ...RELEASE]);
}

export const WRONG_MESSAGE: readonly Case[] = [
  ...[0, 2, 65535].map((messageId) =>
    wrong(`answer to message ${messageId}`, { messageId })
  ),
  wrong("answer to message 2 -ll trace", { messageId: 2 }, ["-ll", "trace"]),
  wrong("answer to message 2 -q", { messageId: 2 }, ["-q"]),
  wrong("answer to message 2 --abort", { messageId: 2 }, ["-v", "--abort"]),
  ...[0x0001, 0x0020, 0x0030].map((commandField) =>
    withPeer(
      `command field ${commandField.toString(16).padStart(4, "0")}`,
      ["-v"],
      echoAnswer(echoResponse({ commandField })),
      {
        deviation: showing(COMMAND_FIELD_FIRST, {
          onlyReference: [
            /^E: Echo Failed: 0006:020b .*MessageID$/,
            /^E: Echo SCU Failed: 0006:020b .*MessageID$/,
          ],
          onlyOurs: [
            /^E: Echo Failed: 0006:0211 .*Command Field: 0x[0-9a-f]+$/,
            /^E: Echo SCU Failed: 0006:0211 .*Command Field: 0x[0-9a-f]+$/,
          ],
        }),
      },
    )
  ),
  ...[0x0fff, 0x1234, 0x8000, 0x8001, 0x8020, 0x8110]
    .map((commandField) =>
      wrong(`command field ${commandField.toString(16).padStart(4, "0")}`, {
        commandField,
      })
    ),
  ...[0x0100, 0x0120, 0x0800, 0x0900].map((number) =>
    wrong(`without element ${number.toString(16).padStart(4, "0")}`, {
      without: [number],
    })
  ),
  wrong("without status -ll trace", { without: [0x0900] }, ["-ll", "trace"]),
  ...[0x0000, 0x0001, 0x0102].map((dataSetType) =>
    wrong(`data set type ${dataSetType.toString(16).padStart(4, "0")}`, {
      dataSetType,
    })
  ),
  harmless("without element 0002", { without: [0x0002] }),
  withPeer("another SOP class", ["-v"], [
    ...accept(),
    ...echo({ sopClass: "1.2.840.10008.1.2\0" }),
    ...RELEASE,
  ], {
    deviation: wrongResponse(
      "0006:0211 DIMSE: Unexpected Response Affected SOP Class UID: .*",
    ),
  }),
  withPeer("the status twice", ["-v"], [
    ...accept(),
    ...echo({ more: [element(0x0900, "2201")] }),
    ...RELEASE,
  ], {
    deviation: wrongResponse(
      "0006:020b DIMSE: Command Parse Failed: element .* again at .*",
      [
        /^W: DcmItem: Element \(0000,0900\) found twice in one data set /,
        /^I: Received Echo Response \(Success\)$/,
        /^I: Releasing Association$/,
      ],
    ),
  }),
  withPeer("a response on another accepted context", ["-v", "-ppc", "2"], [
    ...accept({ contexts: [{ id: 1 }, { id: 3 }] }),
    receive,
    send(echoResponse({}, 3)),
    ...RELEASE,
  ], {
    deviation: showing(
      wrongResponse("0006:020d DIMSE Failed to receive message"),
      {
        exitCode: 70,
        onlyReference: [
          /^I: Received Echo Response \(Success\)$/,
          /^I: Releasing Association$/,
        ],
        onlyOurs: [
          /^E: Echo Failed: 0006:020d DIMSE Failed to receive message$/,
          /^E: 0006:0101 ASC Bad presentation context ID$/,
          /^E: Echo SCU Failed: 0006:020d DIMSE Failed to receive message$/,
          /^E: 0006:0101 ASC Bad presentation context ID$/,
          /^I: Aborting Association$/,
        ],
      },
    ),
  }),
  withPeer("two responses in one PDU", ["-v", "--abort"], [
    ...accept(),
    receive,
    send(pData(
      pdv(1, COMMAND_LAST, echoResponseCommand()),
      pdv(1, COMMAND_LAST, echoResponseCommand()),
    )),
    waitForEnd,
  ], {
    deviation: showing(WRONG_RESPONSE, {
      exitCode: 70,
      onlyReference: [/^I: Received Echo Response \(Success\)$/],
      onlyOurs: [
        /^E: Echo Failed: 0006:0211 .* after that to MsgId: 1$/,
        /^E: Echo SCU Failed: 0006:0211 .* after that to MsgId: 1$/,
      ],
    }),
  }),
  harmless("an unknown element more", {
    more: [element(0x5110, little(1, 2))],
  }),
  harmless("an error comment", {
    more: [element(0x0902, text("all is well "))],
  }),
  harmless("an error comment -ll trace", {
    more: [element(0x0902, text("all is well "))],
  }, ["-ll", "trace"]),
  withPeer(
    "an empty command set",
    ["-v"],
    echoAnswer(
      pData(pdv(1, COMMAND_LAST, new Uint8Array(0))),
    ),
  ),
  withPeer(
    "a command set with its group length only",
    ["-v"],
    echoAnswer(
      pData(pdv(1, COMMAND_LAST, commandSet())),
    ),
  ),
  withPeer(
    "a command set cut within an element",
    ["-v"],
    echoAnswer(
      pData(pdv(1, COMMAND_LAST, echoResponseCommand().slice(0, -1))),
    ),
    { deviation: ODD_FRAGMENT },
  ),
  withPeer(
    "a C-ECHO-RQ of the peer",
    ["-v"],
    echoAnswer(P_DATA_ECHO_RQ),
  ),
];

export const WRONG_PDU: readonly Case[] = [
  ...[[0, 0], [2, 0], [2, 1], [2, 2], [2, 4], [2, 5], [2, 6], [1, 3], [9, 9]]
    .map(([source = 0, reason = 0]) =>
      withPeer(
        `A-ABORT ${source}, ${reason} instead of a response`,
        ["-v"],
        echoAnswer(abort(source, reason)),
        aborted,
      )
    ),
  withPeer(
    "A-ABORT instead of a response, default level",
    [],
    echoAnswer(
      ABORT,
    ),
    aborted,
  ),
  withPeer(
    "A-ABORT instead of a response -ll trace",
    level,
    echoAnswer(
      ABORT,
    ),
    aborted,
  ),
  withPeer(
    "A-ABORT instead of a response -q",
    ["-q"],
    echoAnswer(
      ABORT,
    ),
    aborted,
  ),
  withPeer(
    "A-ABORT after the second of three responses",
    [
      "-v",
      "--repeat",
      "3",
    ],
    [...accept(), ...echoes(2), receive, send(ABORT), waitForEnd],
    aborted,
  ),
  withPeer("closed instead of a response", ["-v"], [
    ...accept(),
    receive,
    close,
  ], aborted),
  withPeer("half-closed instead of a response", ["-v"], [
    ...accept(),
    receive,
    halfClose,
    waitForEnd,
  ], aborted),
  withPeer("reset instead of a response", ["-v"], [
    ...accept(),
    reset,
  ], aborted),
  withPeer("response cut after 3 bytes", ["-v"], [
    ...accept(),
    receive,
    send(echoResponse().slice(0, 3)),
    close,
  ], aborted),
  ...[6, 12, 50].map((length) =>
    withPeer(`response cut after ${length} bytes`, ["-v"], [
      ...accept(),
      receive,
      send(echoResponse().slice(0, length)),
      close,
    ])
  ),
  withPeer("A-RELEASE-RQ instead of a response", ["-v"], [
    ...echoAnswer(RELEASE_RQ),
  ]),
  withPeer("A-RELEASE-RQ instead of a response -ll trace", level, [
    ...echoAnswer(RELEASE_RQ),
  ]),
  withPeer("A-RELEASE-RP instead of a response", ["-v"], [
    ...echoAnswer(RELEASE_RP),
  ], unexpected("A-RELEASE-RP")),
  withPeer("A-ASSOCIATE-RQ instead of a response", ["-v"], [
    ...echoAnswer(ASSOCIATE_RQ),
  ], unexpected("A-ASSOCIATE-RQ")),
  withPeer("A-ASSOCIATE-AC instead of a response", ["-v"], [
    ...echoAnswer(ASSOCIATE_AC),
  ], unexpected("A-ASSOCIATE-AC")),
  withPeer("A-ASSOCIATE-RJ instead of a response", ["-v"], [
    ...echoAnswer(associateReject(1, 1, 1)),
  ], unexpected("A-ASSOCIATE-RJ")),
  withPeer("PDU of type 9 instead of a response", ["-v"], [
    ...echoAnswer(pdu(9, "00000000")),
  ]),
];
