/** The fuzzer itself: it is as good as its oracle, and finds nothing here. */

import assert from "node:assert/strict";
import { CODEC } from "../../scripts/fuzz/codec.ts";
import { clientInMemory, overSockets } from "../../scripts/fuzz/client.ts";
import { Random } from "../../scripts/fuzz/random.ts";
import { mayBeVerified } from "../../scripts/fuzz/reference.ts";
import { scpInMemory } from "../../scripts/fuzz/scp.ts";
import {
  faultOf,
  shrink,
  type Target,
  watchdog,
} from "../../scripts/fuzz/target.ts";
import {
  ASSOCIATE_AC,
  ASSOCIATE_AC_CONTEXT_REJECTED,
  ASSOCIATE_RJ,
  P_DATA_ECHO_RSP,
  RELEASE_RP,
  RELEASE_RQ,
} from "../support/golden.ts";
import { echoResponse } from "../support/pdus.ts";

Deno.test("the oracle takes the good conversation and no bad one", () => {
  const good = [ASSOCIATE_AC, P_DATA_ECHO_RSP, RELEASE_RP];
  assert.equal(mayBeVerified(good), true);
  for (
    const bad of [
      [ASSOCIATE_RJ, P_DATA_ECHO_RSP, RELEASE_RP],
      [ASSOCIATE_AC_CONTEXT_REJECTED, P_DATA_ECHO_RSP, RELEASE_RP],
      [ASSOCIATE_AC, echoResponse({ status: 0x0122 }), RELEASE_RP],
      [ASSOCIATE_AC, echoResponse({ messageId: 2 }), RELEASE_RP],
      [ASSOCIATE_AC, P_DATA_ECHO_RSP.subarray(0, -1), RELEASE_RP],
      [ASSOCIATE_AC, P_DATA_ECHO_RSP, RELEASE_RQ],
      [ASSOCIATE_AC, P_DATA_ECHO_RSP, new Uint8Array()],
    ]
  ) assert.equal(mayBeVerified(bad), false);
});

Deno.test("a case that fails is made as small as it can be", async () => {
  const target: Target = {
    name: "no 7",
    make: () => [],
    run: ([input]) => {
      if (input?.includes(7)) throw new Error("a 7");
    },
  };
  const long = new Uint8Array(100).fill(1);
  long[61] = 7;
  assert.match(await faultOf(target, [long]) ?? "", /a 7/);
  assert.deepEqual(await shrink(target, [long]), [Uint8Array.of(7)]);
});

Deno.test("a machine that is busy with something else is no hang", async () => {
  using watch = watchdog(20, 1);
  const { promise, resolve } = Promise.withResolvers<string>();
  // Nothing else runs meanwhile, as on a machine that is overloaded; then the
  // work has but one turn more to do.
  const from = performance.now();
  while (performance.now() < from + 60);
  setTimeout(() => resolve("done"), 0);
  assert.equal(await Promise.race([promise, watch.expired]), "done");
});

Deno.test("what never ends is a hang", async () => {
  using watch = watchdog(3, 1);
  await assert.rejects(watch.expired, /hangs/);
});

Deno.test("over sockets nothing hangs when a stranger comes first", async () => {
  const strangers: Promise<Deno.TcpConn>[] = [];
  const target = overSockets((port) => {
    strangers.push(Deno.connect({ hostname: "127.0.0.1", port }));
  });
  const random = new Random(7);
  const inputs = Array.from({ length: 5 }, () => target.make(random));
  const faults = await Promise.all(
    inputs.map((input) => faultOf(target, input)),
  );
  for (const stranger of strangers) (await stranger).close();
  assert.deepEqual(faults, Array(5).fill(undefined));
});

Deno.test("the same seed makes the same inputs", () => {
  const [one, other] = [new Random(5), new Random(5)];
  for (let count = 0; count < 50; count++) {
    assert.deepEqual(clientInMemory.make(one), clientInMemory.make(other));
  }
});

for (const target of [clientInMemory, scpInMemory, ...CODEC]) {
  Deno.test(`fuzzing finds nothing at once: ${target.name}`, async () => {
    const random = new Random(20261124);
    for (let count = 0; count < 300; count++) {
      const input = target.make(random);
      const fault = await faultOf(target, input);
      const shown = input.map((one) => one.toHex()).join(" | ");
      assert.equal(fault, undefined, shown);
    }
  });
}
