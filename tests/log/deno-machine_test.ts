import assert from "node:assert/strict";
import { BackgroundWriter } from "../../lib/log/background-writer.ts";
import { denoMachine } from "../../lib/log/deno-machine.ts";

const machine = denoMachine({
  environment: () => undefined,
  writeError: () => {},
  errorBacklog: () => 7,
  errorsWritten: () => undefined,
}, new BackgroundWriter(Deno.stdout));

Deno.test("what waits for standard error is counted", () => {
  assert.equal(machine.backlog(), 7);
  assert.equal(machine.written(), undefined);
});

Deno.test("the machine's full name begins with its name", () => {
  assert.ok(machine.fullHostname().length > 0);
  assert.equal(
    machine.fullHostname().split(".")[0],
    machine.hostname().split(".")[0],
  );
});
