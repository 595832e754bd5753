/** Handshakes of the built-in engine with our own server, or with a script. */

import assert from "node:assert/strict";
import { Deadlines } from "../../lib/net/deadline.ts";
import type { Transport } from "../../lib/net/transport.ts";
import { acceptTls, type ScpTls } from "../../lib/scp/tls.ts";
import { builtInEngine } from "../../lib/tls/built-in/built-in-engine.ts";
import {
  type HandshakeRequest,
  type TlsChannel,
  TlsError,
} from "../../lib/tls/engine.ts";
import { parseCertificate } from "../../lib/x509/certificate.ts";
import { readCertificates } from "../../lib/x509/files.ts";
import { verifyChain } from "../../lib/x509/verify.ts";
import { authority, issue, type Issued } from "../support/certificates.ts";
import { type PairedTransport, transportPair } from "./transport-pair.ts";

export const ROOT = authority({ name: "Root" });
export const SERVER = issue(ROOT, { name: "pacs", dns: ["pacs.test"] });

/** Nobody has to wait for as long: it only ends what would hang. */
const PATIENCE = 20_000;

export function asServer(one: Issued, ...more: readonly Issued[]): ScpTls {
  return { keyPem: one.keyPem, chainPem: asChain(one, ...more) };
}

/** Lets in whom one of these vouches for. @param authorities in PEM. */
export function demanding(
  ...authorities: readonly string[]
): Pick<ScpTls, "judgeClient"> {
  return {
    judgeClient: async (presented) => {
      const { problem } = await verifyChain({
        presented: await Promise.all(
          presented.map((der) => parseCertificate(der)),
        ),
        anchors: await readCertificates(utf8(authorities.join("")), "pem"),
        crls: [],
        revocation: "none",
        time: new Date(),
        purpose: "client",
      });
      return problem?.kind;
    },
  };
}

export function asChain(...certificates: readonly Issued[]): string {
  return certificates.map(({ pem }) => pem).join("");
}

export function asClient(
  one: Issued,
): NonNullable<HandshakeRequest["clientCertificate"]> {
  return { keyPem: one.keyPem, chainPem: one.pem };
}

export type Wishes = Partial<
  Pick<HandshakeRequest, "clientCertificate" | "serverName" | "offer">
>;

/** The engine's side. */
export async function shake(
  transport: Transport,
  wishes: Wishes = {},
  milliseconds = PATIENCE,
  signal?: AbortSignal,
): Promise<TlsChannel> {
  using deadlines = new Deadlines(signal);
  using deadline = deadlines.start(milliseconds);
  return await builtInEngine.handshake({
    transport,
    clientCertificate: undefined,
    serverName: undefined,
    offer: { versions: ["TLSv1.3", "TLSv1.2"], suites: [] },
    deadline,
    ...wishes,
  });
}

/** The SCP's side. */
export async function accept(
  transport: Transport,
  settings: ScpTls,
): Promise<Transport> {
  using deadlines = new Deadlines();
  using deadline = deadlines.start(PATIENCE);
  return await acceptTls(transport, settings, deadline);
}

export interface Both {
  readonly channel: TlsChannel;
  readonly server: Transport;
  /** The transports below, ours and the server's. */
  readonly below: PairedTransport;
  readonly serverBelow: PairedTransport;
}

/** What is set on the transports, ours and the server's, before all else. */
export type Prepare = (
  client: PairedTransport,
  server: PairedTransport,
) => void;

/** Both ends of a finished handshake; closes them in the end. */
export async function connected(
  talk: (both: Both) => Promise<void>,
  settings: ScpTls = asServer(SERVER),
  wishes: Wishes = {},
  prepare: Prepare = () => {},
): Promise<void> {
  const [below, serverBelow] = transportPair();
  prepare(below, serverBelow);
  const [channel, server] = await Promise.all([
    shake(below, wishes),
    accept(serverBelow, settings),
  ]);
  try {
    await talk({ channel, server, below, serverBelow });
  } finally {
    channel.close();
    server.close();
  }
  assert.ok(below.closed || await closes(below));
}

/** Closing takes some turns of the microtask queue, since it says good-bye. */
export async function closes(transport: PairedTransport): Promise<boolean> {
  for (let turn = 0; turn < 100 && !transport.closed; turn++) await undefined;
  return transport.closed;
}

/** The failure of a handshake with a server that refuses it. */
export async function refused(
  settings: ScpTls,
  wishes: Wishes = {},
  prepare: Prepare = () => {},
): Promise<TlsError> {
  const [below, serverBelow] = transportPair();
  prepare(below, serverBelow);
  const accepting = accept(serverBelow, settings);
  accepting.then((server) => server.close(), () => {});
  const error = await failure(shake(below, wishes));
  assert.ok(below.closed, "the transport is left open");
  await accepting.catch(() => {});
  return error;
}

export async function failure(work: Promise<unknown>): Promise<TlsError> {
  try {
    await work;
  } catch (error) {
    assert.ok(error instanceof TlsError, String(error));
    return error;
  }
  return assert.fail("nothing has failed");
}

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** All that comes until there are as many bytes as `text` has, as text. */
export async function readText(
  transport: Transport,
  length: number,
): Promise<string> {
  const buffer = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const count = await transport.read(buffer.subarray(filled));
    if (count === 0) break;
    filled += count;
  }
  return new TextDecoder().decode(buffer.subarray(0, filled));
}
