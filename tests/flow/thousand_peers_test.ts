/** A site of a thousand peers with every kind of failure among them. */

import assert from "node:assert/strict";
import { startVerificationScp } from "../../lib/scp/server.ts";
import {
  ABORT,
  ABORT_BY_PROVIDER,
  ASSOCIATE_AC_CONTEXT_REJECTED,
  ASSOCIATE_RJ,
  RELEASE_RP,
} from "../support/golden.ts";
import { associateReject, echoResponse } from "../support/pdus.ts";
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
import { ASSOCIATED, ECHOED } from "../verify/verification.ts";
import type { Issued } from "../support/certificates.ts";
import { runLine } from "./fake-host.ts";
import { DEVICE, EXPIRED, options, PACS } from "./tls-host.ts";

const PEERS = 1000;
const LOOPBACK = "127.0.0.1";

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
  ["calling-title-unknown", [
    receive,
    send(associateReject(1, 1, 3)),
    waitForEnd,
  ]],
  ["rejected-other", [receive, send(associateReject(1, 1, 1)), waitForEnd]],
  ["rejected-congestion", [
    receive,
    send(associateReject(2, 3, 1)),
    waitForEnd,
  ]],
  ["rejected-limit", [receive, send(associateReject(2, 3, 2)), waitForEnd]],
  ["not-dicom", [receive, send(text("SSH-2.0-OpenSSH_9.2p1\r\n")), waitForEnd]],
  ["plain-on-tls-port", [
    receive,
    send(Uint8Array.of(21, 3, 3, 0, 2, 2, 40)),
    waitForEnd,
  ]],
  ["not-dicom", [receive, send(text("\x0bMSH|^~\\&|\x1c\r")), waitForEnd]],
  ["not-dicom", [receive, send(new Uint8Array(16)), waitForEnd]],
  ["no-context", [
    receive,
    send(ASSOCIATE_AC_CONTEXT_REJECTED),
    receive,
    send(RELEASE_RP),
    waitForEnd,
  ]],
  ["echo-status", [
    ...ASSOCIATED,
    receive,
    send(echoResponse({ status: 0x0122 })),
    receive,
    send(RELEASE_RP),
    waitForEnd,
  ]],
  ["protocol-error", [
    ...ASSOCIATED,
    receive,
    send(echoResponse({ messageId: 7 })),
    waitForEnd,
  ]],
  ["echo-aborted", [...ASSOCIATED, receive, send(ABORT), waitForEnd]],
  ["release-failed", [...ECHOED, receive, close]],
  ["echo-closed", [...ASSOCIATED, receive, close]],
  ["association-timeout", [receive, waitForClose]],
];

/** Every tenth peer is silent; -1: not one of these. */
function kindOf(index: number): number {
  if (index % 10 === 9) return KINDS.length - 1;
  const kind = index % (KINDS.length + 2) - 1;
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
  const secure = ({ pem, keyPem }: Issued): number =>
    stack.use(startVerificationScp({
      associationLimit: PEERS,
      tls: { keyPem, chainPem: pem },
    })).port;
  const anonymous = { tls: "anonymous", ca: "root.pem" };
  const others: readonly (readonly [string, string, number, object])[] = [
    ["refused", LOOPBACK, closedPort, {}],
    ["verified", LOOPBACK, scp.port, {}],
    ["lookup-failed", "nosuchhost.invalid", 104, {}],
    ["verified", LOOPBACK, secure(PACS), anonymous],
    ["certificate-expired", LOOPBACK, secure(EXPIRED), anonymous],
    ["certificate-self-signed", LOOPBACK, secure(DEVICE), anonymous],
    ["tls-on-plain-port", LOOPBACK, scp.port, anonymous],
    ["tls-not-set-up", LOOPBACK, scp.port, { ...anonymous, ca: "none.pem" }],
  ];
  const expected: { readonly name: string; readonly code: string }[] = [];
  let other = 0;
  const rows = Array.from({ length: PEERS }, (_, index) => {
    const kind = kindOf(index);
    const listeners = peers[kind] ?? [];
    const turn = Math.floor(index / 10) % listeners.length;
    const [code, host, port, tls] = kind >= 0
      ? [KINDS[kind]?.[0] ?? "", LOOPBACK, listeners[turn]?.port, {}]
      : others[other++ % others.length] ?? ["", "", 0, {}];
    expected.push({ name: `peer ${index}`, code });
    return { name: `peer ${index}`, host, port, ...tls };
  });
  const files = { "p.json": JSON.stringify(rows) };
  const told = async (format: string): Promise<string[]> => {
    const line = `-ta 2 --format ${format} --peers p.json`;
    const { exit, stdout } = await runLine(
      line.split(" "),
      options({ more: files }),
    );
    assert.equal(exit, 1);
    return stdout.trimEnd().split("\n");
  };
  const seen = (await told("jsonl")).map((line) => {
    const { target: { name }, failure } = JSON.parse(line);
    return { name, code: failure?.code ?? "verified" };
  });
  assert.deepEqual(seen, expected);

  const table = await told("text");
  const failed = expected.filter(({ code }) => code !== "verified");
  const verified = expected.filter(({ code }) => code === "verified");
  const row = /^(peer \d+) +(\S+:\d+) +(FAILED|verified) +[\d.]+ s\b/;
  assert.deepEqual(
    table.slice(1, -1).map((line) => row.exec(line)?.slice(1, 4)),
    [...failed, ...verified].map(({ name, code }) => {
      const { host, port } = rows[Number(name.slice("peer ".length))] ?? {};
      const result = code === "verified" ? "verified" : "FAILED";
      return [name, `${host}:${port}`, result];
    }),
  );
  assert.equal(
    table.at(-1),
    `${PEERS} peers: ${verified.length} verified, ${failed.length} failed`,
  );
});
