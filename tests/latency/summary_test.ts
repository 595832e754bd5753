import assert from "node:assert/strict";
import { latencyText } from "../../lib/latency/summary.ts";
import type { Outcome } from "../../lib/verify/outcome.ts";

function outcome(sent: number, succeeded: number): Outcome {
  return {
    failure: undefined,
    stages: [],
    negotiated: undefined,
    echoes: { sent, succeeded },
  };
}

const PLAIN = { histogram: false, unicode: false };

Deno.test("a series ends with counts, loss, figures and percentiles", () => {
  assert.equal(
    latencyText("pacs:104", {
      outcome: outcome(5, 4),
      latencies: [1, 2, 3, 6],
    }, PLAIN),
    "--- pacs:104 echo statistics ---\n" +
      "5 echoes sent, 4 answered, 20 % lost\n" +
      "min/mean/max/sd = 1.000/3.000/6.000/1.871 ms\n" +
      "p50/p90/p95/p99 = 2.000/6.000/6.000/6.000 ms\n",
  );
});

Deno.test("a series without an answer has no figures", () => {
  assert.equal(
    latencyText("pacs:104", { outcome: outcome(1, 0), latencies: [] }, {
      histogram: true,
      unicode: true,
    }),
    "--- pacs:104 echo statistics ---\n1 echo sent, 0 answered, 100 % lost\n",
  );
});

Deno.test("answers with a failure status are no loss, but are told", () => {
  assert.match(
    latencyText("p", { outcome: outcome(3, 1), latencies: [1, 1, 1] }, PLAIN),
    /\n3 echoes sent, 3 answered, 2 with a failure status, 0 % lost\n/,
  );
});

Deno.test("a little loss does not look like none, nor much like all", () => {
  const lost = (succeeded: number): string | undefined =>
    /([\d.]+ %) lost/.exec(
      latencyText("p", {
        outcome: outcome(1_000_000, succeeded),
        latencies: [],
      }, PLAIN),
    )?.[1];
  assert.equal(lost(999_999), "0.1 %");
  assert.equal(lost(1), "99.9 %");
  assert.equal(lost(1_000_000), "0 %");
  assert.equal(lost(666_667), "33.3 %");
});

Deno.test("a histogram is shown of enough latencies if it is asked for", () => {
  const latencies = Array.from({ length: 20 }, (_, i) => 1 + i / 10);
  const shown = { outcome: outcome(20, 20), latencies };
  assert.ok(!latencyText("p", shown, PLAIN).includes("#"));
  assert.match(
    latencyText("p", shown, { histogram: true, unicode: false }),
    /p99 = .*\n( {2}\d.* ms {2,}#+ \d+\n)+$/,
  );
  assert.ok(
    !latencyText(
      "p",
      { outcome: outcome(5, 5), latencies: [1, 2, 3, 4, 5] },
      { histogram: true, unicode: false },
    ).includes("#"),
  );
});

Deno.test("what a peers file calls a peer is harmless on a terminal", () => {
  const text = latencyText("\x1b[31mpacs", {
    outcome: outcome(0, 0),
    latencies: [],
  }, PLAIN);
  assert.ok(text.startsWith("--- \\x1b[31mpacs echo statistics ---\n"));
});
