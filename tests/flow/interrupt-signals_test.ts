/** Signals as what is under way sees them. */

import assert from "node:assert/strict";
import { Interrupt } from "../../lib/app/interrupt.ts";
import { fakeMachine } from "./fake-host.ts";

Deno.test("signals are taken from the time on that it is said, once", () => {
  const machine = fakeMachine();
  using interrupt = new Interrupt(machine.host);
  assert.equal(machine.handlers(), 0);
  interrupt.handle();
  interrupt.handle();
  assert.equal(machine.handlers(), 1);
  assert.equal(interrupt.aborted, false);
});

Deno.test("whoever asks for the signal has signals taken", () => {
  const machine = fakeMachine();
  using interrupt = new Interrupt(machine.host);
  const signal = interrupt.toSignal();
  machine.interrupt("SIGTERM");
  assert.ok(signal.aborted);
  assert.equal(interrupt.toSignal(), signal);
});

Deno.test("a signal that came before it is asked for is seen", () => {
  const machine = fakeMachine();
  using interrupt = new Interrupt(machine.host);
  interrupt.handle();
  machine.interrupt("SIGINT");
  assert.ok(interrupt.toSignal().aborted);
});

Deno.test("each listener is told once, and the first signal is the cause", () => {
  const machine = fakeMachine();
  using interrupt = new Interrupt(machine.host);
  interrupt.handle();
  let told = 0;
  const gone = (): void => assert.fail("told");
  interrupt.addEventListener("abort", () => told++);
  interrupt.addEventListener("abort", gone);
  interrupt.removeEventListener("abort", gone);
  machine.interrupt("SIGHUP");
  machine.interrupt("SIGINT");
  assert.equal(told, 1);
  assert.equal(interrupt.cause, "SIGHUP");
});

Deno.test("when it is done signals are left alone", () => {
  const machine = fakeMachine();
  {
    using interrupt = new Interrupt(machine.host);
    interrupt.handle();
  }
  assert.equal(machine.handlers(), 0);
});
