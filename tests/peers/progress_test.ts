import assert from "node:assert/strict";
import { PeersProgress } from "../../lib/peers/progress.ts";
import { screen } from "../report/screen.ts";

function progress(total: number): {
  readonly after: (milliseconds: number, failed?: boolean) => void;
  readonly erase: () => void;
  readonly written: () => string;
} {
  let clock = 0;
  let written = "";
  const line = new PeersProgress(total, () => clock, (text) => {
    written += text;
  });
  return {
    after: (milliseconds, failed = false) => {
      clock += milliseconds;
      line.count(failed);
    },
    erase: () => line.erase(),
    written: () => written,
  };
}

Deno.test("a long run shows how far it is and how many failed, and leaves nothing", () => {
  const { after, erase, written } = progress(1000);
  for (let i = 0; i < 120; i++) after(100, i % 10 === 0);
  assert.equal(screen(written()), "120 of 1000 peers, 12 failed");
  erase();
  assert.equal(screen(written()), "");
});

Deno.test("a short run shows nothing at all", () => {
  const { after, erase, written } = progress(3);
  for (let i = 0; i < 3; i++) after(10);
  erase();
  assert.equal(written(), "");
});

Deno.test("the last peer is not shown: the table comes at once", () => {
  const { after, written } = progress(1);
  after(10_000);
  assert.equal(written(), "");
});
