/**
 * Clients that are broken or mean, over real sockets. After each the SCP must
 * be there for the next, and at its end report nothing: `close` rejects with
 * what was not the client's doing.
 */

import { concatenate } from "../../lib/base/writer.ts";
import assert from "node:assert/strict";
import {
  type ScpOptions,
  startVerificationScp,
  type VerificationScp,
} from "../../lib/scp/server.ts";
import {
  ABORT,
  ASSOCIATE_AC,
  ASSOCIATE_RQ,
  bytes,
  P_DATA_ECHO_RQ,
  RELEASE_RP,
  RELEASE_RQ,
} from "../support/golden.ts";
import {
  COMMAND_MORE,
  DATA_LAST,
  item,
  pData,
  pdu,
  pduOfLength,
  pdv,
  text,
} from "../support/pdus.ts";
import { asServer, ROOT, SERVER } from "../tls/handshakes.ts";
import { associateRequest, type Destination, RawClient } from "./raw-client.ts";
import { answersTo, converse, isGone, withNumber } from "./wire.ts";

export const CONVERSATION = concatenate([
  ASSOCIATE_RQ,
  P_DATA_ECHO_RQ,
  RELEASE_RQ,
]);

const IDENTITY = asServer(SERVER);
const TRUSTING = { serverName: "pacs.test", authority: ROOT.pem } as const;

/** So that a test waits no longer than it must. */
const SHORT: ScpOptions = { artimTimeout: 60, idleTimeout: 60 };
/** A handshake takes time on a busy machine. */
const SHORT_TLS: ScpOptions = { artimTimeout: 300, idleTimeout: 60 };

export async function assertServes(to: Destination): Promise<void> {
  assert.equal(await converse(to, CONVERSATION), "AC DATA RELEASE-RP");
}

/** What a client says before it falls silent, and what it has heard by then. */
const SILENCES: readonly (readonly [string, Uint8Array, string])[] = [
  ["anything", bytes(), ""],
  ["the second byte", ASSOCIATE_RQ.slice(0, 1), ""],
  ["the end of the header", ASSOCIATE_RQ.slice(0, 5), ""],
  ["the body of its request", ASSOCIATE_RQ.slice(0, 6), ""],
  ["the last byte of its request", ASSOCIATE_RQ.slice(0, -1), ""],
  ["its echo request", ASSOCIATE_RQ, "AC ABORT(0,0)"],
  [
    "the rest of its P-DATA-TF",
    concatenate([ASSOCIATE_RQ, P_DATA_ECHO_RQ.subarray(0, 40)]),
    "AC ABORT(0,0)",
  ],
  [
    "the next fragment of its command",
    concatenate([ASSOCIATE_RQ, pData(pdv(1, COMMAND_MORE, new Uint8Array(8)))]),
    "AC ABORT(0,0)",
  ],
  [
    "its release request",
    concatenate([ASSOCIATE_RQ, P_DATA_ECHO_RQ]),
    "AC DATA ABORT(0,0)",
  ],
  [
    "the rest of its release request",
    concatenate([ASSOCIATE_RQ, P_DATA_ECHO_RQ, RELEASE_RQ.subarray(0, 7)]),
    "AC DATA ABORT(0,0)",
  ],
];

