/**
 * What a peer may say under the keys of TLS 1.3: in the handshake, where it is
 * read up to a bound, and after it, before the association.
 */

import assert from "node:assert/strict";
import { ASSOCIATE_AC, bytes } from "../support/golden.ts";
import { SERVER } from "../tls/handshakes.ts";
import {
  certificateMessage,
  type CraftedSession,
  type Flight,
  type Play,
  startCraftedServer,
} from "./crafted-tls.ts";
import { verified } from "./handshake.ts";
import { assertHarmless, withinBound } from "./probe.ts";
import {
  ALERT,
  alert,
  APPLICATION_DATA,
  CHANGE_CIPHER_SPEC,
  HANDSHAKE,
  message,
  number,
  record,
  vector,
} from "./tls-records.ts";

interface Case {
  readonly play: Play;
  /** How the last line begins that is not about an openssl program. */
  readonly told: string;
  /** What we say, a beginning of which is enough. */
  readonly heard: string;
}

const FAULT = "F: 000b:0f0c TLS found a fault: ";
const TOO_LONG = "F: 000b:0f0d the TLS handshake took too long: see -to";
const CLOSED = "F: 000b:0f0a the peer closed ";
const DEMAND = "F: 000b:0f02 the peer demands a client certificate";
const UNPROVEN = "F: 000b:0f07 whether the peer has the key of its certificate";
const NO_ANSWER = "F: Association Request Failed: 0006:031a DUL network read";
const GONE = "F: Association Request Failed: 0006:0317 Peer aborted";

/** In seconds, for the handshake and for the answer each. */
const SHORT = 0.3;

/** As in the handshake; afterwards what is read in that time counts. */
const MOST = 256 * 1024 + 20_000;

type Say = (session: CraftedSession) => Uint8Array;

/** Sends messages of the handshake, each in a record of its own. */
function flight(
  compose: (flight: Flight) => readonly Uint8Array[],
  last: (session: CraftedSession) => Promise<void> = (one) => one.listen(),
): Play {
  return async (session) => {
    for (const one of compose(await session.greet())) {
      await session.write(session.sealed(HANDSHAKE, one));
    }
    await last(session);
  };
}

/** What is sent in place of all messages. */
function early(say: Say): Play {
  return flight(() => [], async (session) => {
    await session.write(say(session));
    await session.listen();
  });
}

function late(say: Say): Play {
  return async (session) => {
    await session.shake();
    await session.write(say(session));
    await session.listen();
  };
}

async function floodWith(
  session: CraftedSession,
  next: Say,
): Promise<void> {
  const listening = session.listen().catch(() => {});
  try {
    await session.flood(() => next(session));
  } finally {
    await listening;
  }
}

function earlyFlood(
  next: Say,
  begin: Uint8Array = new Uint8Array(),
): Play {
  return flight(
    ({ extensions }) => [extensions, ...begin.byteLength ? [begin] : []],
    (session) => floodWith(session, next),
  );
}

function lateFlood(next: Say): Play {
  return async (session) => {
    await session.shake();
    await floodWith(session, next);
  };
}

function spoilt(original: Uint8Array): Uint8Array {
  const copy = original.slice();
  const last = copy.byteLength - 1;
  copy[last] = (copy[last] ?? 0) ^ 1;
  return copy;
}

function sealedAlert(level: number, description: number): Say {
  return (session) => session.sealed(ALERT, Uint8Array.of(level, description));
}

function sealedMessage(type: number, ...body: Uint8Array[]): Say {
  return (session) => session.sealed(HANDSHAKE, message(type, ...body));
}

const UNEXPECTED = "ALERT(2,10)";
const BAD_MAC = "ALERT(2,20)";
const DECODE_ERROR = "ALERT(2,50)";
const DECRYPT_ERROR = "ALERT(2,51)";

const ALGORITHMS = bytes("000d 0004 0002 0403");
const REQUEST = message(13, vector(1), vector(2, ALGORITHMS));
const TICKET = message(
  4,
  number(7200, 4),
  number(1, 4),
  vector(1, new Uint8Array(8)),
  vector(2, new Uint8Array(32)),
  vector(2),
);
const ONE = bytes("01");
const NOTHING = new Uint8Array();

