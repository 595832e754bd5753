/** Verifications that never reach an association. */

import assert from "node:assert/strict";
import {
  formatCondition,
  tcpInitializationError,
} from "../../lib/base/condition.ts";
import { TransportError } from "../../lib/net/transport.ts";
import type { VerificationSettings } from "../../lib/verify/settings.ts";
import { startFullListener } from "../support/full-listener.ts";
import { receive, waitForEnd } from "../support/scripted-peer.ts";
import { sentTypes, verifyHost, verifyPeer } from "./verification.ts";

async function assertNotConnected(
  settings: Partial<VerificationSettings>,
  fault: string,
  condition: string,
): Promise<void> {
  const { outcome } = await verifyHost(settings);
  assert.equal(outcome.failure?.stage, "connect");
  assert.deepEqual(outcome.failure.cause, { kind: "transport", fault });
  assert.ok(outcome.failure.condition);
  assert.equal(formatCondition(outcome.failure.condition), condition);
  assert.deepEqual(
    outcome.stages.map(({ stage, fault }) => [stage, fault === undefined]),
    [["connect", false]],
  );
  assert.equal(outcome.negotiated, undefined);
  assert.deepEqual(outcome.echoes, { sent: 0, succeeded: 0 });
}

Deno.test("nobody listens", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  await assertNotConnected(
    { port },
    "refused",
    "0006:031c TCP Initialization Error: Connection refused",
  );
});

Deno.test("a host that does not exist", async () => {
  await assertNotConnected(
    { peer: "nosuchhost.invalid" },
    "unknown-host",
    "0006:0320 Attempt to connect to unknown host: nosuchhost.invalid",
  );
});

Deno.test("a peer that cannot be one", async () => {
  for (const peer of ["", "host:104"]) {
    await assertNotConnected(
      { peer },
      "illegal-peer",
      `0006:030c Illegal service parameter: ${peer}:104`,
    );
  }
});

Deno.test("a connection that takes too long", async () => {
  await using full = await startFullListener();
  await assertNotConnected(
    { port: full.port, connectTimeout: 0.01 },
    "timeout",
    "0006:031c TCP Initialization Error: Operation now in progress (Timeout)",
  );
});

Deno.test("whatever else a transport says of itself", async () => {
  for (const fault of ["unreachable", "other", "reset"] as const) {
    const condition = tcpInitializationError("No route to host");
    const { outcome } = await verifyHost({}, {
      connect: () => Promise.reject(new TransportError(fault, condition)),
    });
    assert.deepEqual(outcome.failure, {
      stage: "connect",
      cause: { kind: "transport", fault },
      condition,
    });
  }
});

Deno.test("a fault of the program is not taken for one of the network", async () => {
  const fault = new RangeError("a bug");
  await assert.rejects(
    verifyHost({}, { connect: () => Promise.reject(fault) }),
    fault,
  );
});

for (
  const [which, settings] of [
    ["Called", { calledAeTitle: "" }],
    ["Calling", { callingAeTitle: "" }],
    ["Called", { calledAeTitle: "", callingAeTitle: "" }],
  ] as const
) {
  const empty = Object.keys(settings).join(" and ");
  Deno.test(`an empty ${empty} is noticed with the transport up`, async () => {
    const { outcome, connections } = await verifyPeer(
      [receive, waitForEnd],
      settings,
    );
    assert.equal(outcome.failure?.stage, "association");
    assert.deepEqual(outcome.failure.cause, { kind: "illegal-title" });
    assert.deepEqual(outcome.failure.condition, {
      code: "0006:030c",
      text: `Illegal service parameter: ${which} AP Title`,
    });
    assert.equal(connections.length, 1);
    assert.equal(sentTypes(connections), "");
  });
}
