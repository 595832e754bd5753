/** Peers files against peers on loopback. */

import assert from "node:assert/strict";
import { startVerificationScp } from "../../lib/scp/server.ts";
import {
  close,
  receive,
  startScriptedPeer,
  waitForEnd,
} from "../support/scripted-peer.ts";
import { run } from "../../lib/app/run.ts";
import type { Host } from "../../lib/host.ts";
import { fakeFiles } from "../cli/fake-files.ts";
import { temporaryDirectory } from "../support/run.ts";
import { WELL_BEHAVED } from "../verify/verification.ts";
import { fakeMachine, runLine } from "./fake-host.ts";
import { options as tlsOptions, PACS, TRUSTING } from "./tls-host.ts";

const LEAVING = [receive, close];

Deno.test("all peers of a file are checked, and one failure is a failure", async () => {
  await using good = startVerificationScp();
  await using bad = await startScriptedPeer(LEAVING);
  const file = `name,host,port\none,127.0.0.1,${good.port}\n` +
    `two,127.0.0.1,${bad.port}\nthree,127.0.0.1,${good.port}\n`;
  const { exit, stdout, stderr } = await runLine(["--peers", "p.csv"], {
    files: { "p.csv": file },
  });
  assert.equal(exit, 1);
  assert.equal(stderr, "");
  assert.match(stdout, /^two .*FAILED/m);
  assert.match(stdout, /^3 peers: 2 verified, 1 failed$/m);
});

Deno.test("a broken line is named and does not stop the others", async () => {
  await using good = startVerificationScp();
  const file = `host,port\n127.0.0.1,${good.port}\nnowhere,x\n`;
  const { exit, stdout, stderr } = await runLine([
    "--peers",
    "p.csv",
    "--format",
    "jsonl",
  ], { files: { "p.csv": file } });
  assert.equal(exit, 1);
  assert.match(stderr, /^E: line 3: /);
  const [leftOut, verified, ...rest] = stdout.trim().split("\n");
  assert.equal(rest.length, 0);
  assert.equal(JSON.parse(leftOut ?? "").leftOut.line, 3);
  assert.equal(JSON.parse(verified ?? "").outcome, "verified");
});

Deno.test("peers that are all verified give 0", async () => {
  await using good = startVerificationScp();
  const file = JSON.stringify([{ host: "127.0.0.1", port: good.port }]);
  const { exit } = await runLine(["--peers", "p.json"], {
    files: { "p.json": file },
  });
  assert.equal(exit, 0);
});

Deno.test("no peers, no success", async () => {
  for (const files of [{ "p.csv": "host,port\n" }, {}]) {
    const { exit } = await runLine(["--peers", "p.csv"], { files });
    assert.equal(exit, 1);
  }
});

Deno.test("a peer whose TLS cannot be set up fails in every format, and no other does", async () => {
  await using good = startVerificationScp();
  const file = `host,port,ca\n127.0.0.1,${good.port},\n` +
    `127.0.0.1,${good.port},missing.pem\n`;
  const told = async (format: string, wanted: number): Promise<string> => {
    const line = ["--peers", "p.csv", "--format", format];
    const { exit, stdout, stderr } = await runLine(line, {
      files: { "p.csv": file },
    });
    assert.equal(exit, wanted, format);
    assert.match(stderr, /unable to load certificate file 'missing.pem'/);
    return stdout;
  };
  const text = await told("text", 1);
  assert.match(text, /FAILED .* tls +TLS cannot be set up on this side: /);
  assert.match(text, /^2 peers: 1 verified, 1 failed$/m);
  for (const format of ["json", "jsonl"]) {
    const output = await told(format, 1);
    const [first, second] = format === "json"
      ? JSON.parse(output).results
      : output.trim().split("\n").map((line) => JSON.parse(line));
    assert.equal(first.outcome, "verified");
    assert.equal(second.failure.code, "tls-not-set-up");
    assert.equal(second.failure.stage, "tls");
    assert.equal(second.failure.conditions.length, 2);
  }
  assert.match(await told("csv", 1), /^.*,failed,.*,tls,tls-not-set-up,/m);
  assert.match(
    await told("prometheus", 1),
    /^dicom_probe_failure_info\{.*stage="tls",cause="tls-not-set-up"\} 1$/m,
  );
  assert.match(await told("nagios", 3), /^DICOM UNKNOWN - 1 of 2 peers/);
});

