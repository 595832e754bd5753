import assert from "node:assert/strict";
import { progressLine } from "../../lib/report/progress.ts";
import type { VerificationEvent } from "../../lib/verify/event.ts";
import { screen } from "./screen.ts";

function response(status: number): VerificationEvent {
  return {
    kind: "echo-response",
    status,
    message: { contextId: 1, elements: [], fault: undefined },
  };
}

const SUCCESS = response(0);
const ENDING: VerificationEvent = { kind: "ending", ending: "release" };

interface Fixture {
  /** Tells of an event after so many milliseconds. */
  readonly after: (milliseconds: number, event: VerificationEvent) => void;
  readonly written: () => string;
}

function progress(total: number): Fixture {
  let clock = 0;
  let written = "";
  const observe = progressLine(total, () => clock, (text) => {
    written += text;
  });
  return {
    after: (milliseconds, event) => {
      clock += milliseconds;
      observe(event);
    },
    written: () => written,
  };
}

Deno.test("a short series shows nothing", () => {
  const { after, written } = progress(100);
  for (let i = 0; i < 100; i++) after(1, SUCCESS);
  after(1, ENDING);
  assert.equal(written(), "");
});

Deno.test("a long series shows how far it is, and leaves nothing", () => {
  const { after, written } = progress(3000);
  for (let i = 0; i < 1000; i++) after(1, SUCCESS);
  assert.equal(screen(written()), "1000 of 3000 echoes (33 %)");
  for (let i = 0; i < 1999; i++) after(1, SUCCESS);
  assert.match(screen(written()), /^2\d{3} of 3000 echoes \(\d\d %\)$/);
  after(1, SUCCESS);
  after(1, ENDING);
  assert.equal(screen(written()), "");
});

Deno.test("the line is renewed now and then, not at every echo", () => {
  const { after, written } = progress(100_000);
  for (let i = 0; i < 10_000; i++) after(1, SUCCESS);
  const renewals = written().split("echoes").length - 1;
  assert.ok(renewals >= 5 && renewals <= 100, String(renewals));
});

Deno.test("the line is taken away before anything else is written", () => {
  const others: readonly VerificationEvent[] = [
    response(0x0122),
    {
      kind: "echo-failed",
      condition: { code: "", text: "" },
      announcesDataSet: false,
    },
    ENDING,
    { kind: "interrupted", standing: true },
  ];
  for (const event of others) {
    const { after, written } = progress(3);
    after(10_000, SUCCESS);
    assert.notEqual(screen(written()), "");
    after(1, event);
    assert.equal(screen(written()), "", event.kind);
  }
});
