/** Standard output that is slow, stalled, closed or full. */

import assert from "node:assert/strict";
import { run } from "../../lib/app/run.ts";
import { startVerificationScp } from "../../lib/scp/server.ts";
import { WELL_BEHAVED } from "../verify/verification.ts";
import { fakeMachine, runAgainst } from "./fake-host.ts";

const MAIN = new URL("../../main.ts", import.meta.url).pathname;

const PROGRAM = [
  ...["run", "--no-check", "--allow-net", "--allow-read"],
  ...["--allow-env", MAIN],
];

Deno.test("no run ends before its output is written", async () => {
  await using scp = startVerificationScp();
  const peer = ["127.0.0.1", String(scp.port)];
  for (
    const argv of [
      ["--help"],
      ["--version"],
      ["--format", "nagios", "--nope"],
      ["--format", "json", ...peer],
    ]
  ) {
    const { promise, resolve } = Promise.withResolvers<void>();
    let written = false;
    const { host } = fakeMachine({
      host: {
        outputWritten: () => {
          queueMicrotask(() => {
            written = true;
            resolve();
          });
          return promise;
        },
      },
    });
    await run(argv, host);
    assert.ok(written, argv.join(" "));
  }
});

Deno.test("a result that is lost is a failure, and said", async () => {
  const host = { outputFault: () => "no\nspace" };
  for (const [format, code] of [["json", 1], ["nagios", 3]] as const) {
    const argv = ["--format", format];
    const { exit, stderr } = await runAgainst(WELL_BEHAVED, argv, { host });
    assert.equal(exit, code);
    assert.equal(stderr, "F: Cannot write standard output: no\\x0aspace\n");
  }
  const plain = await runAgainst(WELL_BEHAVED, [], { host });
  assert.equal(plain.exit, 0);
  assert.equal(plain.stderr, "");
});

Deno.test({
  name: "a full disk is a failure, a reader that has gone is none",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    await using scp = startVerificationScp();
    const peer = ["--format", "json", "127.0.0.1", String(scp.port)];
    const shell = async (
      redirection: string,
      argv: readonly string[],
      after = "",
    ): Promise<readonly [number, string]> => {
      const { code, stderr } = await new Deno.Command("sh", {
        args: [
          "-c",
          `{ "$@" ${after}; } ${redirection}`,
          "sh",
          Deno.execPath(),
          ...PROGRAM,
        ]
          .concat(argv),
        stdout: "null",
        stderr: "piped",
      }).output();
      return [code, new TextDecoder().decode(stderr)];
    };
    const [full, text] = await shell(">/dev/full", peer);
    assert.match(text, /^F: Cannot write standard output: .*\n$/);
    assert.equal(full, 1);
    // As in the reference.
    assert.deepEqual(await shell(">/dev/full", ["--help"]), [0, ""]);
    const [, gone] = await shell("| true", peer, "; echo exit $? >&2");
    assert.equal(gone, "exit 0\n");
  },
});

Deno.test({
  name: "a signal ends the program although nobody reads its output",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    const file = await Deno.makeTempFile();
    try {
      // They fail at once, and their result is more than a pipe takes.
      await Deno.writeTextFile(file, `host,port\n${"a:b,1\n".repeat(1000)}`);
      const program = new Deno.Command(Deno.execPath(), {
        args: [...PROGRAM, "--peers", file, "--format", "json"],
        stdout: "piped",
        stderr: "null",
      }).spawn();
      const reader = program.stdout.getReader();
      await reader.read();
      program.kill("SIGTERM");
      const { code } = await program.status;
      await reader.cancel();
      assert.equal(code, 143);
    } finally {
      await Deno.remove(file);
    }
  },
});
