/** Command sets in one PDV and in many, in one segment and in many. */

import { RELEASE_RP } from "../../support/golden.ts";
import {
  associateAccept,
  COMMAND_LAST,
  COMMAND_MORE,
  DATA_LAST,
  DATA_MORE,
  echoResponse,
  echoResponseCommand,
  pData,
  pdu,
  pduOfLength,
  pdv,
} from "../../support/pdus.ts";
import {
  receive,
  type Script,
  send,
  sendPieces,
  waitForEnd,
} from "../../support/scripted-peer.ts";
import { type Case, withPeer } from "../case.ts";
import { showing } from "../deviation.ts";
import { ODD_FRAGMENT, WRONG_RESPONSE, wrongResponse } from "../deviations.ts";
import { accept, echoAnswer, RELEASE } from "./scripts.ts";

/** The response in fragments of `length` bytes, one PDU each. */
function fragments(length: number): readonly Uint8Array[] {
  return values(length).map((value) => pData(value));
}

/** The response in fragments of `length` bytes. */
function values(length: number): readonly Uint8Array[] {
  const command = echoResponseCommand();
  const cut: Uint8Array[] = [];
  for (let at = 0; at < command.length; at += length) {
    const last = at + length >= command.length;
    cut.push(
      pdv(
        1,
        last ? COMMAND_LAST : COMMAND_MORE,
        command.slice(at, at + length),
      ),
    );
  }
  return cut;
}

function answered(...steps: Script): Script {
  return [...accept(), receive, ...steps, ...RELEASE];
}

const level = ["-ll", "trace"];

export const FRAGMENTS: readonly Case[] = [
  withPeer(
    "PDV fragments in PDUs of their own",
    level,
    answered(
      send(...fragments(20)),
    ),
  ),
  withPeer(
    "PDV fragments of odd length",
    ["-v"],
    answered(
      send(...fragments(7)),
    ),
    { deviation: ODD_FRAGMENT },
  ),
  withPeer(
    "PDV fragments in one PDU",
    level,
    answered(
      send(pData(...values(30))),
    ),
  ),
  withPeer(
    "an empty last fragment",
    level,
    answered(send(
      pData(pdv(1, COMMAND_MORE, echoResponseCommand())),
      pData(pdv(1, COMMAND_LAST, new Uint8Array(0))),
    )),
  ),
  withPeer(
    "a response byte by byte",
    ["-v"],
    answered(
      sendPieces(echoResponse(), 1),
    ),
  ),
  withPeer(
    "a response in a slow second half",
    level,
    answered(
      sendPieces(echoResponse(), 45, 100),
    ),
  ),
  withPeer("association and response in one segment", ["-v"], [
    receive,
    send(associateAccept(), echoResponse()),
    receive,
    ...RELEASE,
  ], {
    deviation: wrongResponse(
      "0006:0211 DIMSE: Unexpected Response before request MsgId: 1",
    ),
  }),
  withPeer("response and release answer in one segment", ["-v"], [
    ...accept(),
    receive,
    send(echoResponse(), RELEASE_RP),
    receive,
    waitForEnd,
  ]),
  withPeer("two responses at once for two requests", [
    "-v",
    "--repeat",
    "2",
  ], [
    ...accept(),
    receive,
    send(echoResponse(), echoResponse({ messageId: 2 })),
    receive,
    ...RELEASE,
  ], {
    deviation: showing(WRONG_RESPONSE, {
      exitCode: 70,
      // Of the two responses there, the first goes in the comparison.
      onlyReference: [
        /^I: Received Echo Response \(Success\)$/,
        /^I: Sending Echo Request \(MsgID 2\)$/,
        /^I: Releasing Association$/,
      ],
      onlyOurs: [
        /^I: Sending Echo Request \(MsgID 2\)$/,
        /^E: Echo Failed: 0006:0211 .* before request MsgId: 2$/,
        /^E: Echo SCU Failed: 0006:0211 .* before request MsgId: 2$/,
        /^I: Aborting Association$/,
      ],
    }),
  }),
];

export const WRONG_PDV: readonly Case[] = [
  withPeer("response on context 3", ["-v"], echoAnswer(echoResponse({}, 3))),
  withPeer("response on context 2", ["-v"], echoAnswer(echoResponse({}, 2))),
  withPeer("response on context 0", ["-v"], echoAnswer(echoResponse({}, 0))),
  withPeer(
    "response on context 3 -ll trace",
    level,
    echoAnswer(
      echoResponse({}, 3),
    ),
  ),
  withPeer(
    "response as a data set",
    ["-v"],
    echoAnswer(
      pData(pdv(1, DATA_LAST, echoResponseCommand())),
    ),
  ),
  withPeer(
    "first fragment of a data set",
    ["-v"],
    echoAnswer(
      pData(pdv(1, DATA_MORE, echoResponseCommand())),
    ),
  ),
  withPeer(
    "fragments on different contexts",
    ["-v"],
    echoAnswer(
      pData(
        pdv(1, COMMAND_MORE, echoResponseCommand().slice(0, 20)),
        pdv(3, COMMAND_LAST, echoResponseCommand().slice(20)),
      ),
    ),
  ),
  withPeer(
    "command fragment, then a data set",
    ["-v"],
    echoAnswer(
      pData(
        pdv(1, COMMAND_MORE, echoResponseCommand().slice(0, 20)),
        pdv(1, DATA_LAST, echoResponseCommand().slice(20)),
      ),
    ),
  ),
  withPeer("P-DATA-TF without a PDV", ["-v"], echoAnswer(pdu(0x04))),
  withPeer(
    "PDV longer than its PDU",
    ["-v"],
    echoAnswer(
      pdu(0x04, "00000100 01 03 0000"),
    ),
  ),
  withPeer("PDV of length 0", ["-v"], echoAnswer(pdu(0x04, "00000000"))),
  withPeer("PDV of length 1", ["-v"], echoAnswer(pdu(0x04, "00000001 01"))),
  withPeer(
    "P-DATA-TF of 2^32-1 bytes",
    ["-v"],
    echoAnswer(
      pduOfLength(0x04, 0xffffffff, "0000"),
    ),
  ),
  withPeer(
    "PDU longer than announced",
    ["-v", "-pdu", "4096"],
    echoAnswer(
      pData(pdv(1, COMMAND_MORE, new Uint8Array(4200))),
    ),
  ),
];
