/** What the upper layer does about a peer that breaks the protocol. */

import assert from "node:assert/strict";
import type { Indication } from "../../lib/association/service.ts";
import {
  ASSOCIATE_AC,
  ASSOCIATE_RJ,
  ASSOCIATE_RQ,
  P_DATA_ECHO_RSP,
  RELEASE_RP,
  RELEASE_RQ,
} from "../support/golden.ts";
import {
  abort,
  associateAccept,
  COMMAND_LAST,
  item,
  pData,
  pdu,
  pduOfLength,
  pdv,
} from "../support/pdus.ts";
import { type Fixture, layerIn, MAXIMUM_LENGTH } from "./layers.ts";

const PDUS = {
  "A-ASSOCIATE-RQ": ASSOCIATE_RQ,
  "A-ASSOCIATE-AC": ASSOCIATE_AC,
  "A-ASSOCIATE-RJ": ASSOCIATE_RJ,
  "P-DATA-TF": P_DATA_ECHO_RSP,
  "A-RELEASE-RQ": RELEASE_RQ,
  "A-RELEASE-RP": RELEASE_RP,
} as const;

/** By state, what is due in it (PS3.8 Table 9-10); all else is unexpected. */
const DUE: Readonly<
  Record<"Sta2" | "Sta3" | "Sta5" | "Sta6" | "Sta7", readonly string[]>
> = {
  Sta2: ["A-ASSOCIATE-RQ"],
  Sta3: [],
  Sta5: ["A-ASSOCIATE-AC", "A-ASSOCIATE-RJ"],
  Sta6: ["P-DATA-TF", "A-RELEASE-RQ"],
  Sta7: ["P-DATA-TF", "A-RELEASE-RQ", "A-RELEASE-RP"],
};

type TestedState = keyof typeof DUE;

const STATES = Object.keys(DUE) as TestedState[];

/** Before a request nobody but the service user speaks (AA-1). */
function expectedAbort(state: TestedState, reason: number): Uint8Array {
  return state === "Sta2" ? abort(0, 0) : abort(2, reason);
}

/** Sends `bytes`, then the end, and looks at what became of it. */
async function provoke(
  fixture: Fixture,
  bytes: Uint8Array,
  expected: Uint8Array,
): Promise<Indication> {
  fixture.transport.give(bytes, "end");
  const indication = await fixture.receive();
  assert.deepEqual(fixture.written(), [expected]);
  assert.equal(fixture.layer.state, "Sta1");
  assert.equal(fixture.layer.standing, false);
  assert.equal(fixture.transport.writeClosed, true);
  assert.equal(fixture.transport.closed, true);
  return indication;
}

for (const state of STATES) {
  Deno.test(`a PDU that is not due in ${state} is answered by an abort: unexpected PDU`, async () => {
    for (const [name, bytes] of Object.entries(PDUS)) {
      if (DUE[state].includes(name)) continue;
      using fixture = await layerIn(state);
      const expected = expectedAbort(state, 2);
      assert.deepEqual(await provoke(fixture, bytes, expected), {
        kind: "provider-abort",
        violation: { kind: "unexpected-pdu", name },
      }, name);
    }
  });

  Deno.test(`a PDU of no known type in ${state} is answered by an abort: unrecognized PDU`, async () => {
    for (const type of [0x00, 0x08, 0xff]) {
      for (const bytes of [pdu(type), pdu(type, new Uint8Array(4))]) {
        using fixture = await layerIn(state);
        const expected = expectedAbort(state, 1);
        assert.deepEqual(await provoke(fixture, bytes, expected), {
          kind: "provider-abort",
          violation: { kind: "unrecognized-pdu", type },
        });
      }
    }
  });

  Deno.test(`an ill-formed PDU in ${state} is answered by an abort: invalid parameter value`, async () => {
    const illFormed: Readonly<Record<string, Uint8Array>> = {
      "A-RELEASE-RQ": pdu(0x05, "000000"),
      "A-ABORT": pdu(0x07, "00"),
      "P-DATA-TF": pdu(0x04, "00000004", "0103"),
      "A-ASSOCIATE-AC": pdu(0x02, "0001"),
      "A-ASSOCIATE-RQ": pdu(0x01, new Uint8Array(67)),
    };
    for (const [name, bytes] of Object.entries(illFormed)) {
      using fixture = await layerIn(state);
      const expected = expectedAbort(state, 6);
      const indication = await provoke(fixture, bytes, expected);
      assert.ok(indication.kind === "provider-abort", name);
      const { violation } = indication;
      assert.ok(violation.kind === "invalid-pdu", name);
      assert.equal(violation.name, name);
    }
  });
}

Deno.test("a P-DATA-TF without any value is ill-formed", async () => {
  using fixture = await layerIn("Sta6");
  const indication = await provoke(fixture, pdu(0x04), abort(2, 6));
  assert.ok(indication.kind === "provider-abort");
  assert.equal(indication.violation.kind, "invalid-pdu");
});

Deno.test("an A-ASSOCIATE-AC must have version 1 among its versions", async () => {
  for (const protocolVersion of [0, 2, 0xfffe]) {
    using fixture = await layerIn("Sta5");
    const indication = await provoke(
      fixture,
      associateAccept({ protocolVersion }),
      abort(2, 6),
    );
    assert.ok(indication.kind === "provider-abort");
    assert.ok(indication.violation.kind === "invalid-pdu");
    assert.equal(indication.violation.fault, "unsupported-version");
  }
  using fixture = await layerIn("Sta5");
  fixture.transport.give(associateAccept({ protocolVersion: 3 }));
  assert.equal((await fixture.receive()).kind, "associate-accept");
});

