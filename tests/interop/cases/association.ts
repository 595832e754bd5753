/** Answers to the association request: rejection, abort, and worse. */

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
  pduOfLength,
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
import { type Deviation, showing, transition } from "../deviation.ts";
import {
  ABORT_ON_THE_WIRE,
  PEER_PROTOCOL,
  UNEXPECTED_PDU,
} from "../deviations.ts";
import { answer } from "./scripts.ts";

/** Every result, source and reason of PS3.8 Table 9-21. */
const REASONS: readonly (readonly [number, number, number])[] = [
  [1, 1, 1],
  [1, 1, 2],
  [1, 1, 3],
  [1, 1, 7],
  [1, 2, 1],
  [1, 2, 2],
  [2, 3, 1],
  [2, 3, 2],
  [2, 1, 1],
  [2, 1, 7],
];

/** What the table has not, or reserves. */
const RESERVED: readonly (readonly [number, number, number])[] = [
  [0, 1, 1],
  [3, 1, 1],
  [1, 0, 1],
  [1, 4, 1],
  [1, 1, 0],
  [1, 1, 4],
  [1, 1, 10],
  [1, 2, 0],
  [1, 2, 3],
  [2, 3, 0],
  [2, 3, 7],
  [255, 255, 255],
  [0, 0, 0],
];

function rejected(
  [result, source, reason]: readonly [number, number, number],
  options: readonly string[],
): Case {
  return withPeer(
    `A-ASSOCIATE-RJ ${result}, ${source}, ${reason} ${options.join(" ")}`,
    options,
    answer(associateReject(result, source, reason)),
  );
}

export const REJECTED: readonly Case[] = [
  ...REASONS.map((reason) => rejected(reason, ["-v"])),
  ...RESERVED.map((reason) => rejected(reason, ["-v"])),
  rejected([1, 1, 7], ["-q"]),
  rejected([1, 1, 7], []),
  rejected([1, 1, 3], ["-d"]),
  rejected([2, 3, 1], ["-ll", "trace"]),
  rejected([1, 4, 9], []),
  withPeer("A-ASSOCIATE-RJ with more than it needs", ["-v"], [
    receive,
    send(pdu(0x03, "00010107", "deadbeef")),
    waitForEnd,
  ]),
  withPeer("A-ASSOCIATE-RJ and close", ["-v"], [
    receive,
    send(associateReject(1, 1, 7)),
    close,
  ]),
];

/** Aborted or cut off before there is an association. */
export const NOT_ANSWERED: readonly Case[] = [
  ...[[0, 0], [2, 0], [2, 1], [2, 2], [2, 4], [2, 5], [2, 6], [1, 3], [9, 9]]
    .map(([source = 0, reason = 0]) =>
      withPeer(
        `A-ABORT ${source}, ${reason} instead of an answer`,
        ["-v"],
        answer(abort(source, reason)),
      )
    ),
  withPeer("A-ABORT instead of an answer -ll trace", [
    "-ll",
    "trace",
  ], answer(ABORT)),
  withPeer("A-ABORT before the request", ["-v"], [
    send(ABORT),
    waitForEnd,
  ]),
  withPeer("closed at once", ["-v"], [close]),
  withPeer("closed without an answer", ["-v"], [receive, close]),
  withPeer("closed without an answer -ll trace", ["-ll", "trace"], [
    receive,
    close,
  ]),
  withPeer("half-closed without an answer", ["-v"], [
    receive,
    halfClose,
    waitForEnd,
  ]),
  withPeer("reset instead of an answer", ["-v"], [reset]),
  ...[1, 5, 6, 7, 73, 74, 189].map((length) =>
    withPeer(`A-ASSOCIATE-AC cut after ${length} bytes`, ["-v"], [
      receive,
      send(ASSOCIATE_AC.slice(0, length)),
      close,
    ])
  ),
];

function unexpected(name: string): { readonly deviation: Deviation } {
  return {
    deviation: showing(UNEXPECTED_PDU, {
      onlyReference: [/^F: No Acceptable Presentation Contexts$/],
      onlyOurs: [
        new RegExp(
          "^F: Association Request Failed: 0006:031f " +
            `Received unexpected PDU: ${name}$`,
        ),
      ],
    }),
  };
}

/** PDUs that are no answer to an association request. */
export const WRONG_ANSWER: readonly Case[] = [
  withPeer(
    "A-ASSOCIATE-RQ as an answer",
    ["-v"],
    answer(ASSOCIATE_RQ),
    unexpected("A-ASSOCIATE-RQ"),
  ),
  withPeer(
    "P-DATA-TF as an answer",
    ["-v"],
    answer(echoResponse()),
    unexpected("P-DATA-TF"),
  ),
  withPeer(
    "A-RELEASE-RQ as an answer",
    ["-v"],
    answer(RELEASE_RQ),
    unexpected("A-RELEASE-RQ"),
  ),
  withPeer(
    "A-RELEASE-RP as an answer",
    ["-v"],
    answer(RELEASE_RP),
    unexpected("A-RELEASE-RP"),
  ),
  ...[0x00, 0x08, 0x48, 0xff].map((type) =>
    withPeer(
      `PDU of type ${type} as an answer`,
      ["-v"],
      answer(pdu(type, "00000000")),
    )
  ),
  withPeer(
    "PDU of type 8 as an answer -ll trace",
    [
      "-ll",
      "trace",
    ],
    answer(pdu(8, "00000000")),
    {
      deviation: showing(ABORT_ON_THE_WIRE, {
        onlyOurs: [
          ...transition(
            5,
            18,
            "Unrecognized/invalid PDU",
            "AA 8 Unrecognized PDU Send Abort",
          ),
          ...ABORT_ON_THE_WIRE.onlyOurs ?? [],
        ],
      }),
    },
  ),
  withPeer(
    "an SSH server",
    ["-v"],
    [send(new TextEncoder().encode("SSH-2.0-OpenSSH_9.2\r\n")), waitForEnd],
    { deviation: PEER_PROTOCOL },
  ),
  withPeer("an HTTP server", ["-v"], [
    receive,
    send(new TextEncoder().encode("HTTP/1.1 400 Bad Request\r\n\r\n")),
    close,
  ], { deviation: PEER_PROTOCOL }),
  withPeer(
    "A-ASSOCIATE-AC of 2^32-1 bytes",
    ["-v"],
    answer(pduOfLength(0x02, 0xffffffff, "0001")),
  ),
  withPeer("A-ASSOCIATE-AC of 0 bytes", ["-v"], answer(pdu(0x02))),
];
