/** For each cause there is, a peer on loopback that brings it about. */

import { loadOrTell } from "../../lib/app/load-tls.ts";
import { setUpFailure } from "../../lib/app/tls.ts";
import { setUpResult } from "../../lib/app/tls-failure.ts";
import { DATA_DICTIONARY_MISSING } from "../../lib/base/condition.ts";
import { consoleLog } from "../../lib/log/log.ts";
import type { CauseCode } from "../../lib/result/types.ts";
import { targetOf } from "../../lib/result/unmeasured.ts";
import { type ScpOptions, startVerificationScp } from "../../lib/scp/server.ts";
import type { VerificationEvent } from "../../lib/verify/event.ts";
import type { VerificationSettings } from "../../lib/verify/settings.ts";
import { fakeFiles } from "../cli/fake-files.ts";
import {
  authority,
  type CertificateOptions,
  crl,
  DAY,
  issue,
  type Issued,
  selfSigned,
} from "../support/certificates.ts";
import { startFullListener } from "../support/full-listener.ts";
import { bytes } from "../support/golden.ts";
import { startResettingRelay } from "../support/resetting-relay.ts";
import {
  abort,
  associateAccept,
  associateReject,
  echoResponse,
  text,
} from "../support/pdus.ts";
import {
  close,
  receive,
  type Script,
  send,
  startScriptedPeer,
  waitForEnd,
} from "../support/scripted-peer.ts";
import { RELEASED } from "../hostile/expected.ts";
import { asServer, demanding, ROOT, SERVER } from "../tls/handshakes.ts";
import { NO_TERMINAL, tlsSettings } from "../tls/setup.ts";
import { ASSOCIATED, DEFAULTS, ECHOED } from "../verify/verification.ts";
import {
  check,
  type Checked,
  type CheckOptions,
  type TlsWishes,
} from "./check.ts";

/** A time limit that is waited for, in seconds. */
const SHORT = 0.05;

type Changes = Partial<VerificationSettings>;

export async function scripted(
  script: Script,
  changes: Changes = {},
  options: CheckOptions = {},
): Promise<Checked> {
  await using peer = await startScriptedPeer(script);
  const checked = await check({ port: peer.port, ...changes }, options);
  await peer.settled();
  return checked;
}

/** Our own SCP. */
async function served(
  scpOptions: ScpOptions,
  options: CheckOptions = {},
  changes: Changes = {},
): Promise<Checked> {
  await using scp = startVerificationScp(scpOptions);
  return await check({ port: scp.port, ...changes }, options);
}

/** Our own SCP with a certificate, and what is thought of it. */
function judged(
  certificate: Issued,
  wishes: TlsWishes = {},
  ...more: readonly Issued[]
): Promise<Checked> {
  return served({ tls: asServer(certificate, ...more) }, { tls: wishes });
}

function pacs(options: Partial<CertificateOptions>): Issued {
  return issue(ROOT, { name: "pacs", ...options });
}

/** A peer that answers a ClientHello with this, and stays. */
function tlsAnswer(
  answer: Uint8Array,
  wishes: TlsWishes = {},
): Promise<Checked> {
  return scripted([send(answer), waitForEnd], {}, { tls: wishes });
}

function rejected(source: number, reason: number, result = 1): Script {
  return [receive, send(associateReject(result, source, reason)), waitForEnd];
}

/** Ctrl-C while the answer to the association request is awaited. */
function interrupted(): Promise<Checked> {
  const stop = new AbortController();
  const observe = ({ kind }: VerificationEvent): void => {
    if (kind === "answer-awaited") stop.abort();
  };
  const machine = { signal: stop.signal, observe };
  return scripted([receive, waitForEnd], {}, { machine });
}

async function closedPort(): Promise<Checked> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  return await check({ port });
}

async function blackHole(): Promise<Checked> {
  await using full = await startFullListener();
  return await check({ port: full.port, connectTimeout: SHORT });
}

/** As a plain peer does that closes with a part of the ClientHello unread. */
async function resetInHandshake(): Promise<Checked> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const first = listener.accept().then(async (connection) => {
    await connection.read(new Uint8Array(6));
    connection.close();
  });
  await using relay = await startResettingRelay(listener.addr.port);
  const checked = await check({ port: relay.port }, { tls: {} });
  await first;
  return checked;
}

/** A key that is not where it should be: nothing is sent to anybody. */
async function withoutKeyFile(): Promise<Checked> {
  let printed = "";
  const log = consoleLog("warn", (text) => printed += text);
  const clientCertificate = {
    keyFile: "own.key",
    certificateFile: "own.pem",
    password: { from: "empty" },
  } as const;
  const prepared = await loadOrTell(
    tlsSettings({ clientCertificate }),
    log,
    { files: fakeFiles({}), onInterrupt: () => () => {} },
    { terminal: NO_TERMINAL },
  );
  if (prepared.kind !== "refused") throw new Error(prepared.kind);
  const settings = { ...DEFAULTS, port: 2762 };
  const failure = setUpFailure(prepared);
  const result = setUpResult(targetOf(settings, true), settings, failure);
  return { result, lines: printed.split("\n").slice(0, -1) };
}

