/** What the program prints of a failure, with `--explain` and without. */

import assert from "node:assert/strict";
import { type HostOptions, runAgainst } from "../flow/fake-host.ts";
import { associateReject } from "../support/pdus.ts";
import {
  receive,
  type Script,
  send,
  waitForEnd,
} from "../support/scripted-peer.ts";
import { WELL_BEHAVED } from "../verify/verification.ts";

const REJECTED = `F: Association Rejected:
F: Result: Rejected Permanent, Source: Service User
F: Reason: Calling AE Title Not Recognized
`;

/** It does not know the caller. */
const REJECTING: Script = [
  receive,
  send(associateReject(1, 1, 3)),
  waitForEnd,
];

async function rejected(
  argv: readonly string[],
  options: HostOptions = {},
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const { exit, stdout, stderr } = await runAgainst(REJECTING, argv, options);
  assert.equal(exit, 1);
  return { stdout, stderr: stderr.replaceAll(/port \d+/g, "port 104") };
}

Deno.test("a call that is for no person prints the reference's lines alone", async () => {
  assert.deepEqual(await rejected([]), { stdout: "", stderr: REJECTED });
});

Deno.test("a person at a terminal gets a hint after them", async () => {
  assert.deepEqual(await rejected([], { isTerminal: true }), {
    stdout: "",
    stderr: REJECTED +
      `hint: 127.0.0.1 port 104 does not know the caller: title "ECHOSCU"
hint: - Add "ECHOSCU" with the address of this host to the peer's list of
hint:   callers
hint: - Or use a title that it knows for this host: -aet TITLE
`,
  });
});

Deno.test("with --quiet there is no hint", async () => {
  const { stderr } = await rejected(["--quiet"], { isTerminal: true });
  assert.equal(stderr, REJECTED);
});

Deno.test("--explain prints stages, cause and next steps", async () => {
  const { stdout, stderr } = await rejected(["--explain"]);
  assert.equal(stderr, REJECTED);
  assert.equal(
    stdout.replaceAll(/ +\d+\.\d ms/g, " TIME").replaceAll(/port \d+/g, "port"),
    `127.0.0.1 port
"ECHOSCU" calls "ANY-SCP"

  name look-up  -                   not needed
  connect       ok TIME  from 127.0.0.1
  TLS           -                   not asked for
  association   FAILED TIME
  C-ECHO        -                   not reached
  release       -                   not reached

Failed in association after TIME: calling-title-unknown
  127.0.0.1 port does not know the caller: title "ECHOSCU", from 127.0.0.1

What to check, most likely first:
  1. Add "ECHOSCU" with the address 127.0.0.1 to the peer's list of callers
  2. Or use a title that it knows for this host: -aet TITLE
  3. Behind NAT the peer sees another address: its log shows which
`,
  );
});

Deno.test("--explain of a good peer shows what it is", async () => {
  const { exit, stdout, stderr } = await runAgainst(WELL_BEHAVED, [
    "--explain",
  ]);
  assert.equal(exit, 0);
  assert.equal(stderr, "");
  assert.match(stdout, /^Verified in \d+\.\d ms$/m);
  assert.match(stdout, /^ {2}software {10}OFFIS_DCMTK_367$/m);
});
