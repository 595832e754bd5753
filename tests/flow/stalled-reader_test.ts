/** Readers of the log that read nothing; it takes real pipes. */

import assert from "node:assert/strict";
import { startVerificationScp } from "../../lib/scp/server.ts";

/** In bytes. */
const MORE_THAN_A_PIPE = 1024 * 1024;

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

Deno.test({
  name: "a signal ends the program although nobody reads its log file",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    await using scp = startVerificationScp();
    const folder = await Deno.makeTempDir();
    try {
      await new Deno.Command("mkfifo", { args: [`${folder}/pipe`] }).output();
      await Deno.writeTextFile(
        `${folder}/log.cfg`,
        `log4cplus.rootLogger = TRACE, pipe, console
log4cplus.appender.pipe = log4cplus::FileAppender
log4cplus.appender.pipe.File = ${folder}/pipe
log4cplus.appender.console = log4cplus::ConsoleAppender
log4cplus.appender.console.logToStdErr = true
`,
      );
      const program = new Deno.Command(Deno.execPath(), {
        args: [
          ...["run", "--allow-net", "--allow-read", "--allow-write"],
          ...["--allow-env=DCMDICTPATH", MAIN, "-lc", `${folder}/log.cfg`],
          ...["--repeat", "1000000", scp.hostname, String(scp.port)],
        ],
        stdout: "null",
        stderr: "piped",
      }).spawn();
      const reader = await Deno.open(`${folder}/pipe`);
      // The console has what the file has: more than fits into a pipe.
      const errors = program.stderr.getReader();
      for (let length = 0; length < MORE_THAN_A_PIPE;) {
        length += (await errors.read()).value?.byteLength ?? MORE_THAN_A_PIPE;
      }
      program.kill("SIGINT");
      const { code } = await program.status;
      await errors.cancel();
      reader.close();
      assert.equal(code, 130);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
