/** However a verification ends, nothing of it is left. */

import { concatenate } from "../../lib/base/writer.ts";
import assert from "node:assert/strict";
import type { VerificationEvent } from "../../lib/verify/event.ts";
import {
  byteByByte,
  MemoryTransport,
} from "../association/memory-transport.ts";
import { ASSOCIATE_AC, RELEASE_RP } from "../support/golden.ts";
import { echoResponse } from "../support/pdus.ts";
import { verifyHost } from "./verification.ts";

const ANSWERS = concatenate([ASSOCIATE_AC, echoResponse(), RELEASE_RP]);

for (
  const kind of [
    "connected",
    "answer-awaited",
    "negotiated",
    "accepted",
    "echo-request",
    "echo-response",
    "ending",
  ] as const satisfies readonly VerificationEvent["kind"][]
) {
  Deno.test(`a fault of who is told of "${kind}" leaves no connection open`, async () => {
    const transport = new MemoryTransport(...byteByByte(ANSWERS));
    const fault = new RangeError("a bug");
    const verification = verifyHost({}, {
      connect: () => Promise.resolve(transport),
      observe: (event) => {
        if (event.kind === kind) throw fault;
      },
    });
    await assert.rejects(verification, fault);
    assert.ok(transport.closed);
  });
}

/**
 * The first timers of a process are of another kind, which the sanitizer of the
 * tests does not see: there are more verifications than of those.
 */
Deno.test("a verification leaves no timer behind", async () => {
  for (let count = 0; count < 40; count++) {
    const transport = new MemoryTransport(...byteByByte(ANSWERS));
    const { outcome } = await verifyHost({}, {
      connect: () => Promise.resolve(transport),
    });
    assert.equal(outcome.failure, undefined);
    assert.ok(transport.closed);
  }
});
