/** A peer cannot make us hold much, however much it sends. */

import assert from "node:assert/strict";
import {
  formatCondition,
  tcpInitializationError,
} from "../../lib/base/condition.ts";
import { type Transport, TransportError } from "../../lib/net/transport.ts";
import type { VerificationEvent } from "../../lib/verify/event.ts";
import type { Outcome } from "../../lib/verify/outcome.ts";
import { verify } from "../../lib/verify/verify.ts";
import { ASSOCIATE_AC, RELEASE_RP } from "../support/golden.ts";
import {
  associateAccept,
  COMMAND_MORE,
  echoResponse,
  item,
  pData,
  pdu,
  pduOfLength,
  pdv,
} from "../support/pdus.ts";
import { DEFAULTS } from "../verify/verification.ts";
import { withinBound } from "./probe.ts";

/**
 * A transport whose peer answers each of our writes with bytes that may have no
 * end, until we have nothing more to say. It counts what is taken.
 */
class EndlessTransport implements Transport {
  taken = 0;
  longestBuffer = 0;
  #writes = 0;
  #closed = false;
  #flood: Iterator<Uint8Array> = [][Symbol.iterator]();
  #rest = new Uint8Array(0);
  readonly #answers: (write: number) => Iterable<Uint8Array>;

  constructor(answers: (write: number) => Iterable<Uint8Array>) {
    this.#answers = answers;
  }

  async read(buffer: Uint8Array): Promise<number> {
    // A turn of the event loop, as a socket takes it: timers must not starve.
    await new Promise((resolve) => setTimeout(resolve, 0));
    this.longestBuffer = Math.max(this.longestBuffer, buffer.byteLength);
    let length = 0;
    while (!this.#closed && length < buffer.byteLength) {
      if (this.#rest.byteLength === 0) {
        const next = this.#flood.next();
        if (next.done) break;
        this.#rest = Uint8Array.from(next.value);
      }
      const part = this.#rest.subarray(0, buffer.byteLength - length);
      buffer.set(part, length);
      length += part.byteLength;
      this.#rest = this.#rest.subarray(part.byteLength);
    }
    this.taken += length;
    return length;
  }

  write(): Promise<void> {
    if (this.#closed) {
      const condition = tcpInitializationError("closed");
      return Promise.reject(new TransportError("reset", condition));
    }
    this.#flood = this.#answers(this.#writes++)[Symbol.iterator]();
    this.#rest = new Uint8Array(0);
    return Promise.resolve();
  }

  closeWrite(): Promise<void> {
    this.#closed = true;
    return Promise.resolve();
  }

  close(): void {
    this.#closed = true;
  }
}

interface Held {
  readonly outcome: Outcome;
  readonly transport: EndlessTransport;
  readonly events: number;
}

async function hold(
  answers: (write: number) => Iterable<Uint8Array>,
  repeat = 1,
): Promise<Held> {
  const transport = new EndlessTransport(answers);
  let events = 0;
  const outcome = await withinBound(verify({ ...DEFAULTS, repeat }, {
    connect: () => Promise.resolve(transport),
    now: () => performance.now(),
    observe: (_: VerificationEvent): void => {
      events++;
    },
    signal: undefined,
    dictionaryFault: undefined,
  }));
  return { outcome, transport, events };
}

function* endless(bytes: Uint8Array): Generator<Uint8Array> {
  for (;;) yield bytes;
}

function* then(
  first: Uint8Array,
  rest: Uint8Array,
): Generator<Uint8Array> {
  yield first;
  yield* endless(rest);
}

const KIB = 1024;

interface Bounds {
  /** All that may be taken, and the longest buffer, in bytes. */
  readonly taken: number;
  readonly buffer: number;
  /** How many events there may be. */
  readonly events: number;
}

interface Flood {
  readonly answers: readonly (() => Iterable<Uint8Array>)[];
  readonly bounds: Bounds;
}

const SMALL: Bounds = { taken: 8 * KIB, buffer: 8 * KIB, events: 40 };

