/** A site of a thousand peers with every kind of failure among them. */

import assert from "node:assert/strict";
import { startVerificationScp } from "../../lib/scp/server.ts";
import { ABORT_BY_PROVIDER, ASSOCIATE_RJ } from "../support/golden.ts";
import {
  close,
  receive,
  type Script,
  type ScriptedPeer,
  send,
  startScriptedPeer,
  waitForClose,
  waitForEnd,
} from "../support/scripted-peer.ts";
import { ASSOCIATED } from "../verify/verification.ts";
import { runLine } from "./fake-host.ts";

const PEERS = 1000;

/** Of the silent, as many listeners: to no address may too many be open. */
const SILENT = 4;

const text = (content: string): Uint8Array => new TextEncoder().encode(content);

/** What peers do, and what is to be said of it. */
const KINDS: readonly (readonly [string, Script])[] = [
  ["called-title-unknown", [
    receive,
    send(ASSOCIATE_RJ),
    waitForEnd,
  ]],
  ["association-aborted", [receive, send(ABORT_BY_PROVIDER), waitForEnd]],
  ["association-closed", [receive, close]],
  ["not-dicom", [
    receive,
    send(text("HTTP/1.1 400 Bad Request\r\n\r\n")),
    waitForEnd,
  ]],
  ["echo-closed", [...ASSOCIATED, receive, close]],
  ["association-timeout", [receive, waitForClose]],
];

/** Every tenth peer is silent; -1: not one of these. */
function kindOf(index: number): number {
  if (index % 10 === 9) return KINDS.length - 1;
  const kind = index % 7 - 1;
  return kind < KINDS.length - 1 ? kind : -1;
}

Deno.test("1,000 peers, a tenth of them silent, give exactly the expected table", async () => {
  await using stack = new AsyncDisposableStack();
  const scp = stack.use(startVerificationScp({ associationLimit: PEERS }));
  const peers: ScriptedPeer[][] = [];
  for (const [code, script] of KINDS) {
    const listeners: ScriptedPeer[] = [];
    const count = code === "association-timeout" ? SILENT : 1;
    while (listeners.length < count) {
      listeners.push(stack.use(await startScriptedPeer(script)));
    }
    peers.push(listeners);
  }
  using unused = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const closedPort = unused.addr.port;
  unused.close();
  const expected: string[] = [];
  const rows = Array.from({ length: PEERS }, (_, index) => {
    const kind = kindOf(index);
    const listeners = peers[kind] ?? [];
    const turn = Math.floor(index / 10) % listeners.length;
    const [code, port] = kind >= 0
      ? [KINDS[kind]?.[0] ?? "", listeners[turn]?.port]
      : index % 2 === 0
      ? ["refused", closedPort]
      : ["verified", scp.port];
    expected.push(`peer ${index} ${code}`);
    return { name: `peer ${index}`, host: "127.0.0.1", port };
  });
  const argv = "-ta 2 --format jsonl --peers p.json";
  const { exit, stdout } = await runLine(argv.split(" "), {
    files: { "p.json": JSON.stringify(rows) },
  });
  const seen = stdout.trimEnd().split("\n").map((line) => {
    const { target, failure } = JSON.parse(line);
    return `${target.name} ${failure?.code ?? "verified"}`;
  });
  assert.equal(exit, 1);
  assert.deepEqual(seen, expected);
});
