/** `--probe`, `--listen` and `--metrics` as the command line asks for them. */

import assert from "node:assert/strict";
import { run } from "../../lib/app/run.ts";
import { startVerificationScp } from "../../lib/scp/server.ts";
import { against, EXPIRED, TRUSTING } from "./tls-host.ts";
import {
  close,
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
  call: (port: number, machine: Machine) => Promise<void>,
): Promise<{ readonly exit: number; readonly machine: Machine }> {
  const calls: Promise<void>[] = [];
  const machine = fakeMachine();
  const writeOut = (text: string): void => {
    machine.host.writeOut(text);
    const port = /^Listening on 127\.0\.0\.1:(\d+),/m.exec(text)?.[1];
    if (port === undefined) return;
    const ended = call(Number(port), machine);
    calls.push(ended.finally(() => machine.interrupt("SIGINT")));
  };
  const line = ["--listen", "127.0.0.1:0", ...argv];
  const exit = await run(line, { ...machine.host, writeOut });
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
  assert.equal(machine.stderr(), "");
  assert.match(machine.stdout(), /Called AE Title: +ME$/m);
  assert.match(machine.stdout(), /Called AE Title Not Recognized/);
  assert.equal(machine.handlers(), 0);
});

Deno.test("metrics are served while it listens", async () => {
  let seen = "";
  const { exit } = await whileListening(
    ["--metrics", "0"],
    async (_port, machine) => {
      await Promise.resolve();
      const url = /^Metrics: (\S+)$/m.exec(machine.stdout())?.[1] ?? "";
      seen = await (await fetch(url)).text();
    },
  );
  assert.equal(exit, 0);
  assert.match(seen, /^dicom_listen_open_connections 0$/m);
});

Deno.test("a listening end ends by its deadline, with its sums", async () => {
  const line = ["--listen", "127.0.0.1:0", "--deadline", "0.05"];
  const { exit, stdout } = await runLine([...line, "-q"]);
  assert.equal(exit, 0);
  assert.match(stdout, /^Connections: 0/m);
});

Deno.test("blanks around the title of a listening end do not count", async () => {
  const { machine } = await whileListening(["-aet", " ME "], async (port) => {
    const good = await runLine(["-aec", "ME", "127.0.0.1", String(port)]);
    assert.equal(good.exit, 0);
  });
  assert.match(machine.stderr(), /^W: the called AE title " ME " begins/m);
});

Deno.test("a title that nobody can ask for is refused", async () => {
  const title = "TWENTY_CHARACTERS_AB";
  const line = ["--listen", "127.0.0.1:0", "--deadline", "0.05"];
  const { exit, stderr } = await runLine([...line, "-aet", title]);
  assert.equal(exit, 1);
  assert.match(stderr, /^F: No caller can ask for the AE title "TWENTY/);
});

Deno.test("a job without a format for monitoring is UNKNOWN to it", async () => {
  const line = ["--format", "nagios", "--probe", "h", "1"];
  const { exit, stdout } = await runLine(line);
  assert.equal(exit, 3);
  assert.match(stdout, /^DICOM UNKNOWN - --probe has no format/);
});

Deno.test("a probe says once what it fails for, and warns of titles", async () => {
  await using peer = await startScriptedPeer([receive, close]);
  const line = ["--probe", "-aec", "pacs", "127.0.0.1", String(peer.port)];
  const { stderr } = await runLine(line);
  assert.ok(peer.connections.length > 1);
  assert.equal(stderr.match(/^F: Association Request Failed/gm)?.length, 1);
  assert.match(stderr, /^W: the called AE title "pacs" has lower-case/m);
});

Deno.test("a probe over TLS tells why the certificate was not accepted", async () => {
  const tls = { keyPem: EXPIRED.keyPem, chainPem: EXPIRED.pem };
  const hints = async (argv: readonly string[]): Promise<string[]> => {
    const line = [...TRUSTING, ...argv];
    const { stderr } = await against(tls, line, { isTerminal: true });
    return stderr.split("\n").filter((line) => line.startsWith("hint: "));
  };
  const probed = await hints(["--probe"]);
  assert.match(probed[0] ?? "", /expired/);
  assert.deepEqual(probed, await hints([]));
});

Deno.test("a fault of our own in one call ends neither listening nor its sums", async () => {
  const machine = fakeMachine();
  const calls: Promise<void>[] = [];
  const talk = async (port: number): Promise<void> => {
    for (let count = 0; count < 2; count++) {
      using client = await Deno.connect({ hostname: "127.0.0.1", port });
      assert.equal(await client.read(new Uint8Array(1)), null);
    }
  };
  const exit = await run(["--listen", "127.0.0.1:0"], {
    ...machine.host,
    now: () => {
      throw new Error("no clock");
    },
    writeOut: (text) => {
      machine.host.writeOut(text);
      const port = /^Listening on 127\.0\.0\.1:(\d+),/.exec(text)?.[1];
      if (port === undefined) return;
      calls.push(talk(Number(port)).finally(() => machine.interrupt("SIGINT")));
    },
  });
  await Promise.all(calls);
  assert.equal(exit, 70);
  assert.match(machine.stderr(), /^E: Internal Error: no clock$/m);
  assert.match(machine.stdout(), /^Connections: 2/m);
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
