/**
 * The memory of the whole program against peers that send without an end. The
 * system keeps the peak of a process as long as it runs.
 */

import assert from "node:assert/strict";
import {
  associateAccept,
  COMMAND_MORE,
  pData,
  pduOfLength,
  pdv,
} from "../support/pdus.ts";
import {
  flood,
  receive,
  receiveMessage,
  type Script,
  send,
  startScriptedPeer,
} from "../support/scripted-peer.ts";
import { startVerificationScp } from "../../lib/scp/server.ts";
import { V8_FLAGS } from "../../scripts/build/executable.ts";
import { ROOT } from "../tls/handshakes.ts";
import { IDENTITY } from "./secured.ts";

/** All that the program may ever hold, in KiB. */
const MOST = 96 * 1024;

/** Highest resident set of a process so far, in KiB; 0: it is over. */
async function peakOf(pid: number): Promise<number> {
  try {
    const status = await Deno.readTextFile(`/proc/${pid}/status`);
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

async function peakAgainst(
  script: Script,
  options: readonly string[],
  tls: boolean,
): Promise<readonly [number, number]> {
  await using peer = await startScriptedPeer(
    script,
    tls ? IDENTITY : undefined,
  );
  return await peakOfRun(peer.port, [], options);
}

/** Exit code, and the most that it held in KiB. */
async function peakOfRun(
  port: number,
  flags: readonly string[],
  options: readonly string[],
): Promise<readonly [number, number]> {
  const main = new URL("../../main.ts", import.meta.url);
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--no-check", "--allow-net", "--allow-read", "--allow-env"],
      ...[...flags, main.href, "-ts", "1", "-ta", "1", "-td", "1", ...options],
      ...["127.0.0.1", String(port)],
    ],
    stdout: "null",
    stderr: "null",
  }).spawn();
  let peak = 0;
  let over = false;
  const ended = child.status.then((status) => {
    over = true;
    return status.code;
  });
  while (!over) {
    peak = Math.max(peak, await peakOf(child.pid));
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return [await ended, peak];
}

const ZEROS = new Uint8Array(65_536);
const FRAGMENT = pData(pdv(1, COMMAND_MORE, new Uint8Array(16_000)));

const FLOODS: Readonly<Record<string, Script>> = {
  "an acceptance of 1 MiB": [
    receive,
    send(pduOfLength(0x02, 1024 * 1024)),
    flood(ZEROS),
  ],
  "fragments": [
    receive,
    send(associateAccept()),
    receiveMessage,
    flood(FRAGMENT),
  ],
};

for (const [what, script] of Object.entries(FLOODS)) {
  for (const carrier of ["TCP", "TLS"] as const) {
    Deno.test({
      name:
        `a flood of ${what} over ${carrier} leaves the program below 96 MiB`,
      ignore: Deno.build.os !== "linux",
      fn: async () => {
        const root = await Deno.makeTempFile();
        try {
          await Deno.writeTextFile(root, ROOT.pem);
          const tls = carrier === "TLS";
          const [exit, peak] = await peakAgainst(
            script,
            tls ? ["+tla", "+cf", root] : [],
            tls,
          );
          assert.notEqual(exit, 0);
          assert.ok(peak > 0 && peak < MOST, `${peak} KiB`);
        } finally {
          await Deno.remove(root);
        }
      },
    });
  }
}

/** Between two runs of the same the peaks differ by half of that. */
const SOME = 8 * 1024;

Deno.test({
  name: "a long series holds no more than a short one",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    await using scp = startVerificationScp();
    const flags = [`--v8-flags=${V8_FLAGS.join(",")}`];
    const peaks: number[] = [];
    for (const repeat of ["3000", "30000"]) {
      const [exit, peak] = await peakOfRun(scp.port, flags, [
        "--repeat",
        repeat,
      ]);
      assert.equal(exit, 0);
      peaks.push(peak);
    }
    const [short = 0, long = 0] = peaks;
    assert.ok(short > 0 && long < MOST, `${long} KiB`);
    assert.ok(long - short < SOME, `${short} and ${long} KiB`);
  },
});
