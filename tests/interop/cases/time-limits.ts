/** Peers that say nothing, or too slowly, against every time limit. */

import { ASSOCIATE_AC } from "../../support/golden.ts";
import { associateAccept, echoResponse } from "../../support/pdus.ts";
import {
  receive,
  send,
  sendPieces,
  waitForEnd,
} from "../../support/scripted-peer.ts";
import { type Case, HOST, PORT, usage, withPeer } from "../case.ts";
import { abortedIn, showing, transition } from "../deviation.ts";
import {
  ABORT_ON_THE_WIRE,
  PEER_ABORTED,
  STALLED_PDU,
  WHOLE_TIME_LIMIT,
} from "../deviations.ts";
import { accept, echo, RELEASE } from "./scripts.ts";

function repeated(lines: readonly RegExp[] = []): readonly RegExp[] {
  return [...lines, ...lines];
}

/** Much longer than the time limit of a second in all, never between two. */
const SLOW = 700;

export const SILENT: readonly Case[] = [
  withPeer("silent -ta 1", ["-v", "-ta", "1"], [waitForEnd]),
  withPeer("silent -ta 1 -ll trace", ["-ll", "trace", "-ta", "1"], [
    waitForEnd,
  ], {
    deviation: showing(ABORT_ON_THE_WIRE, {
      onlyReference: transition(
        5,
        17,
        "ARTIM timer expired (rej/rel)",
        "AA 2 Close Transport (Read Timeout)",
      ),
      onlyOurs: abortedIn(5),
    }),
  }),
  withPeer("silent -ta 1 -q", ["-q", "-ta", "1"], [waitForEnd]),
  withPeer("silent -ta 2 -ts 1", ["-v", "-ta", "2", "-ts", "1"], [
    waitForEnd,
  ]),
  withPeer("silent after accepting -td 1", ["-v", "-td", "1"], [
    ...accept(),
    waitForEnd,
  ]),
  withPeer("silent after accepting -td 1 -ll trace", [
    "-ll",
    "trace",
    "-td",
    "1",
  ], [...accept(), waitForEnd]),
  withPeer("silent after accepting -ts 1", ["-v", "-ts", "1"], [
    ...accept(),
    waitForEnd,
  ], { deviation: PEER_ABORTED }),
  withPeer("silent after accepting -td 2 -ts 1", [
    "-v",
    "-td",
    "2",
    "-ts",
    "1",
  ], [...accept(), waitForEnd]),
  withPeer("silent at the second of two -td 1", [
    "-v",
    "--repeat",
    "2",
    "-td",
    "1",
  ], [...accept(), ...echo(), waitForEnd]),
  withPeer("silent at the release -ta 1", ["-v", "-ta", "1"], [
    ...accept(),
    ...echo(),
    waitForEnd,
  ]),
  withPeer("silent at the release -ta 2 -ts 1", [
    "-v",
    "-ta",
    "2",
    "-ts",
    "1",
  ], [...accept(), ...echo(), waitForEnd]),
  withPeer("silent within the header of the answer -ta 1", [
    "-v",
    "-ta",
    "1",
  ], [receive, send(ASSOCIATE_AC.slice(0, 3)), waitForEnd]),
  withPeer(
    "silent within the body of the answer -ts 1",
    [
      "-v",
      "-ts",
      "1",
    ],
    [receive, send(ASSOCIATE_AC.slice(0, 100)), waitForEnd],
    {
      deviation: STALLED_PDU,
    },
  ),
  withPeer("silent within the response -ts 1", ["-v", "-ts", "1"], [
    ...accept(),
    receive,
    send(echoResponse().slice(0, 20)),
    waitForEnd,
  ], {
    // As part of "Echo Failed" and of "Echo SCU Failed".
    deviation: showing(STALLED_PDU, {
      onlyReference: repeated(STALLED_PDU.onlyReference),
      onlyOurs: repeated(STALLED_PDU.onlyOurs),
    }),
  }),
];

export const UNREACHABLE: readonly Case[] = [
  ["-v"],
  ["-q"],
  ["-ll", "trace"],
].map((level) => usage([...level, "-to", "1", HOST, PORT], { peer: "full" }));

export const SLOWLY: readonly Case[] = [
  withPeer("an answer in slow pieces -ta 1", ["-v", "-ta", "1"], [
    receive,
    sendPieces(associateAccept(), 60, SLOW),
    ...echo(),
    ...RELEASE,
  ], {
    deviation: showing(WHOLE_TIME_LIMIT, {
      exitCode: 1,
      onlyReference: [
        /^I: Association Accepted /,
        /^I: Sending Echo Request /,
        /^I: Received Echo Response /,
        /^I: Releasing Association$/,
      ],
      onlyOurs: [/^F: Association Request Failed: 0006:031a /],
    }),
  }),
  withPeer("a response in slow pieces -td 1", ["-v", "-td", "1"], [
    ...accept(),
    receive,
    sendPieces(echoResponse(), 30, SLOW),
    ...RELEASE,
  ], {
    deviation: showing(WHOLE_TIME_LIMIT, {
      exitCode: 70,
      onlyReference: [
        /^I: Received Echo Response /,
        /^I: Releasing Association$/,
      ],
      onlyOurs: [
        /^E: Echo Failed: 0006:020d DIMSE Failed to receive message$/,
        /^E: 0006:020c DIMSE Read PDV failed$/,
        /^E: 0006:031a DUL network read timeout$/,
        /^E: Echo SCU Failed: 0006:020d DIMSE Failed to receive message$/,
        /^E: 0006:020c DIMSE Read PDV failed$/,
        /^E: 0006:031a DUL network read timeout$/,
        /^I: Aborting Association$/,
      ],
    }),
  }),
];
