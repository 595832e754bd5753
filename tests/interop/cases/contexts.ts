/** Acceptances: presentation contexts, user information, oddities. */

import { bytes } from "../../support/golden.ts";
import {
  type AcceptedContext,
  type AcceptOptions,
  associateAccept,
  big,
  item,
  pdu,
  text,
} from "../../support/pdus.ts";
import {
  receive,
  type Script,
  sendPieces,
} from "../../support/scripted-peer.ts";
import { type Case, withPeer } from "../case.ts";
import { showing, transition } from "../deviation.ts";
import { NO_CONTEXT_RELEASED, wrongAcceptance } from "../deviations.ts";
import { accept, answer, echo, RELEASE, verified } from "./scripts.ts";

/** Accepts as `options` say, and goes on if the other side does. */
function accepted(
  name: string,
  options: AcceptOptions,
  args: readonly string[] = ["-d"],
  more: Omit<Partial<Case>, "name" | "args" | "peer"> = {},
): Case {
  return withPeer(name, args, verified(options), more);
}

const IMPLICIT = "1.2.840.10008.1.2";
const EXPLICIT = "1.2.840.10008.1.2.1";

const ILLEGAL_PARAMETER = /^F: 0006:0306 Illegal parameter: /;

/** Context 1 is accepted with a transfer syntax that was not proposed. */
function unproposed(
  name: string,
  transferSyntax: string,
  reference: "verified" | "failed",
): Case {
  const twice = /^E: 0006:0212 DIMSE Unsupported transfer syntax: /;
  const deviation = wrongAcceptance(
    reference,
    /^F: Association Request Failed: 0006:0212 DIMSE Unsupported transfer /,
    ILLEGAL_PARAMETER,
  );
  return accepted(name, { contexts: [{ id: 1, transferSyntax }] }, ["-v"], {
    deviation: reference === "verified" ? deviation : {
      ...deviation,
      onlyReference: [...deviation.onlyReference ?? [], twice, twice],
    },
  });
}

/** The contexts of the answer contradict the request. */
function badContext(
  name: string,
  contexts: readonly AcceptedContext[],
  reference: "verified" | "failed",
): Case {
  return accepted(name, { contexts }, ["-v"], {
    deviation: wrongAcceptance(
      reference,
      /^F: Association Request Failed: 0006:0101 ASC Bad presentation /,
      ILLEGAL_PARAMETER,
    ),
  });
}

export const CONTEXTS: readonly Case[] = [
  ...[1, 2, 3, 4, 5, 200].map((result) =>
    accepted(`context result ${result}`, { contexts: [{ id: 1, result }] })
  ),
  accepted("context result 3 at the default level", {
    contexts: [{ id: 1, result: 3 }],
  }, []),
  withPeer("context result 3 -ll trace", ["-ll", "trace"], [
    ...accept({ contexts: [{ id: 1, result: 3 }] }),
    ...RELEASE,
  ], {
    deviation: showing(NO_CONTEXT_RELEASED, {
      onlyOurs: [
        ...transition(
          6,
          10,
          "A-RELEASE request primitive",
          "AR 1 Send Release RQ",
        ),
        /^T: Read PDU HEAD TCP: 06 00 00 00 00 04$/,
        /^T: Read PDU HEAD TCP: type: 06, length: 4 \(04\)$/,
        ...transition(
          7,
          12,
          "A-RELEASE-RP PDU (on transport)",
          "AR 3 Confirm Release",
        ),
      ],
    }),
  }),
  accepted("context rejected without a transfer syntax", {
    contexts: [{ id: 1, result: 3, transferSyntax: null }],
  }),
  accepted("context accepted without a transfer syntax", {
    contexts: [{ id: 1, transferSyntax: null }],
  }),
  unproposed("context accepted with an empty transfer syntax", "", "failed"),
  unproposed(
    "context accepted with a syntax that was not proposed",
    EXPLICIT,
    "verified",
  ),
  unproposed("context accepted with an unknown syntax", "1.2.3.4", "failed"),
  accepted("context accepted with a padded syntax", {
    contexts: [{ id: 1, transferSyntax: `${IMPLICIT}\0` }],
  }),
  accepted("no context in the answer", { contexts: [] }),
  badContext("another context in the answer", [{ id: 3 }], "failed"),
  badContext(
    "a context accepted, then rejected",
    [{ id: 1 }, { id: 1, result: 3 }],
    "failed",
  ),
  badContext(
    "a context rejected, then accepted",
    [{ id: 1, result: 3 }, { id: 1 }],
    "verified",
  ),
  badContext("an even context ID", [{ id: 1 }, { id: 2 }], "verified"),
  accepted("all of two contexts rejected differently", {
    contexts: [{ id: 1, result: 3 }, { id: 3, result: 4 }],
  }, ["-d", "-ppc", "2"]),
  accepted("the first of two contexts accepted", {
    contexts: [{ id: 1 }, { id: 3, result: 1 }],
  }, ["-d", "-ppc", "2"]),
  accepted("the answers in another order", {
    contexts: [{ id: 3, result: 2 }, { id: 1 }],
  }, ["-d", "-ppc", "2"]),
  accepted("a context left unanswered", { contexts: [{ id: 1 }] }, [
    "-d",
    "-ppc",
    "2",
  ]),
];

function maximum(value: number | null, args: readonly string[] = ["-v"]): Case {
  return accepted(`maximum length ${value} ${args.join(" ")}`, {
    maximumLength: value,
  }, args);
}

