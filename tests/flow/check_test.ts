/** Command lines with operators' options against scripted peers. */

import assert from "node:assert/strict";
import { ASSOCIATE_RJ } from "../support/golden.ts";
import { associateReject } from "../support/pdus.ts";
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

const REJECTED_CODE = "called-title-unknown";

const REJECTING = [receive, send(ASSOCIATE_RJ), waitForEnd];

Deno.test("an explanation goes to standard output, stage by stage", async () => {
  const { exit, stdout, stderr } = await runAgainst(WELL_BEHAVED, [
    "--explain",
  ]);
  assert.equal(exit, 0);
  assert.equal(stderr, "");
  assert.match(stdout, /^ {2}connect +ok /m);
  assert.match(stdout, /^ {2}C-ECHO +ok /m);
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

/** How each format tells a failure: its code, or that there is one. */
const FAILURE: Readonly<Record<string, (output: string) => unknown>> = {
  text: (output) => /^\S+:\d+ +FAILED +\S+ s +association +\S/m.test(output),
  json: (output) => JSON.parse(output).results[0].failure.code,
  jsonl: (output) => JSON.parse(output).failure.code,
  csv: (output) => {
    const [header = [], row = []] = output.split(/\r?\n/)
      .map((line) => line.split(","));
    return row[header.indexOf("cause_code")];
  },
  prometheus: (output) => /^probe_success(\{[^}]*\})? 0$/m.test(output),
};

Deno.test("a failed check has its cause in every format, and its exit code", async () => {
  for (const [format, failureIn] of Object.entries(FAILURE)) {
    const argv = ["--format", format];
    const { exit, stdout, stderr } = await runAgainst(REJECTING, argv);
    assert.equal(exit, 1, format);
    assert.match(stderr, /^F: Association Rejected:/, format);
    const found = failureIn(stdout);
    if (found !== true) assert.equal(found, REJECTED_CODE, format);
    const good = await runAgainst(WELL_BEHAVED, argv);
    assert.ok(!/json|csv/.test(format) || !good.stdout.includes(REJECTED_CODE));
    if (found === true) assert.equal(failureIn(good.stdout), false, format);
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

Deno.test("a run that its deadline ends says so, without a terminal, too", async () => {
  const { exit, stderr } = await runAgainst([receive, waitForEnd], [
    "--deadline",
    "0.2",
  ]);
  assert.equal(exit, 1);
  assert.equal(stderr, "F: Not done within the deadline of 0.2 s\n");
});

Deno.test("a check is tried again only where that can help", async () => {
  // Transient, by the presentation service: temporary congestion.
  const busy = associateReject(2, 3, 1);
  const argv = ["--retry", "2", "--retry-delay", "0", "--format", "json"];
  for (
    const [script, attempts] of [
      [REJECTING, 1],
      [[receive, send(busy), waitForEnd], 3],
    ] as const
  ) {
    const { exit, stdout, connections } = await runAgainst(script, argv);
    assert.equal(exit, 1);
    assert.equal(JSON.parse(stdout).results[0].attempts, attempts);
    assert.equal(connections.length, attempts);
  }
});

Deno.test("without another format a person has a hint on a terminal", async () => {
  const argv = ["--retry", "0"];
  const seen = await runAgainst(REJECTING, argv, { isTerminal: true });
  assert.match(seen.stderr, /^hint: /m);
  for (const more of [["-q"], ["--explain"], ["--format", "text"]]) {
    const options = { isTerminal: true };
    const other = await runAgainst(REJECTING, [...argv, ...more], options);
    assert.doesNotMatch(other.stderr, /hint/, more[0]);
  }
  const piped = await runAgainst(REJECTING, argv);
  assert.doesNotMatch(piped.stderr, /hint/);
});

Deno.test("odd titles are warned of, once, and not in a drop-in call", async () => {
  const titles = ["-aec", "pacs"];
  const warning = /called AE title "pacs" has lower-case/g;
  const warned = await runAgainst(WELL_BEHAVED, ["--retry", "0", ...titles]);
  assert.match(warned.stderr, /^W: the called AE title "pacs" has lower-case/);
  const explained = await runAgainst(WELL_BEHAVED, ["--explain", ...titles]);
  assert.equal(explained.stderr, "");
  assert.equal(explained.stdout.match(warning)?.length, 1);
  assert.equal((await runAgainst(WELL_BEHAVED, titles)).stderr, "");
});

Deno.test("colours are for a terminal, if it is the one that is written to", async () => {
  const colours = async (
    argv: readonly string[],
    output: boolean,
    error: boolean,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<boolean> => {
    const host = {
      isOutputTerminal: (): boolean => output,
      isErrorTerminal: (): boolean => error,
    };
    const options = { host, environment };
    const { stdout, stderr } = await runAgainst(WELL_BEHAVED, argv, options);
    return (stdout + stderr).includes("\x1b[");
  };
  const people = ["--explain"];
  const programs = ["--explain", "--format", "json"];
  assert.equal(await colours(people, true, false), true);
  assert.equal(await colours(people, false, true), false);
  assert.equal(await colours(programs, true, false), false);
  assert.equal(await colours(programs, false, true), true);
  assert.equal(await colours(people, true, true, { NO_COLOR: "1" }), false);
  assert.equal(await colours(people, true, true, { NO_COLOR: "" }), true);
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
