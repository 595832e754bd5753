import assert from "node:assert/strict";
import * as fc from "fast-check";
import { decodePdu, decodePduHeader, encodePdu } from "../../lib/pdu/codec.ts";
import { dumpPdu, traceAssociate, traceHeader } from "../../lib/pdu/dump.ts";
import { PduError } from "../../lib/pdu/error.ts";
import { GOLDEN } from "../support/golden.ts";
import { anyPdu } from "./arbitraries.ts";

/** The same cases on every run; on failure they are printed with it. */
fc.configureGlobal({ seed: 38 });

/** Reads a whole PDU; undefined when it was refused as it should be. */
function decode(bytes: Uint8Array): unknown {
  const [type = 0] = bytes;
  try {
    return decodePdu(type, bytes.subarray(6));
  } catch (error) {
    if (error instanceof PduError) return undefined;
    throw error;
  }
}

/** Control characters other than the line feed of the messages themselves. */
// deno-lint-ignore no-control-regex -- they are what is looked for
const CONTROLS = /[\x00-\x09\x0b-\x1f\x7f-\x9f]/;

function survives(bytes: Uint8Array): void {
  decode(bytes);
  const texts = [
    dumpPdu(bytes),
    ...traceHeader(bytes),
    ...traceAssociate(bytes),
  ];
  for (const text of texts) assert.doesNotMatch(text, CONTROLS);
}

Deno.test("every PDU comes back from its bytes as it was", () => {
  fc.assert(
    fc.property(anyPdu, (pdu) => {
      const bytes = encodePdu(pdu);
      const header = decodePduHeader(bytes);
      assert.equal(header?.name, pdu.type);
      assert.equal(header?.length, bytes.byteLength - 6);
      assert.deepEqual(decodePdu(header.type, bytes.subarray(6)), pdu);
    }),
    { numRuns: 2000 },
  );
});

Deno.test("random bytes of any type give a PDU or a PduError", () => {
  const bytes = fc.tuple(
    fc.integer({ min: 0, max: 9 }),
    fc.uint8Array({ maxLength: 300 }),
  ).map(([type, rest]) => Uint8Array.of(type, ...rest));
  fc.assert(fc.property(bytes, survives), { numRuns: 2000 });
});

Deno.test("random items in an A-ASSOCIATE PDU give a PDU or a PduError", () => {
  const fixed = new Uint8Array(68);
  fixed[1] = 1;
  const length = fc.oneof(
    fc.integer({ min: 0, max: 12 }),
    fc.integer({ min: 0, max: 0xffff }),
  );
  const item = fc.tuple(
    fc.constantFrom(
      ...[0x10, 0x20, 0x21, 0x30, 0x40, 0x50],
      ...[0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5a],
    ),
    length,
    fc.uint8Array({ maxLength: 12 }),
  ).map(([type, size, data]) => [type, 0, size >> 8, size & 0xff, ...data]);
  const type = fc.constantFrom(1, 2);
  fc.assert(
    fc.property(type, fc.array(item, { maxLength: 6 }), (type, items) => {
      survives(Uint8Array.of(type, 0, 0, 0, 0, 0, ...fixed, ...items.flat()));
    }),
    { numRuns: 3000 },
  );
});

Deno.test("golden PDUs with bytes changed give a PDU or a PduError", () => {
  const change = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 0xff }));
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.values(GOLDEN)),
      fc.array(change, { minLength: 1, maxLength: 6 }),
      fc.nat(),
      (golden, changes, cut) => {
        const bytes = golden.slice();
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        survives(bytes);
        survives(bytes.subarray(0, Math.max(6, cut % bytes.length)));
      },
    ),
    { numRuns: 3000 },
  );
});
