/**
 * Our client and our SCP with a bad network between them. Verified is who has
 * answered, and has let go in order: for every byte at which it may break.
 */

import assert from "node:assert/strict";
import { startVerificationScp } from "../../lib/scp/server.ts";
import type { Outcome } from "../../lib/verify/outcome.ts";
import type { VerificationSettings } from "../../lib/verify/settings.ts";
import { eachInParallel } from "../interop/pool.ts";
import { verifyHost } from "../verify/verification.ts";
import { type Direction, type Fault, startFaultProxy } from "./fault-proxy.ts";
import { withinBound } from "./probe.ts";

interface Ran {
  readonly outcome: Outcome;
  readonly seen: Readonly<Record<Direction, Uint8Array>>;
}

/**
 * One verification through the proxy, of an SCP of its own: no conversation is
 * to suffer from another. Idle clients must not keep it from its end.
 */
async function through(
  direction: Direction,
  fault: Fault,
  settings: Partial<VerificationSettings> = {},
): Promise<Ran> {
  await using scp = startVerificationScp({
    artimTimeout: 300,
    idleTimeout: 300,
  });
  await using proxy = await startFaultProxy(scp.port, direction, fault);
  const { outcome } = await withinBound(
    verifyHost({ port: proxy.port, ...settings }),
  );
  return { outcome, seen: { ...proxy.seen } };
}

const DIRECTIONS = ["to-scp", "to-client"] as const;

/** Conversations at once; silent ones do nothing but wait. */
const WIDTH = 24;
const SILENT_WIDTH = 120;

/** How long a whole conversation is in each direction, in bytes. */
async function lengths(): Promise<Readonly<Record<Direction, number>>> {
  const { outcome, seen } = await through("to-scp", { kind: "none" });
  assert.equal(outcome.failure, undefined);
  return {
    "to-scp": seen["to-scp"].byteLength,
    "to-client": seen["to-client"].byteLength,
  };
}

/** A-RELEASE-RQ and A-RELEASE-RP, which end each direction. */
const RELEASE_LENGTH = 10;

for (const kind of ["close", "reset"] as const) {
  for (const direction of DIRECTIONS) {
    Deno.test(`${kind} after every number of bytes ${direction}`, async () => {
      const whole = (await lengths())[direction];
      assert.ok(whole > 200, `${whole}`);
      const all = Array.from({ length: whole + 1 }, (_, after) => after);
      await eachInParallel(all, WIDTH, async (after) => {
        const { outcome } = await through(direction, { kind, after });
        const verified = outcome.failure === undefined;
        const what = `${after} of ${whole}: ${JSON.stringify(outcome.failure)}`;
        // The last bytes to the SCP are answered only if it is quick enough.
        if (after === whole && direction === "to-scp") return;
        assert.equal(verified, after === whole, what);
        // The break may overtake an answer that is already on its way.
        const { succeeded } = outcome.echoes;
        const complete = after >= whole - RELEASE_LENGTH;
        if (direction === "to-client") {
          assert.equal(succeeded, complete ? 1 : 0, what);
        } else if (!complete) assert.equal(succeeded, 0, what);
      });
    });
  }
}

for (const direction of DIRECTIONS) {
  Deno.test(`silence after every number of bytes ${direction}`, async () => {
    const whole = (await lengths())[direction];
    const all = Array.from({ length: whole + 1 }, (_, after) => after);
    await eachInParallel(all, SILENT_WIDTH, async (after) => {
      const { outcome } = await through(direction, { kind: "swallow", after }, {
        acseTimeout: 0.2,
        dimseTimeout: 0.2,
      });
      const what = `${after} of ${whole}: ${JSON.stringify(outcome.failure)}`;
      if (after < whole) assert.notEqual(outcome.failure, undefined, what);
    });
  });

  Deno.test(`byte by byte ${direction}, all is well`, async () => {
    const { outcome } = await through(direction, { kind: "split" }, {
      repeat: 3,
    });
    assert.equal(outcome.failure, undefined);
    assert.deepEqual(outcome.echoes, { sent: 3, succeeded: 3 });
  });

  Deno.test(`cut to bytes and joined again ${direction}, all is well`, async () => {
    await using scp = startVerificationScp();
    await using cut = await startFaultProxy(scp.port, direction, {
      kind: "split",
    });
    for (const turns of [1, 4]) {
      const fault = { kind: "join", turns } as const;
      await using joined = await startFaultProxy(cut.port, direction, fault);
      const { outcome } = await withinBound(
        verifyHost({ port: joined.port, repeat: 3 }),
      );
      assert.equal(outcome.failure, undefined);
      assert.deepEqual(outcome.echoes, { sent: 3, succeeded: 3 });
    }
  });

  Deno.test(`delayed ${direction}, all is well`, async () => {
    for (const turns of [1, 2, 7]) {
      const fault = { kind: "delay", turns } as const;
      const { outcome } = await through(direction, fault);
      assert.equal(outcome.failure, undefined);
    }
  });
}

/** By segment, what becomes of it when it comes twice. */
const TWICE: Readonly<Record<Direction, readonly (string | undefined)[]>> = {
  // A second A-ASSOCIATE-RQ is aborted, as is one of the SCP's answers too many.
  "to-scp": ["echo", "release", undefined],
  "to-client": ["echo", "release", undefined],
};

for (const direction of DIRECTIONS) {
  TWICE[direction].forEach((stage, segment) => {
    Deno.test(`segment ${segment} ${direction} twice: ${stage ?? "harmless"}`, async () => {
      const fault = { kind: "duplicate", segment } as const;
      const { outcome } = await through(direction, fault);
      assert.equal(outcome.failure?.stage, stage);
    });
  });
}
