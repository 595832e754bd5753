/**
 * Our client and our SCP in TLS 1.3 with a bad network between them: for every
 * byte of a whole conversation, handshake included, at which it may break; silence only for some.
 */

import assert from "node:assert/strict";
import { startVerificationScp } from "../../lib/scp/server.ts";
import type { Outcome } from "../../lib/verify/outcome.ts";
import type { VerificationSettings } from "../../lib/verify/settings.ts";
import { eachInParallel } from "../interop/pool.ts";
import { issue } from "../support/certificates.ts";
import { asServer, ROOT } from "../tls/handshakes.ts";
import { verifyHost } from "../verify/verification.ts";
import { type Direction, type Fault, startFaultProxy } from "./fault-proxy.ts";
import { withinBound } from "./probe.ts";
import { secured } from "./secured.ts";

/** Its signatures are of one length, and so is every conversation. */
const TLS = asServer(issue(ROOT, { name: "pacs", key: "ed25519" }));

interface Ran {
  readonly outcome: Outcome;
  readonly seen: Readonly<Record<Direction, Uint8Array>>;
}

async function through(
  direction: Direction,
  fault: Fault,
  settings: Partial<VerificationSettings> = {},
): Promise<Ran> {
  await using scp = startVerificationScp({
    tls: TLS,
    artimTimeout: 1000,
    idleTimeout: 1000,
  });
  await using proxy = await startFaultProxy(scp.port, direction, fault);
  const { outcome } = await withinBound(
    verifyHost({ port: proxy.port, ...settings }, { secure: secured() }),
  );
  return { outcome, seen: { ...proxy.seen } };
}

const DIRECTIONS = ["to-scp", "to-client"] as const;

/** Conversations at once; silent ones do nothing but wait. */
const WIDTH = 16;
const SILENT_WIDTH = 120;

/** Where the records of a direction end, in bytes from its beginning. */
function bordersOf(stream: Uint8Array): number[] {
  const borders: number[] = [];
  for (let at = 0; at < stream.byteLength;) {
    at += 5 + (stream[at + 3] ?? 0) * 256 + (stream[at + 4] ?? 0);
    borders.push(at);
  }
  return borders;
}

/** Every number of bytes after which it may break. */
function breaks(borders: readonly number[]): number[] {
  return Array.from({ length: (borders.at(-1) ?? 0) + 1 }, (_, at) => at);
}

/** Each of these takes its time: those at the borders of records, and some. */
function someBreaks(borders: readonly number[]): number[] {
  return breaks(borders).filter((at) =>
    at % 5 === 0 || borders.some((border) => Math.abs(at - border) <= 1)
  );
}

async function wholeBorders(direction: Direction): Promise<number[]> {
  const { outcome, seen } = await through(direction, { kind: "none" });
  assert.equal(outcome.failure, undefined);
  const borders = bordersOf(seen[direction]);
  assert.equal(borders.at(-1), seen[direction].byteLength);
  assert.ok(borders.length > 5, `${borders}`);
  return borders;
}

for (const kind of ["close", "reset"] as const) {
  for (const direction of DIRECTIONS) {
    Deno.test(`in TLS, ${kind} after every number of bytes ${direction}`, async () => {
      const borders = await wholeBorders(direction);
      // The last records have the echo, the release, and close_notify.
      const [echoed = 0, released = 0] = borders.slice(-3);
      await eachInParallel(breaks(borders), WIDTH, async (after) => {
        const { outcome } = await through(direction, { kind, after });
        const what = `${after}: ${JSON.stringify(outcome.failure)}`;
        const verified = outcome.failure === undefined;
        // The last bytes to the SCP are answered only if it is quick enough.
        if (after >= released && direction === "to-scp") return;
        assert.equal(verified, after >= released, what);
        const { succeeded } = outcome.echoes;
        if (direction === "to-client") {
          assert.equal(succeeded, after >= echoed ? 1 : 0, what);
        } else if (after < echoed) assert.equal(succeeded, 0, what);
      });
    });
  }
}

for (const direction of DIRECTIONS) {
  Deno.test(`in TLS, silence after numbers of bytes ${direction}`, async () => {
    const borders = await wholeBorders(direction);
    const released = borders.at(-2) ?? 0;
    await eachInParallel(
      someBreaks(borders),
      SILENT_WIDTH,
      async (after) => {
        const { outcome } = await through(
          direction,
          { kind: "swallow", after },
          { connectTimeout: 0.4, acseTimeout: 0.3, dimseTimeout: 0.3 },
        );
        const what = `${after}: ${JSON.stringify(outcome.failure)}`;
        if (after < released) assert.notEqual(outcome.failure, undefined, what);
      },
    );
  });

  const HARMLESS = [
    { kind: "split" },
    { kind: "delay", turns: 1 },
    { kind: "delay", turns: 7 },
    { kind: "join", turns: 4 },
  ] as const satisfies readonly Fault[];

  Deno.test(`in TLS, cut to bytes, delayed or joined ${direction}, all is well`, async () => {
    for (const fault of HARMLESS) {
      const { outcome } = await through(direction, fault, { repeat: 3 });
      assert.equal(outcome.failure, undefined);
      assert.deepEqual(outcome.echoes, { sent: 3, succeeded: 3 });
    }
  });
}

/** A record that comes twice is no record of this connection (RFC 8446 5.3). */
for (const direction of DIRECTIONS) {
  for (const segment of [0, 1, 2]) {
    Deno.test(`in TLS, segment ${segment} ${direction} twice fails`, async () => {
      const fault = { kind: "duplicate", segment } as const;
      const { outcome } = await through(direction, fault);
      assert.notEqual(outcome.failure, undefined);
    });
  }
}
