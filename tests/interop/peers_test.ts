/** Real peers: ours against their SCPs, their SCUs against ours. */

import assert from "node:assert/strict";
import { startVerificationScp } from "../../lib/scp/server.ts";
import { type Program, run } from "../support/run.ts";
import { type Case, HOST, withPeer } from "./case.ts";
import { differences, report, runBoth } from "./differential.ts";
import { OURS, REFERENCE } from "./programs.ts";
import { startRelay } from "./relay.ts";
import {
  type RealPeer,
  startDcmjsDimse,
  startDcmqrscp,
  startOrthanc,
  startStorescp,
} from "./real-peers.ts";

const TITLE = "REALPEER";

const PEERS: readonly {
  readonly name: string;
  readonly start: (title: string) => Promise<RealPeer>;
  /** It rejects associations for another AE title. */
  readonly checksTitle: boolean;
}[] = [
  { name: "storescp", start: () => startStorescp(), checksTitle: false },
  { name: "dcmqrscp", start: startDcmqrscp, checksTitle: true },
  { name: "Orthanc", start: startOrthanc, checksTitle: true },
  { name: "dcmjs-dimse", start: startDcmjsDimse, checksTitle: true },
];

/** What a verification of `repeat` echoes says with -v. */
function verboseLog(repeat: number): RegExp {
  const echoes = Array.from(
    { length: repeat },
    (_, index) =>
      `I: Sending Echo Request \\(MsgID ${index + 1}\\)\\n` +
      "I: Received Echo Response \\(Success\\)\\n",
  );
  return new RegExp(
    "^I: Requesting Association\\n" +
      "I: Association Accepted \\(Max Send PDV: \\d+\\)\\n" +
      `${echoes.join("")}I: Releasing Association\\n$`,
  );
}

/** Ours verifies the peer, and says what the reference says. */
async function verifies(
  port: number,
  options: readonly string[],
  repeat: number,
): Promise<void> {
  const test: Case = withPeer(
    options.join(" "),
    ["-v", "-aec", TITLE, ...options],
    "shared",
  );
  const pair = await runBoth(test, port);
  const problems = differences(test, pair);
  assert.ok(problems.length === 0, report(test, problems));
  assert.equal(pair.ours.exit, 0);
  assert.match(pair.ours.stderr, verboseLog(repeat));
}

for (const { name, start, checksTitle } of PEERS) {
  Deno.test(`real peer ${name}`, async (t) => {
    await using peer = await start(TITLE);
    await t.step("is verified", () => verifies(peer.port, [], 1));
    await t.step(
      "is verified five times on one association",
      () => verifies(peer.port, ["--repeat", "5"], 5),
    );
    await t.step(
      "is verified with 38 transfer syntaxes proposed",
      () => verifies(peer.port, ["-pts", "38"], 1),
    );
    await t.step(
      "is verified with 128 presentation contexts proposed",
      () => verifies(peer.port, ["-ppc", "128"], 1),
    );
    if (!checksTitle) return;
    await t.step("rejects another AE title", async () => {
      const test = withPeer("another AE title", ["-aec", "OTHER"], "shared");
      const pair = await runBoth(test, peer.port);
      const problems = differences(test, pair);
      assert.ok(problems.length === 0, report(test, problems));
      assert.equal(pair.ours.exit, 1);
      assert.match(
        pair.ours.stderr,
        /^F: Association Rejected:\nF: Result: .*\nF: Reason: Called AE Title Not Recognized\n$/,
      );
    });
  });
}

const GDCMSCU: Program = {
  name: "gdcmscu",
  command: "/usr/bin/gdcmscu",
  leadingArguments: [],
};

const CALLERS: readonly {
  readonly name: string;
  readonly program: Program;
  readonly options: readonly string[];
  readonly said: RegExp;
}[] = [
  {
    name: "echoscu of the reference",
    program: REFERENCE,
    options: ["-v"],
    said: verboseLog(1),
  },
  {
    name: "echoscu of the reference, all it can propose",
    program: REFERENCE,
    options: ["-v", "-pts", "38", "-ppc", "128", "--repeat", "3"],
    said: verboseLog(3),
  },
  {
    name: "echoscu of the reference, the smallest PDUs",
    program: REFERENCE,
    options: ["-v", "-pdu", "4096"],
    said: verboseLog(1),
  },
  { name: "ours", program: OURS, options: ["-v"], said: verboseLog(1) },
];

for (const { name, program, options, said } of CALLERS) {
  Deno.test(`our SCP is verified by ${name}`, async () => {
    await using scp = startVerificationScp();
    const result = await run(program, [...options, HOST, String(scp.port)]);
    assert.match(result.stderr, said);
    assert.equal(result.exit, 0);
  });
}

Deno.test("our SCP takes an abort and goes on", async () => {
  await using scp = startVerificationScp();
  for (const option of ["--abort", "--verbose"]) {
    const result = await run(REFERENCE, [option, HOST, String(scp.port)]);
    assert.equal(result.exit, 0, result.stderr);
  }
});

Deno.test("our SCP rejects another AE title", async () => {
  await using scp = startVerificationScp({ calledAeTitle: TITLE });
  const result = await run(REFERENCE, [
    "-aec",
    "OTHER",
    HOST,
    String(scp.port),
  ]);
  assert.match(result.stderr, /^F: Reason: Called AE Title Not Recognized$/m);
  assert.equal(result.exit, 1);
});

Deno.test("our SCP is verified by gdcmscu", async () => {
  await using scp = startVerificationScp();
  await using relay = startRelay(scp.port);
  const result = await run(GDCMSCU, ["--echo", HOST, String(relay.port)]);
  // Its own exit code tells nothing: it crashes after every echo.
  assert.notEqual(result.exit, "hang");
  await relay.settled();
  assert.deepEqual(relay.answers.map((bytes) => hexType(bytes)), [
    "02",
    "04",
    "06",
  ]);
  const [, response] = relay.answers;
  assert.deepEqual(
    response?.slice(-2),
    Uint8Array.of(0, 0),
    "the status, last in the response, is not Success",
  );
});

function hexType(pdu: Uint8Array): string {
  return (pdu[0] ?? 0).toString(16).padStart(2, "0");
}
