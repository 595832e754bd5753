/** Answers to the release request, and to the abort that takes its place. */

import {
  ABORT,
  ASSOCIATE_AC,
  ASSOCIATE_RQ,
  RELEASE_RP,
  RELEASE_RQ,
} from "../../support/golden.ts";
import {
  abort,
  associateReject,
  echoResponse,
  pdu,
} from "../../support/pdus.ts";
import {
  close,
  halfClose,
  receive,
  reset,
  send,
  sendPieces,
  waitForEnd,
} from "../../support/scripted-peer.ts";
import { type Case, withPeer } from "../case.ts";
import { abortedIn, type Deviation, showing } from "../deviation.ts";
import {
  ABORT_ON_THE_WIRE,
  EMPTY_RELEASE_ANSWER,
  RELEASE_COLLISION,
  UNEXPECTED_PDU,
} from "../deviations.ts";
import { accept, echo, releaseAnswer } from "./scripts.ts";

const associated = [...accept(), ...echo()];
const collision = { deviation: RELEASE_COLLISION };

function unexpected(name: string): { readonly deviation: Deviation } {
  return {
    deviation: showing(UNEXPECTED_PDU, {
      exitCode: 1,
      onlyOurs: [
        new RegExp(
          "^F: Association Release Failed: 0006:031f " +
            `Received unexpected PDU: ${name}$`,
        ),
      ],
    }),
  };
}

export const RELEASES: readonly Case[] = [
  ...[[0, 0], [2, 0], [2, 2], [2, 6]].map(([source = 0, reason = 0]) =>
    withPeer(
      `A-ABORT ${source}, ${reason} at the release`,
      ["-v"],
      releaseAnswer(abort(source, reason)),
    )
  ),
  withPeer("A-ABORT at the release -ll trace", [
    "-ll",
    "trace",
  ], releaseAnswer(ABORT)),
  withPeer("A-ABORT at the release -q", ["-q"], releaseAnswer(ABORT)),
  withPeer("closed at the release", ["-v"], [...associated, receive, close]),
  withPeer("closed right after the response", ["-v"], [...associated, close]),
  withPeer("half-closed at the release", ["-v"], [
    ...associated,
    receive,
    halfClose,
    waitForEnd,
  ]),
  withPeer("reset at the release", ["-v"], [...associated, reset]),
  withPeer("release answer, cut after 5 bytes", ["-v"], [
    ...associated,
    receive,
    send(RELEASE_RP.slice(0, 5)),
    close,
  ]),
  withPeer("release answer, cut after 8 bytes", ["-v"], [
    ...associated,
    receive,
    send(RELEASE_RP.slice(0, 8)),
    close,
  ]),
  withPeer("release answer byte by byte", ["-v"], [
    ...associated,
    receive,
    sendPieces(RELEASE_RP, 1),
    waitForEnd,
  ]),
  withPeer("release answer and close", ["-v"], [
    ...associated,
    receive,
    send(RELEASE_RP),
    close,
  ]),
  withPeer(
    "release answer with more than it needs",
    ["-v"],
    releaseAnswer(pdu(0x06, "0000000000000000")),
  ),
  withPeer(
    "release answer with nothing in it",
    ["-v"],
    releaseAnswer(pdu(0x06)),
    { deviation: EMPTY_RELEASE_ANSWER },
  ),
  withPeer(
    "P-DATA-TF at the release",
    ["-v"],
    releaseAnswer(echoResponse({ messageId: 2 })),
  ),
  withPeer("P-DATA-TF and release answer", ["-v"], [
    ...releaseAnswer(echoResponse({ messageId: 2 }), RELEASE_RP),
  ]),
  withPeer(
    "P-DATA-TF at the release -ll trace",
    [
      "-ll",
      "trace",
    ],
    releaseAnswer(echoResponse({ messageId: 2 })),
    {
      deviation: showing(ABORT_ON_THE_WIRE, { onlyOurs: abortedIn(7) }),
    },
  ),
  ...[0, 8, 255].map((type) =>
    withPeer(
      `PDU of type ${type} at the release`,
      ["-v"],
      releaseAnswer(pdu(type, "00000000")),
    )
  ),
  withPeer(
    "A-ASSOCIATE-RQ at the release",
    ["-v"],
    releaseAnswer(ASSOCIATE_RQ),
    unexpected("A-ASSOCIATE-RQ"),
  ),
  withPeer(
    "A-ASSOCIATE-AC at the release",
    ["-v"],
    releaseAnswer(ASSOCIATE_AC),
    unexpected("A-ASSOCIATE-AC"),
  ),
  withPeer(
    "A-ASSOCIATE-RJ at the release",
    ["-v"],
    releaseAnswer(associateReject(1, 1, 1)),
    unexpected("A-ASSOCIATE-RJ"),
  ),
];

/** Both sides ask for the release; PS3.8 9.2.3, states 9 and 11. */
export const COLLISIONS: readonly Case[] = [
  withPeer("release collision", ["-v"], [
    ...associated,
    receive,
    send(RELEASE_RQ),
    receive,
    send(RELEASE_RP),
    waitForEnd,
  ], collision),
  withPeer("release collision at the default level", [], [
    ...associated,
    receive,
    send(RELEASE_RQ),
    receive,
    send(RELEASE_RP),
    waitForEnd,
  ], collision),
  withPeer("release request with the response", ["-v"], [
    ...accept(),
    receive,
    send(echoResponse(), RELEASE_RQ),
    receive,
    receive,
    send(RELEASE_RP),
    waitForEnd,
  ], collision),
];

/** With --abort the peer's part is over: nothing it does matters. */
export const ABORTS: readonly Case[] = [
  withPeer("--abort", ["-v", "--abort"], [...associated, waitForEnd]),
  withPeer("--abort, closed by the peer", ["-v", "--abort"], [
    ...associated,
    close,
  ]),
  withPeer("--abort, aborted by the peer", ["-v", "--abort"], [
    ...associated,
    send(ABORT),
    waitForEnd,
  ]),
  withPeer("--abort -ll trace", ["-ll", "trace", "--abort"], [
    ...associated,
    waitForEnd,
  ]),
];