Deno.test("at -v the lines of each peer have its name before them", async () => {
  await using good = startVerificationScp();
  const file = `name,host,port\nPACS,127.0.0.1,${good.port}\n`;
  const { stderr } = await runLine(["-v", "--peers", "p.csv"], {
    files: { "p.csv": file },
  });
  assert.match(stderr, /^I: \[PACS\] Requesting Association$/m);
});

Deno.test("peers that the deadline cuts short are no success, and say why", async () => {
  await using silent = await startScriptedPeer([receive, waitForEnd]);
  const row = `127.0.0.1,${silent.port}\n`;
  const { exit, stdout } = await runLine([
    "--peers",
    "p.csv",
    "--deadline",
    "0.2",
    "--concurrency",
    "1",
    "--format",
    "jsonl",
  ], { files: { "p.csv": `host,port\n${row}${row}` } });
  assert.equal(exit, 1);
  const failures = stdout.trim().split("\n").map((line) =>
    JSON.parse(line).failure
  );
  assert.deepEqual(failures.map(({ code }) => code), ["deadline", "deadline"]);
  assert.match(failures[0].cause, /deadline of 0\.2 s/);
  assert.equal(failures[1].stage, "lookup");
  assert.equal(
    failures[1].cause,
    "not checked: the deadline of 0.2 s came before its turn",
  );
});

Deno.test("a line that is left out is in every format", async () => {
  await using good = startVerificationScp();
  const files = { "p.csv": `host,port\n127.0.0.1,${good.port}\nnowhere,x\n` };
  const told = async (format: string): Promise<string> => {
    const line = ["-q", "--peers", "p.csv", "--format", format];
    const { exit, stdout, stderr } = await runLine(line, { files });
    assert.equal(exit, format === "nagios" ? 3 : 1, format);
    assert.equal(stderr, "");
    return stdout;
  };
  const line = 'line 3: port "x"';
  assert.ok((await told("text")).includes(`\nleft out: ${line}`));
  assert.match(await told("text"), /, 1 left out$/m);
  const report = JSON.parse(await told("json"));
  assert.equal(report.summary.leftOut, 1);
  assert.equal(report.leftOut[0].line, 3);
  assert.match(await told("csv"), /^,,,,,,left-out,.*line 3: port/m);
  assert.match(await told("prometheus"), /^dicom_peers_left_out 1$/m);
  const nagios = await told("nagios");
  assert.match(nagios, /^DICOM UNKNOWN - left out: line 3: port/);
});

Deno.test("rounds go on until they are ended, and metrics are those of the last", async () => {
  await using peer = await startScriptedPeer(WELL_BEHAVED);
  const machine = fakeMachine({
    files: { "p.csv": `host,port\n127.0.0.1,${peer.port}\n` },
  });
  let url = "";
  let rounds = 0;
  let seen = "";
  const host = {
    ...machine.host,
    writeError: (text: string): void => {
      url = /^I: Serving metrics on (\S+)$/m.exec(text)?.[1] ?? url;
    },
    writeOut: (): void => {
      if (++rounds !== 2) return;
      fetch(url).then((response) => response.text()).then((text) => {
        seen = text;
      }).finally(() => machine.interrupt("SIGINT"));
    },
  };
  const line = ["--peers", "p.csv", "--interval", "0.01", "--metrics", "0"];
  await run([...line, "--format", "jsonl"], host);
  assert.ok(rounds >= 2);
  assert.ok(peer.connections.length >= 2);
  assert.match(seen, /^probe_success\{.*\} 1$/m);
});

