import assert from "node:assert/strict";
import { callerWaits, type WantedWaits } from "../../lib/listen/waits.ts";

/** Seconds that were asked for, and what becomes of it in milliseconds. */
const CASES: readonly (readonly [
  string,
  Partial<WantedWaits>,
  readonly [number | undefined, number | undefined, boolean],
])[] = [
  ["nothing", {}, [undefined, undefined, false]],
  ["an ACSE timeout", { acse: 30 }, [30_000, undefined, false]],
  ["a DIMSE timeout", { dimse: 3 }, [undefined, 3000, false]],
  ["a short socket timeout", { socket: 2 }, [2000, 2000, false]],
  ["a long socket timeout", { socket: 90 }, [10_000, 90_000, false]],
  [
    "the least of two",
    { acse: 20, dimse: 4, socket: 5 },
    [5000, 4000, false],
  ],
  ["no socket timeout", { socket: 0 }, [10_000, 600_000, true]],
  [
    "no socket timeout, but another",
    { socket: -1, dimse: 70 },
    [10_000, 70_000, false],
  ],
  [
    "more than there is",
    { acse: 4_000_000_000, dimse: 601 },
    [600_000, 600_000, true],
  ],
];

for (const [what, wanted, [artimTimeout, idleTimeout, shortened]] of CASES) {
  Deno.test(`how long a caller is waited for, with ${what}`, () => {
    assert.deepEqual(
      callerWaits({
        acse: undefined,
        dimse: undefined,
        socket: undefined,
        ...wanted,
      }),
      { artimTimeout, idleTimeout, shortened },
    );
  });
}
