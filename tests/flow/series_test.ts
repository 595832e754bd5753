/** Series of echoes as the command line asks for them, and how they end. */

import assert from "node:assert/strict";
import { run } from "../../lib/app/run.ts";
import { startVerificationScp } from "../../lib/scp/server.ts";
import { echoResponse } from "../support/pdus.ts";
import {
  receive,
  type Script,
  send,
  startScriptedPeer,
  waitForEnd,
} from "../support/scripted-peer.ts";
import { ECHOED, WELL_BEHAVED } from "../verify/verification.ts";
import {
  fakeMachine,
  type HostOptions,
  type Result,
  runAgainst,
  runLine,
} from "./fake-host.ts";

/** A time that never comes in a test, in seconds. */
const NEVER = "100000";

/** Interrupts when the log has that many lines with these words. */
function afterLines(words: string, count: number): HostOptions {
  let seen = 0;
  return {
    onError: (text, { interrupt }) => {
      if (text.includes(words) && ++seen === count) interrupt("SIGINT");
    },
  };
}

/** What formats say of the only peer: "verified", or the stable code. */
function verdictOf(format: string, { stdout }: Result): string {
  switch (format) {
    case "json":
      return JSON.parse(stdout).results[0].failure?.code ?? "verified";
    case "nagios":
      return /^DICOM OK - /.test(stdout) ? "verified" : stdout;
    case "prometheus":
      return /^probe_success(\{[^}]*\})? 1$/m.test(stdout)
        ? "verified"
        : stdout;
    default:
      return /^1 peer: 1 verified, 0 failed$/m.test(stdout)
        ? "verified"
        : stdout;
  }
}

Deno.test("a series that is ended in order is verified, whoever tells it", async () => {
  await using scp = startVerificationScp();
  const peer = ["127.0.0.1", String(scp.port)];
  for (const format of ["json", "nagios", "prometheus", "text"]) {
    const line = ["--format", format, "--interval", NEVER, ...peer];
    const late = await runLine(["--deadline", "0.2", ...line]);
    assert.equal(verdictOf(format, late), "verified", format);
    assert.equal(late.exit, 0, format);
    const options = afterLines("Received Echo Response (Success)", 1);
    const ended = await runLine(["-v", ...line], options);
    assert.equal(verdictOf(format, ended), "verified", format);
    assert.equal(ended.exit, 0, format);
    assert.doesNotMatch(ended.stderr, /^[WEF]: /m, format);
  }
  const line = ["--explain", "--interval", NEVER, "--deadline", "0.2"];
  const { exit, stdout } = await runLine([...line, ...peer]);
  assert.equal(exit, 0);
  assert.match(stdout, /^ {2}C-ECHO +ok /m);
  assert.match(stdout, /^Verified in /m);
  assert.match(stdout, /^1 echo sent, 1 answered, 0 % lost$/m);
});

Deno.test("a series that is ended shows the failure that was before", async () => {
  const script: Script = [
    ...ECHOED,
    receive,
    send(echoResponse({ messageId: 2, status: 0x0122 })),
    receive,
    waitForEnd,
  ];
  const { exit, stdout } = await runAgainst(
    script,
    ["-v", "--format", "json", "--interval", "0"],
    afterLines("Sending Echo Request", 3),
  );
  const [result] = JSON.parse(stdout).results;
  assert.equal(result.failure.code, "echo-status");
  assert.deepEqual(result.echoes, { sent: 2, succeeded: 1 });
  assert.equal(exit, 70);
});

Deno.test("a series without a single answer has failed", async () => {
  const { exit, stdout } = await runAgainst(
    [receive, waitForEnd],
    ["--interval", "0", "--deadline", "0.2", "--format", "json"],
  );
  assert.equal(JSON.parse(stdout).results[0].failure.code, "deadline");
  assert.notEqual(exit, 0);
});

Deno.test("a series with --reconnect is ended in order as well", async () => {
  await using peer = await startScriptedPeer(WELL_BEHAVED);
  const { exit, stdout } = await runLine(
    [
      ...["-v", "--format", "json", "--reconnect", "--interval", "0"],
      ...["127.0.0.1", String(peer.port)],
    ],
    afterLines("Requesting Association", 3),
  );
  const [result] = JSON.parse(stdout).results;
  assert.equal(result.failure, null);
  assert.deepEqual(result.echoes, { sent: 2, succeeded: 2 });
  assert.equal(exit, 0);
});

Deno.test("the histogram is for terminals, and plain elsewhere there is none", async () => {
  await using scp = startVerificationScp();
  const line = ["--reconnect", "--repeat", "12", "127.0.0.1"];
  const shown = await runLine([...line, String(scp.port)], {
    isTerminal: true,
  });
  assert.match(shown.stdout, /^12 echoes sent[^]*^p50[^]*^ +\d\S* .* \d+$/m);
  assert.match(shown.stdout, /█/);
  const piped = await runLine([...line, String(scp.port)]);
  assert.match(piped.stdout, /^p50\S* = \S+ ms\n$/m);
  assert.doesNotMatch(piped.stdout, /█|#/);
});

Deno.test("peers are checked again after the interval, once in each round", async () => {
  await using scp = startVerificationScp();
  const files = { "p.csv": `host,port\n127.0.0.1,${scp.port}\n` };
  const rounds: string[] = [];
  let text = "";
  const machine = fakeMachine({
    files,
    host: {
      writeOut: (part) => {
        text += part;
        if (!part.endsWith("}\n")) return;
        if (rounds.push(text) === 2) machine.interrupt("SIGTERM");
        text = "";
      },
    },
  });
  const line = ["--peers", "p.csv", "--interval", "0", "--format", "json"];
  assert.equal(await run(line, machine.host), 143);
  assert.equal(rounds.length, 2);
  for (const text of rounds) {
    const [result, ...others] = JSON.parse(text).results;
    assert.deepEqual(result.echoes, { sent: 1, succeeded: 1 });
    assert.deepEqual(others, []);
  }
});
