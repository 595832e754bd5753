/** One of many peers: what it tells whoever gives it its place. */

import assert from "node:assert/strict";
import { checkOneOfMany } from "../../lib/app/peer-check.ts";
import { SharedTls } from "../../lib/app/peers-tls.ts";
import { parseCommandLine } from "../../lib/cli/parse.ts";
import { consoleLog } from "../../lib/log/log.ts";
import { parsePeers } from "../../lib/peers/parse.ts";
import { RunBound } from "../../lib/result/bound.ts";
import { startVerificationScp } from "../../lib/scp/server.ts";
import type { ScpTls } from "../../lib/scp/tls.ts";
import { issue } from "../support/certificates.ts";
import { asServer } from "../tls/handshakes.ts";
import { DEFAULTS } from "../verify/verification.ts";
import { fakeMachine } from "./fake-host.ts";
import { options, PACS, ROOT } from "./tls-host.ts";

/** How often a peer was alive, and how often it wanted to keep its place. */
interface Signs {
  readonly alive: number;
  readonly held: number;
  /** It wanted that before anything else. */
  readonly first: boolean;
}

async function signsOf(
  tls: ScpTls | undefined,
  profile = "",
): Promise<Signs> {
  await using scp = startVerificationScp(tls === undefined ? {} : { tls });
  const { host } = fakeMachine(options());
  const command = await parseCommandLine(["--peers", "p.csv"], host.files);
  assert.ok(command.kind === "peers");
  const ca = tls === undefined ? "" : "root.pem";
  const { peers: [peer] } = await parsePeers(
    new TextEncoder().encode(
      `host,port,ca,profile\n127.0.0.1,${scp.port},${ca},${profile}\n`,
    ),
    "p.csv",
    { settings: DEFAULTS, tls: undefined },
  );
  assert.ok(peer);
  const log = {
    ...consoleLog("off", () => {}),
    force: () => {},
    silent: true,
    backlog: () => 0,
    written: () => undefined,
    close: () => undefined,
  };
  const { signal } = new AbortController();
  const shared = new SharedTls(log, signal, host);
  assert.equal(await shared.prepare([peer]), undefined);
  using bound = new RunBound(undefined, signal);
  let alive = 0;
  let held = 0;
  let first = false;
  const slot = {
    alive: () => void alive++,
    hold: () => {
      if (alive === 0) first = true;
      held++;
      return undefined;
    },
  };
  await checkOneOfMany(peer, slot, bound, {
    command,
    tls: shared,
    prepared: {
      kind: "ready",
      dictionary: () => assert.fail("a name is looked for"),
      dictionaryFault: undefined,
      tls: undefined,
    },
    log,
    signal,
    host,
  });
  await shared.finish();
  return { alive, held, first };
}

Deno.test("a peer that answers gives signs of life at each step", async () => {
  const { alive, held } = await signsOf(undefined);
  // Connection, association, echo, release: at the least.
  assert.ok(alive >= 4, String(alive));
  assert.equal(held, 0);
});

Deno.test("a peer that needs a program beside it keeps its place", async () => {
  assert.equal((await signsOf(asServer(PACS))).held, 0);
  // The built-in engine cannot prove the key of this one.
  const old = issue(ROOT, { name: "old", version: 1 });
  const { held, first } = await signsOf(asServer(old));
  assert.equal(held, 1);
  assert.ok(!first);
});

Deno.test("one that cannot do without a program keeps its place from the beginning", async () => {
  assert.ok((await signsOf(asServer(PACS), "null")).first);
});
