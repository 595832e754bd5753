/** `--probe`, `--listen` and `--metrics` as the command line asks for them. */

import assert from "node:assert/strict";
import { run } from "../../lib/app/run.ts";
import { startVerificationScp } from "../../lib/scp/server.ts";
import {
  receive,
  startScriptedPeer,
  waitForEnd,
} from "../support/scripted-peer.ts";
import { fakeMachine, type Machine, runLine } from "./fake-host.ts";

Deno.test("a probe shows what the peer accepts, and no echo is sent", async () => {
  await using scp = startVerificationScp();
  const { exit, stdout, stderr } = await runLine([
    "--probe",
    "127.0.0.1",
    String(scp.port),
  ]);
  assert.equal(exit, 0);
  assert.equal(stderr, "");
  assert.match(stdout, /^Accepted: 1 of \d+ services/);
});

Deno.test("a probe for a program is one JSON document", async () => {
  await using scp = startVerificationScp();
  const line = ["--probe", "--format", "json", "127.0.0.1", String(scp.port)];
  const { exit, stdout } = await runLine(line);
  assert.equal(exit, 0);
  assert.equal(typeof JSON.parse(stdout), "object");
});

Deno.test("a probe that fails is told like a verification", async () => {
  await using peer = await startScriptedPeer([receive, waitForEnd]);
  const line = ["--probe", "--deadline", "0.2", "127.0.0.1", String(peer.port)];
  const { exit, stderr } = await runLine(line);
  assert.equal(exit, 1);
  assert.match(stderr, /^hint: .*deadline/m);
});

Deno.test("a probe has no format for monitoring", async () => {
  const { exit, stderr } = await runLine([
    "--probe",
    "--format",
    "csv",
    "127.0.0.1",
    "1",
  ]);
  assert.equal(exit, 1);
  assert.equal(stderr, "F: --probe has no format csv: use text or json\n");
});

/** Listens, calls with the port when it does, and is interrupted after it. */
async function whileListening(
  argv: readonly string[],
  call: (port: number) => Promise<void>,
): Promise<{ readonly exit: number; readonly machine: Machine }> {
  const calls: Promise<void>[] = [];
  const machine = fakeMachine({
    onError: (text, { interrupt }) => {
      const port = /^Listening on 127\.0\.0\.1:(\d+),/m.exec(text)?.[1];
      if (port === undefined) return;
      calls.push(
        call(Number(port)).finally(() => interrupt("SIGINT")),
      );
    },
  });
  const line = ["--listen", "127.0.0.1:0", ...argv];
  const exit = await run(line, machine.host);
  await Promise.all(calls);
  return { exit, machine };
}

Deno.test("a listening end shows who calls, and ends in order", async () => {
  const { exit, machine } = await whileListening(
    ["-aet", "ME"],
    async (port) => {
      const good = await runLine(["-aec", "ME", "127.0.0.1", String(port)]);
      assert.equal(good.exit, 0);
      const bad = await runLine(["-aec", "YOU", "127.0.0.1", String(port)]);
      assert.equal(bad.exit, 1);
    },
  );
  assert.equal(exit, 0);
  assert.match(machine.stderr(), /Called AE Title: +ME$/m);
  assert.match(machine.stderr(), /Called AE Title Not Recognized/);
  assert.equal(machine.handlers(), 0);
});

Deno.test("metrics are served while it listens", async () => {
  let seen = "";
  const { exit } = await whileListening(["--metrics", "0", "-v"], async () => {
    await Promise.resolve();
  });
  assert.equal(exit, 0);
  const machine = fakeMachine({
    onError: (text, { interrupt }) => {
      const url = /^I: Serving metrics on (\S+)$/m.exec(text)?.[1];
      if (url === undefined) return;
      fetch(url).then((response) => response.text()).then((body) => {
        seen = body;
      }).finally(() => interrupt("SIGINT"));
    },
  });
  await run(["--listen", "127.0.0.1:0", "--metrics", "0", "-v"], machine.host);
  assert.match(seen, /^dicom_listen_open_connections 0$/m);
});

Deno.test("a listening end that cannot listen says why", async () => {
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const address = `127.0.0.1:${taken.addr.port}`;
  const { exit, stderr } = await runLine(["--listen", address]);
  assert.equal(exit, 1);
  assert.match(stderr, /^F: Cannot listen on 127\.0\.0\.1:\d+: /);
});

Deno.test("a listening end with TLS needs a key", async () => {
  const { exit, stderr } = await runLine([
    "--listen",
    "127.0.0.1:0",
    "+tla",
    "-ic",
  ]);
  assert.equal(exit, 1);
  assert.match(stderr, /^F: --listen with TLS needs a key/);
});