function fault(play: Play, heard: string): Case {
  return { play, told: FAULT, heard };
}

/** Up to which message of the flight the peer plays its part. */
const UNTIL: Readonly<Record<string, (flight: Flight) => Uint8Array[]>> = {
  "the ServerHello": () => [],
  "EncryptedExtensions": (f) => [f.extensions],
  "the Certificate": (f) => [f.extensions, f.certificate],
  "CertificateVerify": (f) => [f.extensions, f.certificate, f.verify],
  "half of the Finished": (f) => [
    f.extensions,
    f.certificate,
    f.verify,
    f.finished.subarray(0, 20),
  ],
};

const ENDS = Object.fromEntries(
  Object.entries(UNTIL).flatMap(([step, compose]): [string, Case][] => [
    [`silent after ${step}`, {
      play: flight(compose),
      told: TOO_LONG,
      heard: "",
    }],
    [`closed after ${step}`, {
      play: flight(compose, () => Promise.resolve()),
      told: CLOSED,
      heard: "",
    }],
    [`half-closed after ${step}`, {
      play: flight(compose, async (session) => {
        await session.halfClose();
        await session.listen();
      }),
      told: CLOSED,
      heard: "",
    }],
    [`closed by close_notify after ${step}`, {
      play: flight(compose, async (session) => {
        await session.write(sealedAlert(1, 0)(session));
        await session.listen();
      }),
      // Within a message no alert may come (RFC 8446 section 5.1).
      told: step === "half of the Finished" ? FAULT : CLOSED,
      heard: "",
    }],
  ]),
);

/** RFC 8446 section 4.4 and, for the records, section 5. */
const HANDSHAKES: Readonly<Record<string, Case>> = {
  "a Finished that is wrong": fault(
    flight((f) => [f.extensions, f.certificate, f.verify, spoilt(f.finished)]),
    DECRYPT_ERROR,
  ),
  "a CertificateVerify that is wrong": {
    play: flight((f) => [f.extensions, f.certificate, spoilt(f.verify)]),
    told: UNPROVEN,
    heard: DECRYPT_ERROR,
  },
  "no Certificate": fault(
    flight((f) => [f.extensions, f.finished]),
    UNEXPECTED,
  ),
  "no CertificateVerify": fault(
    flight((f) => [f.extensions, f.certificate, f.finished]),
    UNEXPECTED,
  ),
  "EncryptedExtensions twice": fault(
    flight((f) => [f.extensions, f.extensions]),
    UNEXPECTED,
  ),
  "a Certificate twice": fault(
    flight((f) => [f.extensions, f.certificate, f.certificate]),
    UNEXPECTED,
  ),
  "CertificateRequest after the Certificate": fault(
    flight((f) => [f.extensions, f.certificate, REQUEST]),
    UNEXPECTED,
  ),
  "CertificateRequest twice": fault(
    flight((f) => [f.extensions, REQUEST, REQUEST]),
    UNEXPECTED,
  ),
  "a Certificate with none in it": fault(
    flight((f) => [f.extensions, certificateMessage(), f.verify, f.finished]),
    "",
  ),
  "a certificate of no bytes": fault(
    flight((f) => [
      f.extensions,
      certificateMessage(NOTHING),
      f.verify,
      f.finished,
    ]),
    DECRYPT_ERROR,
  ),
  "a certificate that is garbage": fault(
    flight((f) => [
      f.extensions,
      certificateMessage(new Uint8Array(100)),
      f.verify,
      f.finished,
    ]),
    DECRYPT_ERROR,
  ),
  "a message of 2^24-1 bytes": fault(
    flight((f) => [f.extensions, bytes("0bffffff")]),
    "",
  ),
  "application data before Finished": fault(
    early((one) => one.sealed(APPLICATION_DATA, ONE)),
    UNEXPECTED,
  ),
  "what must be encrypted in the clear": fault(
    flight((f) => [f.extensions], async (session) => {
      await session.write(record(HANDSHAKE, REQUEST));
      await session.listen();
    }),
    BAD_MAC,
  ),
  "a record under another key": fault(
    early((one) => spoilt(one.sealed(HANDSHAKE, ONE))),
    BAD_MAC,
  ),
  "a record of padding only": fault(
    early((one) => one.sealedInner(new Uint8Array(50))),
    "",
  ),
  "handshake_failure, encrypted": {
    play: early(sealedAlert(2, 40)),
    told: DEMAND,
    heard: "",
  },
  "unknown_ca, encrypted": {
    play: early(sealedAlert(2, 48)),
    told: DEMAND,
    heard: "",
  },
};

