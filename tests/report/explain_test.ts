import assert from "node:assert/strict";
import {
  explain,
  explainResult,
  explainTarget,
} from "../../lib/report/explain.ts";
import type { Diagnosis, PeerResult } from "../../lib/result/types.ts";
import type { TlsSession } from "../../lib/tls/session.ts";
import { parseCertificate } from "../../lib/x509/certificate.ts";
import { verified } from "../diagnosis/results.ts";
import { DAY, issue } from "../support/certificates.ts";
import { ROOT } from "../tls/handshakes.ts";

const PLAIN = { colour: false } as const;

const NEGOTIATED: PeerResult["outcome"]["negotiated"] = {
  contexts: [],
  accepted: {
    id: 1,
    abstractSyntax: "1.2.840.10008.1.1",
    result: 0,
    transferSyntax: "1.2.840.10008.1.2",
  },
  peerMaximumLength: 16384,
  peerImplementationClassUid: "1.2.3",
  peerImplementationVersionName: "PACS_1",
  fragmentLength: 16372,
  maximumSendPdv: 16372,
  adjustments: [],
};

const REFUSED: Diagnosis = {
  stage: "connect",
  code: "refused",
  cause: "pacs (192.0.2.10) port 104 refuses the connection: nothing listens " +
    "there, or a firewall rejects it",
  next: ["Check that the service runs", "Check the port"],
  condition: {
    code: "0006:031c",
    text: "TCP Initialization Error: Connection refused",
  },
  transient: true,
};

function withPeer(changes: Partial<PeerResult> = {}): PeerResult {
  const result = verified(changes);
  return { ...result, outcome: { ...result.outcome, negotiated: NEGOTIATED } };
}

Deno.test("a verified peer is shown with its stages and what it says it is", () => {
  assert.equal(
    explain(withPeer(), PLAIN),
    `pacs port 104
"ECHOSCU" calls "PACS"

  name look-up  ok          1.0 ms  192.0.2.10
  connect       ok          1.0 ms  from 192.0.2.20
  TLS           -                   not asked for
  association   ok          3.0 ms
  C-ECHO        ok          4.0 ms
  release       ok          1.0 ms

Verified in 10.0 ms

The peer:
  software          PACS_1
  class UID         1.2.3
  longest PDU       16384 bytes
  transfer syntax   LittleEndianImplicit
  round trip        4.0 ms
`,
  );
});

Deno.test("a failure is shown with its cause, the next steps and the log's words", () => {
  assert.equal(
    explainResult(
      verified({
        stages: [
          { stage: "lookup", duration: 1, ok: true },
          { stage: "connect", duration: 1234, ok: false },
        ],
        latencies: [],
        duration: 1235,
        attempts: 3,
        diagnosis: REFUSED,
      }),
      PLAIN,
    ),
    `  name look-up  ok          1.0 ms  192.0.2.10
  connect       FAILED     1234 ms
  TLS           -                   not asked for
  association   -                   not reached
  C-ECHO        -                   not reached
  release       -                   not reached

Failed in connect after 1235 ms, attempt 3: refused
  pacs (192.0.2.10) port 104 refuses the connection: nothing listens there, or a
  firewall rejects it
  It may pass by itself.

What to check, most likely first:
  1. Check that the service runs
  2. Check the port

In the words of the log:
  0006:031c TCP Initialization Error: Connection refused
`,
  );
});

Deno.test("titles that may go wrong are warned of before all else", () => {
  const { target } = verified();
  const text = explainTarget(
    { ...target, name: "CT\x1b 1", tls: true, calledAeTitle: "pacs" },
    PLAIN,
  );
  assert.equal(
    text,
    `CT\\x1b 1: pacs port 104 with TLS
"ECHOSCU" calls "pacs"
Warning: the called AE title "pacs" has lower-case letters: case counts, and
         some peers reject it
`,
  );
});

Deno.test("a stage that failed without a record is shown as failed", () => {
  const text = explainResult(
    verified({ stages: [], diagnosis: { ...REFUSED, stage: "lookup" } }),
    PLAIN,
  );
  assert.match(text, /^ {2}name look-up {2}FAILED$/m);
});

Deno.test("an address needs no look-up", () => {
  const stages = [{ stage: "connect", duration: 1, ok: true }] as const;
  assert.match(
    explainResult(verified({ stages }), PLAIN),
    /^ {2}name look-up {2}- +not needed$/m,
  );
});

Deno.test("of a series the round trips are summed up, and the losses told", () => {
  const result = withPeer({ latencies: [2, 10, 3] });
  const echoes = { sent: 4, succeeded: 3 };
  const text = explainResult(
    { ...result, outcome: { ...result.outcome, echoes } },
    PLAIN,
  );
  assert.match(text, /C-ECHO .* 3 of 4 answered$/m);
  assert.match(
    text,
    /round trip {8}2\.0 ms at least, 5\.0 ms on average, 10\.0 ms at most/,
  );
});

