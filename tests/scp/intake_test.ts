import assert from "node:assert/strict";
import { Intake } from "../../lib/scp/intake.ts";
import { MemoryTransport } from "../association/memory-transport.ts";

const KIB = 1024;

Deno.test("while the limit is exceeded only those that send much are closed on", async () => {
  const intake = new Intake(40 * KIB);
  const greedy = new MemoryTransport(
    ...Array(4).fill(new Uint8Array(20 * KIB)),
  );
  const modest = new MemoryTransport(new Uint8Array(16 * KIB), "end");
  const buffer = new Uint8Array(64 * KIB);
  using one = intake.guard(greedy);
  using other = intake.guard(modest);
  assert.equal(await one.read(buffer), 20 * KIB);
  assert.equal(await one.read(buffer), 20 * KIB);
  assert.equal(await other.read(buffer), 16 * KIB);
  assert.equal(modest.closed, false);
  assert.equal(await one.read(buffer), 0);
  assert.equal(greedy.closed, true);
});

Deno.test("what was counted is given back in the end, and no more", async () => {
  const intake = new Intake(20 * KIB);
  const buffer = new Uint8Array(64 * KIB);
  for (let again = 0; again < 3; again++) {
    const transport = new MemoryTransport(new Uint8Array(20 * KIB));
    using guarded = intake.guard(transport);
    assert.equal(await guarded.read(buffer), 20 * KIB);
    guarded[Symbol.dispose]();
  }
});

Deno.test("what comes within an association is not counted", async () => {
  const intake = new Intake(20 * KIB);
  const buffer = new Uint8Array(64 * KIB);
  const pieces = Array(9).fill(new Uint8Array(20 * KIB));
  using guarded = intake.guard(new MemoryTransport(...pieces));
  guarded.stopCounting();
  for (const _ of pieces) assert.equal(await guarded.read(buffer), 20 * KIB);
});