const HANDSHAKE_FLOODS: Readonly<Record<string, Case>> = {
  "fragments of one byte": {
    play: earlyFlood((one) => one.sealed(HANDSHAKE, ONE), bytes("0b00ffff")),
    told: TOO_LONG,
    heard: "",
  },
  "fragments of 16 KiB": fault(
    earlyFlood(
      (one) => one.sealed(HANDSHAKE, new Uint8Array(16_000)),
      bytes("0b00ffff"),
    ),
    "",
  ),
  "CertificateRequests": fault(
    earlyFlood((one) => one.sealed(HANDSHAKE, REQUEST)),
    UNEXPECTED,
  ),
  "empty fragments": fault(earlyFlood((one) => one.sealed(HANDSHAKE)), ""),
  "warnings": fault(earlyFlood(sealedAlert(1, 90)), ""),
  "change_cipher_specs": fault(
    earlyFlood(() => record(CHANGE_CIPHER_SPEC, ONE)),
    "",
  ),
};

/** RFC 8446 sections 4.6, 5 and 6. */
const AFTERWARDS: Readonly<Record<string, Case>> = {
  "KeyUpdate with a request of 2": fault(
    late(sealedMessage(24, bytes("02"))),
    "FINISHED ALERT(2,47)",
  ),
  "CertificateRequest, which was not allowed": fault(
    late(
      sealedMessage(13, vector(1, new Uint8Array(4)), vector(2, ALGORITHMS)),
    ),
    `FINISHED ${UNEXPECTED}`,
  ),
  "HelloRequest, for a renegotiation": fault(
    late(sealedMessage(0)),
    `FINISHED ${UNEXPECTED}`,
  ),
  "a second Finished": fault(
    late(sealedMessage(20, new Uint8Array(32))),
    `FINISHED ${UNEXPECTED}`,
  ),
  "a ClientHello": fault(
    late(sealedMessage(1, new Uint8Array(60))),
    `FINISHED ${DECODE_ERROR}`,
  ),
  "a message of type 255": fault(
    late(sealedMessage(255, new Uint8Array(4))),
    `FINISHED ${UNEXPECTED}`,
  ),
  "a record of type 99 within": fault(
    late((one) => one.sealed(99, ONE)),
    `FINISHED ${DECODE_ERROR}`,
  ),
  "a record of padding only": fault(
    late((one) => one.sealedInner(new Uint8Array(50))),
    "FINISHED",
  ),
  "data under another key": fault(
    late((one) => spoilt(one.sealed(APPLICATION_DATA, ASSOCIATE_AC))),
    `FINISHED ${BAD_MAC}`,
  ),
  "an acceptance in the clear": fault(
    late(() => ASSOCIATE_AC),
    `FINISHED ${DECODE_ERROR}`,
  ),
  "data in the clear": fault(
    late(() => record(APPLICATION_DATA, ASSOCIATE_AC)),
    `FINISHED ${BAD_MAC}`,
  ),
  "an alert in the clear": fault(
    late(() => alert(2, 40)),
    `FINISHED ${BAD_MAC}`,
  ),
  "a handshake message in the clear": fault(
    late(() => record(HANDSHAKE, message(0))),
    `FINISHED ${BAD_MAC}`,
  ),
  "change_cipher_spec": fault(
    late(() => record(CHANGE_CIPHER_SPEC, ONE)),
    `FINISHED ${UNEXPECTED}`,
  ),
  "a record that is too long": fault(
    late(() => bytes("1703034801", "00".repeat(99))),
    `FINISHED ${DECODE_ERROR}`,
  ),
  "close_notify": {
    play: late(sealedAlert(1, 0)),
    told: GONE,
    heard: "FINISHED",
  },
  "a half-close without close_notify": {
    play: async (session) => {
      await session.shake();
      await session.halfClose();
      await session.listen();
    },
    told: GONE,
    heard: "FINISHED",
  },
  "handshake_failure": {
    play: late(sealedAlert(2, 40)),
    told: DEMAND,
    heard: "FINISHED",
  },
  "certificate_required": {
    play: late(sealedAlert(2, 116)),
    told: DEMAND,
    heard: "FINISHED",
  },
  "an alert of level 9": {
    play: late(sealedAlert(9, 40)),
    told: DEMAND,
    heard: "FINISHED ALERT(2,47)",
  },
  "a warning, then silence": {
    play: late(sealedAlert(1, 90)),
    told: NO_ANSWER,
    heard: "FINISHED DATA DATA ALERT(1,0)",
  },
};

