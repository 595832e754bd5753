/** A reader of standard error that reads nothing; it takes a real pipe. */

import assert from "node:assert/strict";
import { startVerificationScp } from "../../lib/scp/server.ts";

const MAIN = new URL("../../main.ts", import.meta.url).pathname;

Deno.test("a signal ends the program although nobody reads its log", async () => {
  await using scp = startVerificationScp();
  const program = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--allow-net", "--allow-read", "--allow-env=DCMDICTPATH"],
      ...[MAIN, "--log-level", "trace", "--repeat", "1000000"],
      ...[scp.hostname, String(scp.port)],
    ],
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const reader = program.stderr.getReader();
  // Once the log begins, the series is under way and fills the pipe.
  await reader.read();
  program.kill("SIGINT");
  const { code } = await program.status;
  await reader.cancel();
  assert.equal(code, 130);
});