const FLOODS: Readonly<Record<string, Flood>> = {
  "zeros instead of an acceptance": {
    answers: [() => endless(new Uint8Array(KIB))],
    bounds: SMALL,
  },
  "an acceptance that announces 2^32-1 bytes": {
    answers: [() => then(pduOfLength(0x02, 0xffffffff), new Uint8Array(KIB))],
    bounds: SMALL,
  },
  "a P-DATA-TF that announces 2^32-1 bytes": {
    answers: [
      () => [ASSOCIATE_AC],
      () => then(pduOfLength(0x04, 0xffffffff), new Uint8Array(KIB)),
    ],
    bounds: SMALL,
  },
  "an acceptance of 1 MiB of empty items": {
    answers: [() => then(pduOfLength(0x02, 1024 * KIB), new Uint8Array(KIB))],
    bounds: { taken: 2048 * KIB, buffer: 2048 * KIB, events: 40 },
  },
  "full fragments without end": {
    answers: [
      () => [ASSOCIATE_AC],
      () => endless(pData(pdv(1, COMMAND_MORE, new Uint8Array(16_000)))),
    ],
    bounds: { taken: 160 * KIB, buffer: 64 * KIB, events: 60 },
  },
  "fragments of two bytes without end": {
    answers: [
      () => [ASSOCIATE_AC],
      () => endless(pData(pdv(1, COMMAND_MORE, new Uint8Array(2)))),
    ],
    bounds: { taken: 32 * KIB, buffer: 16 * KIB, events: 4000 },
  },
  "empty fragments without end": {
    answers: [
      () => [ASSOCIATE_AC],
      () =>
        endless(pData(
          ...Array.from(
            { length: 500 },
            () => pdv(1, COMMAND_MORE, new Uint8Array(0)),
          ),
        )),
    ],
    bounds: { taken: 32 * KIB, buffer: 32 * KIB, events: 60 },
  },
  "responses without end": {
    answers: [() => [ASSOCIATE_AC], () => endless(echoResponse())],
    bounds: { taken: 16 * KIB, buffer: 16 * KIB, events: 60 },
  },
};

for (const [what, { answers, bounds }] of Object.entries(FLOODS)) {
  Deno.test(`${what}: little is read, and less is held`, async () => {
    const { outcome, transport, events } = await hold(
      (write) => answers[write]?.() ?? [],
    );
    assert.notEqual(outcome.failure, undefined);
    const { taken, longestBuffer } = transport;
    assert.ok(taken <= bounds.taken, `${taken} bytes taken`);
    assert.ok(longestBuffer <= bounds.buffer, `${longestBuffer} bytes held`);
    assert.ok(events <= bounds.events, `${events} events`);
  });
}

Deno.test("a long series holds no more than a short one", async () => {
  const held: number[] = [];
  for (const repeat of [10, 1000]) {
    const { outcome, transport, events } = await hold((write) => {
      if (write === 0) return [ASSOCIATE_AC];
      if (write === repeat + 1) return [RELEASE_RP];
      return [echoResponse({ messageId: write })];
    }, repeat);
    assert.equal(outcome.failure, undefined);
    assert.equal(outcome.stages.length, 4);
    held.push(transport.longestBuffer);
    assert.ok(events < 30 + 16 * repeat, `${events} events`);
  }
  assert.equal(held[0], held[1]);
});

/** Items that take us much more memory than they take the peer bytes. */
Deno.test("an acceptance has at most 2048 items, wherever they are", async () => {
  const empty = item(0x99);
  const many = (count: number): Uint8Array[] => Array(count).fill(empty);
  const accepts = {
    "items": pdu(0x02, associateAccept().slice(6), ...many(2060)),
    "sub-items": associateAccept({ userItems: many(2060) }),
  };
  for (const [what, accept] of Object.entries(accepts)) {
    const { outcome } = await hold(() => [accept]);
    assert.ok(outcome.failure?.condition, what);
    assert.equal(
      formatCondition(outcome.failure.condition),
      "0006:0307 DUL Illegal or ill-formed PDU\n" +
        "0006:0308 DUL more than 2048 items.",
    );
  }
  const few = associateAccept({ userItems: many(2000) });
  const good = [few, echoResponse(), RELEASE_RP];
  const { outcome } = await hold((write) => good.slice(write, write + 1));
  assert.equal(outcome.failure, undefined);
});