/** Sends `start`, then single bytes until the SCP has closed. */
async function trickle(to: Destination, start: Uint8Array): Promise<string> {
  using client = await RawClient.connect(to);
  await client.send(start);
  let open = true;
  const heard = answersTo(client).finally(() => open = false);
  while (open) {
    try {
      await client.send(Uint8Array.of(0));
    } catch (error) {
      if (!isGone(error)) throw error;
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return await heard;
}

/** Sends `start`, then `more` again and again until the SCP has closed. */
async function flood(
  to: Destination,
  start: Uint8Array,
  more: Uint8Array,
): Promise<string> {
  using client = await RawClient.connect(to);
  await client.send(start);
  const heard = answersTo(client);
  try {
    for (;;) await client.send(more);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
  return await heard;
}

/** What is sent without an end: what comes before, again and again, answer. */
const FLOODS: readonly (readonly [string, Uint8Array, Uint8Array, RegExp])[] = [
  ["zeros", bytes(), new Uint8Array(65536), /^(ABORT\(0,0\))?$/],
  [
    "a request of 4 GiB",
    pduOfLength(0x01, 0xffffffff),
    new Uint8Array(65536),
    /^(ABORT\(0,0\))?$/,
  ],
  [
    "a command of fragments that never end",
    ASSOCIATE_RQ,
    pData(pdv(1, COMMAND_MORE, new Uint8Array(2))),
    /^AC( ABORT\(0,0\))?$/,
  ],
  [
    "a command of empty fragments",
    ASSOCIATE_RQ,
    pData(...Array.from({ length: 999 }, () => pdv(1, COMMAND_MORE, bytes()))),
    /^AC( ABORT\(0,0\))?$/,
  ],
  [
    "data sets",
    ASSOCIATE_RQ,
    pData(pdv(1, DATA_LAST, new Uint8Array(16000))),
    /^AC( ABORT\(0,0\))?$/,
  ],
  [
    "bytes after its abort",
    concatenate([ASSOCIATE_RQ, ABORT]),
    new Uint8Array(65536),
    /^AC$/,
  ],
  [
    "bytes after its release request",
    CONVERSATION,
    new Uint8Array(65536),
    /^AC DATA( RELEASE-RP)?$/,
  ],
];

/** Where the lengths of ASSOCIATE_RQ are, and how many bytes each takes. */
const REQUEST_LENGTHS: readonly (readonly [number, number])[] = [
  [2, 4],
  [76, 2],
  [101, 2],
  [109, 2],
  [130, 2],
  [151, 2],
  [155, 2],
  [163, 2],
  [194, 2],
];

/** Those of P_DATA_ECHO_RQ: of the PDU, of the item. */
const DATA_LENGTHS: readonly (readonly [number, number])[] = [[2, 4], [6, 4]];

function wrongLengths(
  original: Uint8Array,
  fields: readonly (readonly [number, number])[],
): Uint8Array[] {
  return fields.flatMap(([at, width]) => {
    const right = original.subarray(at, at + width)
      .reduce((value, byte) => 256 * value + byte, 0);
    return [0, 1, right - 1, right + 1, right + 4, 256 ** width - 1]
      .map((value) => withNumber(original, at, width, value));
  });
}

/** Requests whose contexts are not those of PS3.8 9.3.2.2, and the answer. */
const CONTEXTS: readonly (readonly [string, readonly number[], RegExp])[] = [
  ["no presentation context", [], /^(ABORT|AC)/],
  ["an even context ID", [2], /^(ABORT|AC)/],
  ["context ID 0", [0], /^(ABORT|AC)/],
  ["one context ID twice", [1, 1], /^(ABORT|AC)/],
  [
    "more contexts than there are IDs",
    Array.from({ length: 300 }, (_, index) => index % 256),
    /^(ABORT|AC)/,
  ],
];

/** PDUs that are no request, and what each is answered (PS3.8 Table 9-10). */
const NO_REQUESTS: Readonly<Record<string, readonly [Uint8Array, string]>> = {
  "an acceptance": [ASSOCIATE_AC, "ABORT(0,0)"],
  "data": [P_DATA_ECHO_RQ, "ABORT(0,0)"],
  "a release request": [RELEASE_RQ, "ABORT(0,0)"],
  "a release response": [RELEASE_RP, "ABORT(0,0)"],
  "an abort": [ABORT, ""],
  "an unknown PDU": [pdu(0x08, "00000000"), "ABORT(0,0)"],
  "HTTP": [text("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), "ABORT(0,0)"],
  "SSH": [text("SSH-2.0-OpenSSH_9.2\r\n"), "ABORT(0,0)"],
  "a TLS ClientHello": [bytes("1603010005 0100000100"), "ABORT(0,0)"],
  "HL7 over MLLP": [text("\x0bMSH|^~\\&|\x1c\r"), "ABORT(0,0)"],
};

/** Every case, over TCP or over TLS. */
export function testHostileClients(carrier: "TCP" | "TLS"): void {
  const tls = carrier === "TLS";
  const short = tls ? SHORT_TLS : SHORT;
  const startScp = (options: ScpOptions = short): VerificationScp =>
    startVerificationScp(tls ? { ...options, tls: IDENTITY } : options);
  const at = ({ port }: { readonly port: number }): Destination =>
    tls ? { port, tls: TRUSTING } : port;
  const test = (name: string, work: () => Promise<void>): void =>
    Deno.test(tls ? `over TLS: ${name}` : name, work);

  for (const [what, said, heard] of SILENCES) {
    test(`PS3.8 9.1.5: a client that falls silent before ${what} is let go`, async () => {
      await using scp = startScp();
      assert.equal(await converse(at(scp), said), heard);
      await assertServes(at(scp));
    });
  }

  test("trickling its request does not win a client time", async () => {
    await using scp = startScp();
    assert.equal(await trickle(at(scp), pduOfLength(0x01, 200_000)), "");
    await assertServes(at(scp));
  });

  test("trickling a P-DATA-TF does not win a client time", async () => {
    await using scp = startScp();
    const start = concatenate([ASSOCIATE_RQ, pduOfLength(0x04, 16_000)]);
    assert.equal(await trickle(at(scp), start), "AC ABORT(0,0)");
    await assertServes(at(scp));
  });

  for (const [what, start, more, heard] of FLOODS) {
    test(`a client that sends ${what} is closed on`, async () => {
      await using scp = startScp({});
      assert.match(await flood(at(scp), start, more), heard);
      await assertServes(at(scp));
    });
  }

  test("a client that asks and never listens is let go", async () => {
    await using scp = startScp();
    using client = await RawClient.connect(at(scp));
    await client.associate();
    const many = concatenate([
      ...Array.from({ length: 500 }, () => P_DATA_ECHO_RQ),
    ]);
    await assert.rejects(async () => {
      for (;;) await client.send(many);
    }, isGone);
    await assertServes(at(scp));
  });

  test("PS3.8 9.3.2: a request with a length wrong is aborted, rejected, or waited for in vain", async () => {
    await using scp = startScp();
    const accepted: string[] = [];
    for (const said of wrongLengths(ASSOCIATE_RQ, REQUEST_LENGTHS)) {
      const heard = await converse(at(scp), said, P_DATA_ECHO_RQ);
      if (heard.startsWith("AC")) accepted.push(heard);
      else assert.match(heard, /^(ABORT\(0,0\)|RJ\(1,\d,\d\)|)$/);
    }
    // The first takes four bytes of the next PDU for an empty item of a type that
    // is not known; the second makes the sub-items of an item items of their own.
    assert.deepEqual(accepted, ["AC ABORT(2,1)", "AC DATA ABORT(0,0)"]);
    await assertServes(at(scp));
  });

  test("PS3.8 9.3.5: a P-DATA-TF with any length wrong is not answered as an echo", async () => {
    await using scp = startScp();
    for (const said of wrongLengths(P_DATA_ECHO_RQ, DATA_LENGTHS)) {
      const heard = await converse(
        at(scp),
        concatenate([ASSOCIATE_RQ, said, RELEASE_RQ]),
      );
      assert.match(heard, /^AC ABORT\((0,0|2,[0-6])\)$/);
    }
    await assertServes(at(scp));
  });

  for (const [what, ids, heard] of CONTEXTS) {
    test(`a request with ${what} is answered, and the SCP goes on`, async () => {
      await using scp = startScp();
      const request = associateRequest({ contexts: ids.map((id) => ({ id })) });
      assert.match(await converse(at(scp), request), heard);
      await assertServes(at(scp));
    });
  }

  test("PS3.8 9.3.2: a request as long as can be is taken or refused, never kept", async () => {
    // So much may take longer than 60 ms on a busy machine.
    await using scp = startScp({ ...short, artimTimeout: 10_000 });
    const request = (items: number): Uint8Array =>
      pdu(
        0x01,
        ASSOCIATE_RQ.subarray(6),
        ...Array.from(
          { length: items },
          () => item(0x77, new Uint8Array(65000)),
        ),
      );
    assert.equal(await converse(at(scp), request(4)), "AC ABORT(0,0)");
    assert.match(await converse(at(scp), request(5)), /^(ABORT\(0,0\))?$/);
    await assertServes(at(scp));
  });

  for (const [what, [said, heard]] of Object.entries(NO_REQUESTS)) {
    test(`PS3.8 Table 9-10: ${what} instead of a request is answered by ${heard || "closing"}`, async () => {
      await using scp = startScp();
      assert.equal(await converse(at(scp), said), heard);
      await assertServes(at(scp));
    });
  }

  /** PDUs that are not due in Sta6 (PS3.8 Table 9-10). */
  for (
    const [what, said] of Object.entries({
      "a second request": ASSOCIATE_RQ,
      "an acceptance": ASSOCIATE_AC,
      "a release response": RELEASE_RP,
    })
  ) {
    test(`PS3.8 AA-8: ${what} within an association is answered by the provider's abort`, async () => {
      await using scp = startScp();
      const heard = await converse(at(scp), ASSOCIATE_RQ, said);
      assert.equal(heard, "AC ABORT(2,2)");
      await assertServes(at(scp));
    });
  }

  test("a good conversation that is cut off at any byte leaves nothing behind", async () => {
    await using scp = startScp({});
    for (let length = 0; length <= CONVERSATION.byteLength; length++) {
      using client = await RawClient.connect(at(scp));
      await client.send(CONVERSATION.subarray(0, length));
    }
    await assertServes(at(scp));
  });

  test("an abort after any byte of a good conversation ends it", async () => {
    await using scp = startScp({ ...short, associationLimit: 512 });
    const heard = await Promise.all(
      Array.from(
        CONVERSATION,
        (_, length) =>
          converse(at(scp), CONVERSATION.subarray(0, length), ABORT),
      ),
    );
    // Where the abort is taken for the rest of a PDU, what follows is missing.
    const wrong = heard.filter((one) =>
      !/^((AC )?(DATA )?(ABORT\((0,0|2,\d)\))?|AC|AC DATA|AC DATA RELEASE-RP)$/
        .test(one)
    );
    assert.deepEqual(wrong, []);
    await assertServes(at(scp));
  });
}