export const PROVOCATIONS: Readonly<Record<CauseCode, () => Promise<Checked>>> =
  {
    "illegal-peer": () => check({ peer: "pacs:104" }),
    "illegal-title": () =>
      scripted([receive, waitForEnd], { calledAeTitle: "" }),
    "lookup-failed": () => check({ peer: "pacs.invalid" }),
    refused: closedPort,
    // Nobody can connect to a multicast address.
    unreachable: () => check({ peer: "224.0.0.1" }),
    "connect-timeout": blackHole,
    // Without a zone nobody knows on which link it is.
    "connect-failed": () => check({ peer: "fe80::1" }),

    "not-dicom": () =>
      scripted([receive, send(text("SSH-2.0-OpenSSH_9.2\r\n")), waitForEnd]),
    "plain-on-tls-port": () => served({ tls: asServer(SERVER) }),
    "tls-on-plain-port": () => served({}, { tls: {} }),
    "not-tls": () => tlsAnswer(text("HTTP/1.1 400 Bad Request\r\n\r\n")),
    "tls-closed": resetInHandshake,
    "tls-timeout": () =>
      scripted([waitForEnd], { connectTimeout: SHORT }, { tls: {} }),
    "tls-nothing-in-common": () =>
      served(
        { tls: { ...asServer(SERVER), versions: ["TLSv1.3"] } },
        { tls: { profile: "bcp195-ex" } },
      ),
    "tls-not-set-up": withoutKeyFile,
    // What the runtime offers cannot be narrowed.
    "tls-not-allowed": () =>
      judged(SERVER, { policy: { isAllowed: () => false } }),
    "tls-unavailable": () => judged(SERVER, { profile: "null" }),
    "tls-unproven": () => judged(pacs({ version: 1 })),
    "tls-client-certificate-required": () =>
      served(
        { tls: { ...asServer(SERVER), ...demanding(ROOT.pem) } },
        { tls: {} },
      ),
    "tls-client-certificate-refused": () =>
      tlsAnswer(bytes("15 03 03 0002 02 30"), {
        client: issue(ROOT, { name: "scu" }),
      }),
    "tls-protocol": () => tlsAnswer(bytes("15 03 03 0002 02 50")),

    "certificate-expired": () =>
      judged(pacs({ notAfter: new Date(Date.now() - 10.5 * DAY) })),
    "certificate-not-yet-valid": () =>
      judged(pacs({ notBefore: new Date(Date.now() + 10.5 * DAY) })),
    "certificate-unknown-issuer": () => judged(SERVER, { anchors: [] }),
    "certificate-self-signed": () => judged(selfSigned({ name: "pacs" })),
    "certificate-untrusted-root": () => judged(SERVER, { anchors: [] }, ROOT),
    "certificate-revoked": () =>
      judged(SERVER, {
        revocation: "leaf",
        crls: [crl(ROOT, [{ certificate: SERVER, reason: 1 }])],
      }),
    "certificate-wrong-name": () => judged(SERVER, { verifyHostname: true }),
    "certificate-wrong-usage": () =>
      judged(pacs({ extendedKeyUsage: ["clientAuth"] })),
    "certificate-weak": () => {
      const old = authority({ name: "Old Root", key: "rsa1024" });
      return judged(issue(old, { name: "pacs" }), { anchors: [old] });
    },
    "certificate-no-crl": () => judged(SERVER, { revocation: "leaf" }),
    "certificate-invalid": () => judged(pacs({ spoilt: true })),

    "called-title-unknown": () => served({ calledAeTitle: "PACS" }),
    "calling-title-unknown": () => scripted(rejected(1, 3)),
    "rejected-congestion": () => scripted(rejected(3, 1, 2)),
    "rejected-limit": () => scripted(rejected(3, 2, 2)),
    "rejected-other": () => scripted(rejected(1, 1)),
    "association-timeout": () =>
      scripted([receive, waitForEnd], { acseTimeout: SHORT }),
    "association-closed": () => scripted([receive, close]),
    "association-aborted": () =>
      scripted([receive, send(abort(2, 0)), waitForEnd]),
    "no-context": () => {
      const contexts = [{ id: 1, result: 3 }];
      return scripted([
        receive,
        send(associateAccept({ contexts })),
        ...RELEASED,
      ]);
    },
    "echo-timeout": () =>
      scripted([...ASSOCIATED, receive, waitForEnd], { dimseTimeout: SHORT }),
    "echo-closed": () => scripted([...ASSOCIATED, receive, close]),
    "echo-aborted": () =>
      scripted([...ASSOCIATED, receive, send(abort(0, 0)), waitForEnd]),
    "echo-status": () =>
      scripted([
        ...ASSOCIATED,
        receive,
        send(echoResponse({ status: 0x0122 })),
        ...RELEASED,
      ]),
    "protocol-error": () =>
      scripted([
        ...ASSOCIATED,
        receive,
        send(echoResponse({ messageId: 7 })),
        waitForEnd,
      ]),
    "release-failed": () => scripted([...ECHOED, receive, close]),
    "no-dictionary": () =>
      scripted([...ASSOCIATED, waitForEnd], {}, {
        machine: { dictionaryFault: DATA_DICTIONARY_MISSING },
      }),
    deadline: () => scripted([receive, waitForEnd], {}, { deadline: SHORT }),
    interrupted,
  };
