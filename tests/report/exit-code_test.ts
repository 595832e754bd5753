import assert from "node:assert/strict";
import { exitCode } from "../../lib/report/exit-code.ts";
import type { Failure, Stage } from "../../lib/verify/outcome.ts";

function codeOf(failure: Failure | undefined): number {
  return exitCode({
    failure,
    stages: [],
    negotiated: undefined,
    echoes: { sent: 1, succeeded: 0 },
  });
}

Deno.test("only a peer that was verified gives 0", () => {
  assert.equal(codeOf(undefined), 0);
});

const CODES: Readonly<Record<Stage, number>> = {
  connect: 1,
  tls: 1,
  association: 1,
  echo: 70,
  release: 1,
  abort: 1,
};

for (const [stage, code] of Object.entries(CODES)) {
  Deno.test(`a failure in stage ${stage} gives ${code}, whatever its cause`, () => {
    for (
      const cause of [
        { kind: "status", status: 1 },
        { kind: "abort", source: 0, reason: 0 },
        { kind: "timeout", midPdu: false },
        { kind: "no-accepted-context" },
      ] as const
    ) {
      const failure = { stage: stage as Stage, cause, condition: undefined };
      assert.equal(codeOf(failure), code);
    }
  });
}
