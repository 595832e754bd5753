/** Command lines with operators' options against scripted peers. */

import assert from "node:assert/strict";
import { ASSOCIATE_RJ } from "../support/golden.ts";
import {
  receive,
  send,
  startScriptedPeer,
  waitForEnd,
} from "../support/scripted-peer.ts";
import { WELL_BEHAVED } from "../verify/verification.ts";
import { startVerificationScp } from "../../lib/scp/server.ts";
import { fakeMachine, runAgainst, runLine } from "./fake-host.ts";
import { run } from "../../lib/app/run.ts";

const REJECTING = [receive, send(ASSOCIATE_RJ), waitForEnd];

Deno.test("an explanation goes to standard output, stage by stage", async () => {
  const { exit, stdout, stderr } = await runAgainst(WELL_BEHAVED, [
    "--explain",
  ]);
  assert.equal(exit, 0);
  assert.equal(stderr, "");
  assert.match(stdout, /^  connect +ok /m);
  assert.match(stdout, /^  C-ECHO +ok /m);
  assert.match(stdout, /^Verified in /m);
});

Deno.test("an explanation beside data for programs goes to standard error", async () => {
  const { exit, stdout, stderr } = await runAgainst(WELL_BEHAVED, [
    "--explain",
    "--format",
    "json",
  ]);
  assert.equal(exit, 0);
  assert.equal(JSON.parse(stdout).results[0].outcome, "verified");
  assert.match(stderr, /^Verified in /m);
});

Deno.test("a failed check has its cause in every format, and its exit code", async () => {
  for (const format of ["text", "json", "jsonl", "csv", "prometheus"]) {
    const { exit, stdout, stderr } = await runAgainst(REJECTING, [
      "--format",
      format,
    ]);
    assert.equal(exit, 1, format);
    assert.match(stderr, /^F: Association Rejected:/, format);
    assert.match(stdout, /[Tt]itle|rejected|probe_success\{[^}]*\} 0/, format);
  }
});

Deno.test("only the Nagios format has exit codes of its own", async () => {
  const good = await runAgainst(WELL_BEHAVED, ["--format", "nagios"]);
  assert.equal(good.exit, 0);
  assert.match(good.stdout, /^DICOM OK - /);
  const bad = await runAgainst(REJECTING, ["--format", "nagios"]);
  assert.equal(bad.exit, 2);
  assert.match(bad.stdout, /^DICOM CRITICAL - /);
  const slow = await runAgainst(WELL_BEHAVED, [
    "--format",
    "nagios",
    "--warning",
    "@0:3600",
  ]);
  assert.equal(slow.exit, 1);
  const usage = await runLine([
    "--format",
    "nagios",
    "--deadline",
    "x",
    "h",
    "1",
  ]);
  assert.equal(usage.exit, 3);
  assert.match(usage.stdout, /^DICOM UNKNOWN - Invalid value/);
  const setUp = await runLine(["--format", "nagios", "+tla", "h", "1"]);
  assert.equal(setUp.exit, 3);
  assert.match(setUp.stdout, /^DICOM UNKNOWN - /);
});

Deno.test("a run ends by its deadline, whatever the other limits say", async () => {
  const silent = [receive, waitForEnd];
  const { exit, stdout } = await runAgainst(silent, [
    "--deadline",
    "0.2",
    "--explain",
  ]);
  assert.equal(exit, 1);
  assert.match(stdout, /deadline/);
});

Deno.test("a check is tried again only where that can help", async () => {
  await using peer = await startScriptedPeer(REJECTING);
  const argv = ["--retry", "2", "--retry-delay", "0", "--format", "json"];
  const line = [...argv, "127.0.0.1", String(peer.port)];
  const { exit, stdout } = await runLine(line);
  assert.equal(exit, 1);
  const [result] = JSON.parse(stdout).results;
  assert.equal(result.attempts, peer.connections.length);
  assert.equal(result.attempts, result.failure.transient ? 3 : 1);
});

Deno.test("a series ends with its figures when it is interrupted", async () => {
  await using scp = startVerificationScp();
  const machine = fakeMachine();
  const counting = {
    ...machine.host,
    now: () => {
      if (scp.port > 0 && ++calls === 60) machine.interrupt("SIGINT");
      return performance.now();
    },
  };
  let calls = 0;
  const argv = ["--interval", "0", "127.0.0.1", String(scp.port)];
  assert.equal(await run(argv, counting), 0);
  assert.equal(machine.stderr(), "");
  assert.match(machine.stdout(), /echo statistics ---\n\d+ echoes sent/);
});

Deno.test("with --reconnect every echo has an association of its own", async () => {
  await using peer = await startScriptedPeer(WELL_BEHAVED);
  const line = ["--reconnect", "--repeat", "3", "127.0.0.1", String(peer.port)];
  const { exit, stdout } = await runLine(line);
  assert.equal(exit, 0);
  assert.equal(peer.connections.length, 3);
  assert.match(stdout, /^3 echoes sent, 3 answered/m);
});

Deno.test("a failing drop-in call has a hint on a terminal, and only there", async () => {
  const seen = await runAgainst(REJECTING, [], { isTerminal: true });
  assert.match(seen.stderr, /^hint: /m);
  const piped = await runAgainst(REJECTING);
  assert.doesNotMatch(piped.stderr, /hint/);
  const quiet = await runAgainst(REJECTING, ["-q"], { isTerminal: true });
  assert.equal(quiet.stderr.includes("hint"), false);
  assert.deepEqual(
    seen.stderr.split("\n").filter((line) => /^[FEWID]: /.test(line)),
    piped.stderr.split("\n").filter((line) => line !== ""),
  );
});