/** Nobody can be connected to by this name, so no time is spent on it. */
const NOBODY = "a:b";

Deno.test("no more is written ahead of a reader who is behind", async () => {
  const rows = `${NOBODY},104\n`.repeat(20);
  for (const format of ["jsonl", "json", "csv"]) {
    let written = 0;
    /** How much was written each time that the reader was waited for. */
    const waits: number[] = [];
    const { exit } = await runLine(["--peers", "p.csv", "--format", format], {
      files: { "p.csv": `host,port\n${rows}` },
      host: {
        writeOut: () => void written++,
        outputBacklog: () => 2 ** 21,
        outputWritten: () => {
          waits.push(written);
          return Promise.resolve();
        },
      },
    });
    assert.equal(exit, 1);
    assert.ok(written >= 20);
    const each = waits.slice(0, 20);
    assert.deepEqual(each, each.map((_, index) => index + 1), format);
  }
});

Deno.test("a reader who reads nothing holds up no signal", async () => {
  const rows = `${NOBODY},104\n`.repeat(20);
  let written = 0;
  const machine = fakeMachine({
    files: { "p.csv": `host,port\n${rows}` },
    host: {
      writeOut: () => void written++,
      outputBacklog: () => 2 ** 21,
      outputWritten: () => {
        machine.interrupt("SIGTERM");
        return new Promise(() => {});
      },
    },
  });
  const line = ["--peers", "p.csv", "--format", "jsonl"];
  assert.equal(await run(line, machine.host), 143);
  assert.equal(written, 20);
});

Deno.test("what is written to a file bit by bit is a whole, or nothing", async () => {
  await using folder = await temporaryDirectory({ out: "old" });
  const path = `${folder.path}/out`;
  const files = { "p.csv": `host,port\n${NOBODY},104\n${NOBODY},105\n` };
  const line = ["--peers", "p.csv", "--format", "json", "--output", path];
  const { stdout } = await runLine(line, { files, isTerminal: true });
  const { results, summary } = JSON.parse(Deno.readTextFileSync(path));
  assert.equal(results.length, 2);
  assert.equal(summary.failed, 2);
  // Who looks at a terminal sees a table.
  assert.match(stdout, /^2 peers: 0 verified, 2 failed$/m);
  assert.deepEqual([...Deno.readDirSync(folder.path)].length, 1);
});

Deno.test("on a terminal it shows how far it is", async () => {
  await using good = startVerificationScp();
  const row = `127.0.0.1,${good.port}\n`;
  let time = 0;
  const { stderr } = await runLine(["--peers", "p.csv", "--concurrency", "1"], {
    files: { "p.csv": `host,port\n${row}${row}${row}` },
    isTerminal: true,
    host: { now: () => time += 100 },
  });
  assert.match(stderr, /1 of 3 peers, 0 failed/);
});

Deno.test("a seed file is renewed after peers with TLS, and after a probe", async () => {
  const tls = { keyPem: PACS.keyPem, chainPem: PACS.pem };
  await using scp = startVerificationScp({ tls });
  const port = String(scp.port);
  const written: string[] = [];
  const wishes = tlsOptions();
  const host: Partial<Host> = {
    ...wishes.host,
    files: fakeFiles({
      ...wishes.files,
      "p.csv": `host,port\n127.0.0.1,${port}\n`,
    }),
    tlsMachine: async (signal) => ({
      ...await fakeMachine(wishes).host.tlsMachine(signal),
      writeOwnerOnly: (path) => void written.push(path),
    }),
  };
  const seed = [...TRUSTING, "+rs", "seed", "+ws"];
  await runLine([...seed, "--peers", "p.csv"], { host });
  assert.deepEqual(written, ["seed"]);
  await runLine([...seed, "--probe", "127.0.0.1", port], { host });
  assert.deepEqual(written, ["seed", "seed"]);
});