async function session(
  days: number,
  now: Date,
  ignored = false,
): Promise<TlsSession> {
  const notAfter = new Date(now.getTime() + (days + 0.5) * DAY);
  const { der } = issue(ROOT, { name: "pacs", notAfter });
  const certificate = await parseCertificate(der);
  return {
    engine: "built-in",
    version: "TLSv1.3",
    suite: "TLS_AES_128_GCM_SHA256",
    presented: [certificate],
    chain: [certificate],
    problem: undefined,
    ignored,
  };
}

Deno.test("what TLS agreed on is shown, and how long the certificate lasts", async () => {
  const started = new Date();
  const result = withPeer({ started, session: await session(100, started) });
  const text = explainResult(result, PLAIN);
  assert.match(text, /TLS {15}TLSv1\.3, TLS_AES_128_GCM_SHA256 \(built-in\)/);
  assert.match(text, /certificate {7}\/CN=pacs\n {2}issued by {9}\/CN=Root/);
  assert.match(text, /valid until {7}\d{4}-\d\d-\d\d, 100 days left/);
  assert.match(text, /fingerprint {7}([0-9A-F]{2}:){3}/);
  assert.doesNotMatch(text, /^Note/m);
});

Deno.test("a certificate that ends soon, or was not checked, is noted", async () => {
  const started = new Date();
  const note = async (days: number, ignored: boolean): Promise<string> =>
    explainResult(
      withPeer({ started, session: await session(days, started, ignored) }),
      PLAIN,
    );
  assert.match(await note(1, false), /^Note: .* expires in 1 day: renew it$/m);
  assert.match(await note(29, false), /^Note: .* expires in 29 days/m);
  assert.match(await note(100, true), /^Note: .* not checked \(-ic\)/m);
  assert.match(await note(-3, true), /which is over$/m);
});

Deno.test("nothing of a result is wider than 80 columns", async () => {
  const started = new Date();
  const long = "x".repeat(200);
  const result = withPeer({
    started,
    session: await session(3, started),
    addresses: {
      resolved: Array.from(
        { length: 9 },
        (_, n) => `2001:0db8:1111:2222:3333:4444:5555:666${n}`,
      ),
      local: "[2001:0db8:1111:2222:3333:4444:5555:7777]:40000",
      remote: undefined,
    },
    diagnosis: {
      ...REFUSED,
      stage: "release",
      cause: `${long} ${"word ".repeat(50)}`,
      next: [`Compare ${"AB:".repeat(40)}`, long],
    },
  });
  const target = {
    ...result.target,
    host: long,
    calledAeTitle: "x".repeat(90),
  };
  const lines = explain({ ...result, target }, PLAIN).split("\n");
  assert.match(lines.join("\n"), /look-up .* [0-9a-f:]{39} \(\+8\)$/m);
  assert.deepEqual(lines.filter((line) => line.length > 80), []);
});

Deno.test("what a peer says is escaped", () => {
  const result = withPeer();
  const text = explainResult({
    ...result,
    outcome: {
      ...result.outcome,
      negotiated: {
        ...NEGOTIATED,
        peerImplementationVersionName: "\x1b[2J",
        peerImplementationClassUid: "1.2\n3",
      },
    },
  }, PLAIN);
  assert.ok(text.includes("\\x1b[2J") && text.includes("1.2\\x0a3"));
  assert.doesNotMatch(text.replaceAll("\n", ""), /\p{Cc}/u);
});

Deno.test("colours come only if they are asked for, and change nothing else", () => {
  const failed = verified({ diagnosis: REFUSED });
  const target = { ...failed.target, calledAeTitle: "pacs" };
  for (const result of [withPeer(), { ...failed, target }]) {
    const plain = explain(result, PLAIN);
    const coloured = explain(result, { colour: true });
    assert.ok(!plain.includes("\x1b"));
    assert.ok(coloured.includes("\x1b[3"));
    // deno-lint-ignore no-control-regex
    assert.equal(coloured.replaceAll(/\x1b\[\d+m/g, ""), plain);
  }
});

Deno.test("a run that somebody has ended is not called a failure", () => {
  const { stages } = verified();
  const text = explainResult(
    verified({
      stages: stages.filter(({ stage }) => stage !== "release")
        .map((one) => ({ ...one, ok: one.stage !== "echo" })),
      diagnosis: { ...REFUSED, stage: "echo", code: "interrupted" },
    }),
    PLAIN,
  );
  assert.match(text, /^ {2}C-ECHO {8}ended /m);
  assert.match(text, /^Ended in C-ECHO after 10\.0 ms: interrupted$/m);
  assert.doesNotMatch(text, /fail/i);
});