const FLOODS: Readonly<Record<string, Case>> = {
  "NewSessionTickets": {
    play: lateFlood((one) => one.sealed(HANDSHAKE, TICKET)),
    told: NO_ANSWER,
    heard: "FINISHED DATA DATA ALERT(1,0)",
  },
  "KeyUpdates": fault(lateFlood((one) => one.keyUpdate(0)), "FINISHED"),
  "KeyUpdates that ask for one": fault(
    lateFlood((one) => one.keyUpdate(1)),
    "FINISHED",
  ),
  "empty data": fault(
    lateFlood((one) => one.sealed(APPLICATION_DATA)),
    "FINISHED",
  ),
  "warnings": fault(lateFlood(sealedAlert(1, 90)), "FINISHED"),
  "change_cipher_specs": fault(
    lateFlood(() => record(CHANGE_CIPHER_SPEC, ONE)),
    `FINISHED ${UNEXPECTED}`,
  ),
  "fragments of a ticket without end": fault(
    lateFlood((one) => one.sealed(HANDSHAKE, bytes("04ffffff"))),
    "FINISHED",
  ),
};

const KINDS: Readonly<Record<string, Readonly<Record<string, Case>>>> = {
  "the handshake": ENDS,
  "the handshake has": HANDSHAKES,
  "the handshake has a flood of": HANDSHAKE_FLOODS,
  "after it comes": AFTERWARDS,
  "after it comes a flood of": FLOODS,
};

for (const [kind, cases] of Object.entries(KINDS)) {
  for (const [what, { play, told, heard }] of Object.entries(cases)) {
    Deno.test(`TLS 1.3, ${kind}: ${what}`, async () => {
      await using server = startCraftedServer(SERVER, play);
      const result = await verified(server.port, {
        socketTimeout: told === TOO_LONG ? SHORT : 14,
        acseTimeout: told === NO_ANSWER ? SHORT : 14,
      });
      assert.equal(result.exit, 1);
      // What comes with our Finished may be seen before it is over, or after.
      const stages = kind.startsWith("after")
        ? ["tls", "association"]
        : ["tls"];
      assert.ok(stages.includes(result.failure?.stage ?? ""));
      const lines = result.lines.filter((line) =>
        !line.includes("need the openssl program")
      );
      assert.ok(lines.length >= 1 && lines.length <= 3, lines.join("\n"));
      const last = lines.at(-1) ?? "";
      assert.equal(last.slice(0, told.length), told);
      assertHarmless(result.log);
      const said = await withinBound(server.heard());
      assert.equal(said.slice(0, heard.length), heard);
      if (told === NO_ANSWER) return;
      assert.ok(result.taken <= MOST, `${result.taken} bytes taken`);
    });
  }
}
