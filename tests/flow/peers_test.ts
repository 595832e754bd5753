/** Peers files against peers on loopback. */

import assert from "node:assert/strict";
import { startVerificationScp } from "../../lib/scp/server.ts";
import {
  close,
  receive,
  startScriptedPeer,
  waitForEnd,
} from "../support/scripted-peer.ts";
import { runLine } from "./fake-host.ts";

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
  assert.equal(stdout.trim().split("\n").length, 1);
  assert.equal(JSON.parse(stdout).outcome, "verified");
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

Deno.test("a peer whose TLS cannot be set up is left out, by its line", async () => {
  await using good = startVerificationScp();
  const file = `host,port,ca\n127.0.0.1,${good.port},\n` +
    `127.0.0.1,${good.port},missing.pem\n`;
  const { exit, stdout, stderr } = await runLine(["--peers", "p.csv"], {
    files: { "p.csv": file },
  });
  assert.equal(exit, 1);
  assert.match(stderr, /unable to load certificate file 'missing.pem'/);
  assert.match(stderr, /^E: line 3: is left out/m);
  assert.match(stdout, /1 verified/);
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
  const [first] = stdout.split("\n");
  assert.equal(JSON.parse(first ?? "").failure.code, "deadline");
});
