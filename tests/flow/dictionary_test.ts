/** DCMDICTPATH, from the environment to the exit code. */

import assert from "node:assert/strict";
import { waitForEnd } from "../support/scripted-peer.ts";
import { ASSOCIATED, sentTypes, WELL_BEHAVED } from "../verify/verification.ts";
import { runAgainst } from "./fake-host.ts";

const COMPLETE = [
  "(0000,0002)\tUI\tAffectedSOPClassUID\t1\tDICOM",
  "(0000,0100)\tUS\tMyCommandField\t1\tDICOM",
  "(0000,0110)\tUS\tMessageID\t1\tDICOM",
  "(0000,0800)\tUS\tCommandDataSetType\t1\tDICOM",
  "",
].join("\n");

const FILES = {
  "good.dic": COMPLETE,
  "bad.dic": "# a remark\nnonsense\n",
  "poor.dic": "(0000,0002)\tUI\tAffectedSOPClassUID\t1\tDICOM\n",
};

const WARNING =
  "W: no data dictionary loaded, check environment variable: DCMDICTPATH\n";

/** Both lines of an echo that cannot be sent. */
function failed(condition: string): string {
  return `E: Echo Failed: ${condition}\nE: Echo SCU Failed: ${condition}\n`;
}

const MISSING = failed("0006:0213 Data dictionary missing");

/** By the value of the variable: what is printed when it does not do. */
const UNUSABLE: Readonly<Record<string, string>> = {
  "none.dic": "E: DcmDataDictionary: Cannot open file: none.dic\n" +
    WARNING + MISSING,
  "bad.dic": "E: DcmDataDictionary: bad.dic: too few fields (line 2)\n" +
    WARNING + MISSING,
  "poor.dic": failed(
    "0006:0204 DIMSE: Command Build Failed: dimcmd:addUS: " +
      "Cannot add Uint16: Element: (0000,0100) Unknown Tag & Data",
  ),
};

for (const [value, stderr] of Object.entries(UNUSABLE)) {
  Deno.test(`DCMDICTPATH=${value} fails the echo, and names what is wrong`, async () => {
    const result = await runAgainst([...ASSOCIATED, waitForEnd], [], {
      environment: { DCMDICTPATH: value },
      files: FILES,
    });
    assert.equal(result.stderr, stderr);
    assert.equal(result.exit, 70);
    assert.equal(sentTypes(result.connections), "01 07");
  });
}

for (const value of ["good.dic", "", "poor.dic:good.dic", ":good.dic:"]) {
  Deno.test(`DCMDICTPATH=${value} does`, async () => {
    const result = await runAgainst(WELL_BEHAVED, [], {
      environment: { DCMDICTPATH: value },
      files: FILES,
    });
    assert.equal(result.stderr, "");
    assert.equal(result.exit, 0);
  });
}

Deno.test("names come from the dictionary that is given", async () => {
  const { stderr, exit } = await runAgainst(WELL_BEHAVED, ["-ll", "trace"], {
    environment: { DCMDICTPATH: "good.dic" },
    files: FILES,
  });
  assert.equal(exit, 0);
  assert.match(stderr, /^D: DcmDataDictionary: Loading file: good\.dic$/m);
  assert.match(stderr, /^T: \(0000,0100\) US 48 +# {3}2, 1 MyCommandField$/m);
  assert.match(stderr, /^T: \(0000,0900\) UN .* Unknown Tag & Data$/m);
});

Deno.test("without the variable nothing is read unless a name is to be shown", async () => {
  let read = 0;
  const builtInDictionary = (): undefined => {
    read++;
    return undefined;
  };
  const host = { builtInDictionary };
  const verbose = await runAgainst(WELL_BEHAVED, ["-v"], { host });
  assert.equal(verbose.exit, 0);
  assert.equal(read, 0);
  const traced = await runAgainst(WELL_BEHAVED, ["-ll", "trace"], { host });
  assert.equal(traced.exit, 0);
  assert.ok(read > 0);
});
