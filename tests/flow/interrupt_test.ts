/** Signals, from the machine to the wire and to the exit code. */

import assert from "node:assert/strict";
import { run } from "../../lib/app/run.ts";
import type { InterruptSignal } from "../../lib/host.ts";
import {
  ABORT,
  ASSOCIATE_AC,
  ASSOCIATE_RQ,
  RELEASE_RP,
} from "../support/golden.ts";
import { echoResponse } from "../support/pdus.ts";
import {
  receive,
  type Script,
  send,
  startScriptedPeer,
  waitForEnd,
} from "../support/scripted-peer.ts";
import { ASSOCIATED, ECHOED, sentTypes } from "../verify/verification.ts";
import { fakeMachine, type HostOptions, runAgainst } from "./fake-host.ts";

/** Sends the signal as soon as a line with these words is written. */
function at(
  words: string,
  signal: InterruptSignal,
): HostOptions {
  return {
    onError: (text, machine) => {
      if (text.includes(words)) machine.interrupt(signal);
    },
  };
}

for (
  const [signal, exit] of [
    ["SIGHUP", 129],
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const
) {
  Deno.test(`${signal} aborts the association and gives ${exit}`, async () => {
    const result = await runAgainst(
      [...ASSOCIATED, receive, waitForEnd],
      ["-v"],
      at("Sending Echo Request", signal),
    );
    assert.equal(result.exit, exit);
    assert.deepEqual(result.connections[0]?.pdus.at(-1), ABORT);
    const lines = result.stderr.split("\n");
    assert.deepEqual(lines.slice(-3), [
      "I: Sending Echo Request (MsgID 1)",
      "F: Interrupted, Aborting Association",
      "",
    ]);
  });
}

Deno.test("of several signals the first gives the exit code", async () => {
  const { exit } = await runAgainst(
    [...ASSOCIATED, receive, waitForEnd],
    ["-v"],
    {
      onError: (text, machine) => {
        if (!text.includes("Sending Echo Request")) return;
        machine.interrupt("SIGTERM");
        machine.interrupt("SIGINT");
      },
    },
  );
  assert.equal(exit, 143);
});

/** By the line at which the signal comes: a script, and what is sent. */
const PLACES: Readonly<Record<string, readonly [Script, string]>> = {
  "Association Accepted": [ASSOCIATED, "01 04 07"],
  "Releasing Association": [[...ECHOED, receive], "01 04 05 07"],
};

Deno.test("before it connects, a signal does what it does by itself", async () => {
  const handlers = new Map<string, number>();
  const { exit } = await runAgainst([...ECHOED, receive, send(RELEASE_RP)], [
    "-v",
  ], {
    onError: (text, machine) => handlers.set(text, machine.handlers()),
  });
  assert.equal(exit, 0);
  assert.deepEqual([...handlers].slice(0, 2), [
    ["I: Requesting Association\n", 0],
    ["I: Association Accepted (Max Send PDV: 16372)\n", 1],
  ]);
});

for (const [words, [script, sent]] of Object.entries(PLACES)) {
  Deno.test(`a signal at "${words}" ends the program in order`, async () => {
    const result = await runAgainst(
      [...script, waitForEnd],
      ["-v"],
      at(words, "SIGINT"),
    );
    assert.equal(result.exit, 130);
    assert.equal(sentTypes(result.connections), sent);
    assert.match(result.stderr, /\nF: Interrupted/);
  });
}

Deno.test("a signal after a failed status still gives 128 and its number", async () => {
  const { exit, connections } = await runAgainst(
    [
      ...ASSOCIATED,
      receive,
      send(echoResponse({ status: 0x0122 })),
      receive,
      waitForEnd,
    ],
    ["-v", "--repeat", "2"],
    at("(MsgID 2)", "SIGINT"),
  );
  assert.deepEqual(connections[0]?.pdus.at(-1), ABORT);
  assert.equal(exit, 130);
});

Deno.test("when all is over no handler of signals is left", async () => {
  await using peer = await startScriptedPeer([...ASSOCIATED, waitForEnd]);
  const machine = fakeMachine(at("Association Accepted", "SIGINT"));
  const line = ["-v", "127.0.0.1", String(peer.port)];
  await run(line, machine.host);
  assert.equal(machine.handlers(), 0);
});

Deno.test({
  name: "a real SIGTERM aborts on the wire and exits with 143",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const main = new URL("../../main.ts", import.meta.url);
    const child = new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--no-check",
        "--allow-net",
        "--allow-read",
        "--allow-env=DCMDICTPATH",
        main.href,
        "127.0.0.1",
        String(listener.addr.port),
      ],
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const output = child.output();
    using connection = await listener.accept();
    const received = new Uint8Array(4096);
    await connection.read(received);
    assert.equal(received[0], ASSOCIATE_RQ[0]);
    await connection.write(ASSOCIATE_AC);
    await connection.read(received);
    assert.equal(received[0], 0x04);
    child.kill("SIGTERM");
    const length = await connection.read(received);
    assert.deepEqual(received.subarray(0, length ?? 0), ABORT);
    connection.close();
    const { code, stdout, stderr } = await output;
    assert.equal(code, 143);
    assert.equal(new TextDecoder().decode(stdout), "");
    assert.equal(
      new TextDecoder().decode(stderr),
      "F: Interrupted, Aborting Association\n",
    );
  },
});

for (const [format, exit] of [["text", 143], ["nagios", 3]] as const) {
  Deno.test(`a signal ends the wait for a peers file from standard input (${format})`, async () => {
    const machine = fakeMachine({
      host: {
        inputStream: () =>
          new ReadableStream({ pull: () => machine.interrupt("SIGTERM") }),
      },
    });
    const argv = ["--peers", "-", "--format", format];
    assert.equal(await run(argv, machine.host), exit);
    assert.equal(machine.stderr(), "F: Interrupted\n");
  });
}

Deno.test({
  name: "a signal ends the program while a pipe that it reads says nothing",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    const folder = await Deno.makeTempDir();
    try {
      const pipe = `${folder}/peers.csv`;
      await new Deno.Command("mkfifo", { args: [pipe] }).output();
      const main = new URL("../../main.ts", import.meta.url);
      const child = new Deno.Command(Deno.execPath(), {
        args: [
          ...["run", "--no-check", "--allow-net", "--allow-read"],
          ...["--allow-env", main.href, "--peers", pipe],
        ],
        stdin: "null",
        stdout: "null",
        stderr: "null",
      }).spawn();
      // It is there as soon as there is somebody who reads.
      using _ = await Deno.open(pipe, { write: true });
      child.kill("SIGTERM");
      const { signal } = await child.status;
      assert.equal(signal, "SIGTERM");
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