Deno.test("the header of a PDU of no known type is enough to refuse it", async () => {
  using fixture = await layerIn("Sta6");
  const indication = await provoke(
    fixture,
    pduOfLength(0x09, 0xffffffff),
    abort(2, 1),
  );
  assert.deepEqual(indication, {
    kind: "provider-abort",
    violation: { kind: "unrecognized-pdu", type: 0x09 },
  });
});

/** A P-DATA-TF with a body of `length` bytes. */
function dataOfLength(length: number): Uint8Array {
  return pData(pdv(1, COMMAND_LAST, new Uint8Array(length - 6)));
}

Deno.test("a P-DATA-TF may exceed the announced maximum by the two headers", async () => {
  for (const length of [MAXIMUM_LENGTH, MAXIMUM_LENGTH + 12]) {
    using fixture = await layerIn("Sta6");
    fixture.transport.give(dataOfLength(length));
    const indication = await fixture.receive();
    assert.ok(indication.kind === "p-data");
    assert.equal(indication.values[0]?.data.byteLength, length - 6);
  }
});

Deno.test("a P-DATA-TF that is longer still is refused by its header", async () => {
  using fixture = await layerIn("Sta6");
  const indication = await provoke(
    fixture,
    dataOfLength(MAXIMUM_LENGTH + 13).subarray(0, 6),
    abort(2, 6),
  );
  assert.deepEqual(indication, {
    kind: "provider-abort",
    violation: {
      kind: "too-long",
      name: "P-DATA-TF",
      length: MAXIMUM_LENGTH + 13,
      limit: MAXIMUM_LENGTH,
    },
  });
});

const MIB = 1024 * 1024;

/** A well-formed A-ASSOCIATE-AC with a body of exactly `length` bytes. */
function acceptOfLength(length: number): Uint8Array {
  let missing = length - (associateAccept().byteLength - 6);
  const extraItems: Uint8Array[] = [];
  while (missing > 0) {
    // The rest must be long enough for the four bytes of an item's header.
    const taken = missing > 40_000 ? 30_000 : missing;
    extraItems.push(item(0x99, new Uint8Array(taken - 4)));
    missing -= taken;
  }
  const accept = associateAccept({ extraItems });
  assert.equal(accept.byteLength, 6 + length);
  return accept;
}

Deno.test("an A-ASSOCIATE-AC of 1 MiB is taken", async () => {
  using fixture = await layerIn("Sta5");
  fixture.transport.give(acceptOfLength(MIB));
  const indication = await fixture.receive();
  assert.ok(indication.kind === "associate-accept");
  assert.equal(indication.pdu.presentationContexts[0]?.result, 0);
});

Deno.test("an A-ASSOCIATE-AC of 1 MiB and a byte is refused by its header", async () => {
  using fixture = await layerIn("Sta5");
  const indication = await provoke(
    fixture,
    pduOfLength(0x02, MIB + 1),
    abort(2, 6),
  );
  assert.deepEqual(indication, {
    kind: "provider-abort",
    violation: {
      kind: "too-long",
      name: "A-ASSOCIATE-AC",
      length: MIB + 1,
      limit: MIB,
    },
  });
});

/** What an honest request may need, and no more (PS3.8 9.3.2). */
const LONGEST_REQUEST = 256 * 1024;

/** Padded with items that are to be ignored (PS3.8 9.3.1). */
function requestOfLength(length: number): Uint8Array {
  const body = ASSOCIATE_RQ.subarray(6);
  const padding: Uint8Array[] = [];
  for (let missing = length - body.byteLength; missing > 0;) {
    const taken = Math.min(missing, 60_000);
    padding.push(item(0x99, new Uint8Array(taken - 4)));
    missing -= taken;
  }
  const request = pdu(0x01, body, ...padding);
  assert.equal(request.byteLength, 6 + length);
  return request;
}

Deno.test("an A-ASSOCIATE-RQ of 256 KiB is taken", async () => {
  using fixture = await layerIn("Sta2", "acceptor");
  fixture.transport.give(requestOfLength(LONGEST_REQUEST));
  const indication = await fixture.receive();
  assert.equal(indication.kind, "associate-request");
});

Deno.test("an A-ASSOCIATE-RQ of 256 KiB and a byte is refused by its header", async () => {
  using fixture = await layerIn("Sta2", "acceptor");
  const indication = await provoke(
    fixture,
    pduOfLength(0x01, LONGEST_REQUEST + 1),
    abort(0, 0),
  );
  assert.deepEqual(indication, {
    kind: "provider-abort",
    violation: {
      kind: "too-long",
      name: "A-ASSOCIATE-RQ",
      length: LONGEST_REQUEST + 1,
      limit: LONGEST_REQUEST,
    },
  });
});

Deno.test("no other PDU may be long", async () => {
  for (const type of [0x03, 0x05, 0x06, 0x07]) {
    using fixture = await layerIn("Sta7");
    const indication = await provoke(
      fixture,
      pduOfLength(type, 0x10000),
      abort(2, 6),
    );
    assert.ok(indication.kind === "provider-abort");
    assert.equal(indication.violation.kind, "too-long");
  }
});

Deno.test("a peer that goes on talking after our abort is not listened to", async () => {
  using fixture = await layerIn("Sta6");
  fixture.transport.give(ASSOCIATE_AC, P_DATA_ECHO_RSP, RELEASE_RQ);
  const indication = fixture.receive();
  fixture.transport.give(ASSOCIATE_RQ, "end");
  assert.equal((await indication).kind, "provider-abort");
  assert.deepEqual(fixture.written(), [abort(2, 2)]);
});
