/** `--format nagios`: an exit code from 0 to 3 and a line, whatever happens. */

import assert from "node:assert/strict";
import { receive, waitForEnd } from "../support/scripted-peer.ts";
import { ASSOCIATED, WELL_BEHAVED } from "../verify/verification.ts";
import { type Result, runAgainst, runLine } from "./fake-host.ts";

const NAGIOS = ["--format", "nagios"];

function isUnknown({ exit, stdout }: Result, words: RegExp): void {
  assert.match(stdout, /^DICOM UNKNOWN - /);
  assert.match(stdout, words);
  assert.equal(exit, 3);
}

Deno.test("a check that is interrupted is unknown, by line and exit code", async () => {
  const result = await runAgainst(
    [...ASSOCIATED, receive, waitForEnd],
    ["-v", ...NAGIOS],
    {
      onError: (text, { interrupt }) => {
        if (text.includes("Sending Echo Request")) interrupt("SIGTERM");
      },
    },
  );
  isUnknown(result, /interrupted/);
});

Deno.test("an internal error is unknown, by line and exit code", async () => {
  const host = {
    now: (): number => {
      throw new Error("no clock");
    },
  };
  const broken = await runLine([...NAGIOS, "127.0.0.1", "1"], { host });
  isUnknown(broken, /Internal Error: no clock/);
  const other = await runLine(["--explain", "127.0.0.1", "1"], { host });
  assert.equal(other.exit, 70);
  assert.doesNotMatch(other.stdout, /UNKNOWN/);
});

Deno.test("a result that cannot be written to its file is unknown", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const file = `${folder}/none/result`;
    const argv = [...NAGIOS, "--output", file];
    isUnknown(await runAgainst(WELL_BEHAVED, argv), /Cannot write output file/);
    const json = ["--format", "json", "--output", file];
    const { exit, stdout } = await runAgainst(WELL_BEHAVED, json);
    assert.equal(exit, 1);
    assert.equal(stdout, "");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a usage error is unknown if the line asks for the format", async () => {
  const files = { cmd: "--format nagios --deadline x h 1" };
  isUnknown(await runLine(["@cmd"], { files }), /--deadline \(x\)/);
  isUnknown(await runLine([...NAGIOS, "h"]), /Missing parameter port/);
  isUnknown(await runLine([...NAGIOS, "--nope"]), /Unknown option --nope/);
  isUnknown(await runLine([...NAGIOS, "@none"]), /none/);
  isUnknown(await runLine([...NAGIOS, "-ll", "x", "h", "1"]), /--log-level/);
});

Deno.test("a usage error of a call that only mentions the name is none of these", async () => {
  for (const argv of [["nagios"], ["nagios", "104", "x"], ["--nope"]]) {
    const { exit, stdout } = await runLine(argv);
    assert.equal(exit, 1);
    assert.equal(stdout, "");
  }
});