export const MAXIMUM_LENGTHS: readonly Case[] = [
  ...[0, 1, 5, 7, 11, 12, 13, 14, 19, 32, 128, 4096].map((value) =>
    maximum(value)
  ),
  ...[16383, 16384, 131071, 131072, 131073, 0x7fffffff, 0xffffffff].map(
    (value) => maximum(value),
  ),
  maximum(0, ["-d"]),
  maximum(0xffffffff, ["-d"]),
  maximum(null, ["-d"]),
  maximum(16383, []),
  maximum(7, ["-ll", "trace"]),
  maximum(20, ["-ll", "trace"]),
];

const VERIFICATION = "1.2.840.10008.1.1";

function role(scu: number, scp: number): Uint8Array {
  return item(
    0x54,
    big(VERIFICATION.length, 2),
    text(VERIFICATION),
    big(scu, 1),
    big(scp, 1),
  );
}

export const USER_INFORMATION: readonly Case[] = [
  ...[[0, 0], [0, 1], [1, 0], [1, 1]].map(([scu = 0, scp = 0]) =>
    accepted(`role selection ${scu}, ${scp}`, { userItems: [role(scu, scp)] })
  ),
  accepted("asynchronous operations window", {
    userItems: [item(0x53, "0001 0001")],
  }),
  accepted("extended negotiation", {
    userItems: [
      item(0x56, big(VERIFICATION.length, 2), text(VERIFICATION), "01 02"),
    ],
  }),
  accepted("user identity response", {
    userItems: [item(0x59, "0000")],
  }),
  accepted("unknown user item", { userItems: [item(0x6a, "010203")] }),
  accepted("unknown user item -ll trace", {
    userItems: [item(0x6a, "010203")],
  }, ["-ll", "trace"]),
  accepted("no implementation version name", {
    implementationVersionName: null,
  }),
  accepted("no implementation class UID", { implementationClassUid: null }),
  accepted("empty implementation names", {
    implementationClassUid: "",
    implementationVersionName: "",
  }),
  accepted("long implementation version name", {
    implementationVersionName: "A".repeat(40),
  }),
  accepted("padded implementation class UID", {
    implementationClassUid: "1.2.3\0",
  }),
  accepted("no user information", { userInformation: false }),
  accepted("user information twice", {
    extraItems: [item(0x50, item(0x51, "00008000"))],
  }),
];

export const ODDITIES: readonly Case[] = [
  accepted("protocol version 2", { protocolVersion: 2 }, ["-v"]),
  accepted("protocol version 3", { protocolVersion: 3 }, ["-ll", "trace"]),
  accepted("protocol version 0", { protocolVersion: 0 }, ["-v"]),
  accepted(
    "another application context",
    { applicationContext: "1.2.3" },
    ["-v"],
    {
      deviation: wrongAcceptance(
        "verified",
        /^F: Association Request Failed: 0006:0307 DUL Illegal or ill-formed/,
        ILLEGAL_PARAMETER,
      ),
    },
  ),
  accepted("no application context", { applicationContext: null }),
  accepted("unknown item", { extraItems: [item(0x70, "01020304")] }, ["-v"]),
  accepted("unknown item -ll trace", {
    extraItems: [item(0x70, "01020304")],
  }, ["-ll", "trace"]),
  accepted("other AE titles in the answer", {
    calledAeTitle: "SOMEONE         ",
    callingAeTitle: "ELSE            ",
  }),
  accepted("AE titles of zeros in the answer", {
    calledAeTitle: "\0".repeat(16),
    callingAeTitle: "\0".repeat(16),
  }),
  accepted("an answer of more than 512 bytes", {
    userItems: [item(0x6b, "ab".repeat(600))],
  }),
  accepted("an answer of exactly 512 bytes", {
    userItems: [item(0x6b, "00".repeat(512 - 171 - 4))],
  }),
  withPeer("an answer in pieces of 7 bytes", ["-d"], [
    receive,
    sendPieces(associateAccept(), 7),
    ...echo(),
    ...RELEASE,
  ]),
  withPeer("an answer with a byte more than its items", ["-v"], [
    ...answerOf("00"),
  ]),
  withPeer(
    "an item that is longer than its PDU",
    ["-v"],
    answerOf(
      "10 00 ffff 31",
    ),
  ),
  withPeer(
    "a user item that is longer than its parent",
    ["-v"],
    answerOf(
      "50 00 0008 51 00 0010 00004000",
    ),
  ),
  withPeer(
    "a presentation context of 2 bytes",
    ["-v"],
    answerOf(
      "21 00 0002 01 00",
    ),
  ),
  withPeer(
    "a maximum length of 2 bytes",
    ["-v"],
    answerOf(
      "50 00 0006 51 00 0002 4000",
    ),
  ),
];

/** An answer that ends in `more`, behind a good one's items. */
function answerOf(more: string): Script {
  const good = associateAccept().slice(6);
  return [
    ...answer(pdu(0x02, good, bytes(more))),
  ];
}

export const PIPELINED: readonly Case[] = [
  withPeer("repeats after an odd maximum length", [
    "-v",
    "--repeat",
    "2",
  ], [
    ...accept({ maximumLength: 4095 }),
    ...echo(),
    ...echo({ messageId: 2 }),
    ...RELEASE,
  ]),
];
