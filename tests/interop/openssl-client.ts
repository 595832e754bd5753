/** Connections by the openssl engine, with what it starts looked at. */

import assert from "node:assert/strict";
import { Deadlines } from "../../lib/net/deadline.ts";
import { connectTcp } from "../../lib/net/tcp.ts";
import type { Transport } from "../../lib/net/transport.ts";
import { DENO_PROGRAMS } from "../../lib/tls/deno/deno-programs.ts";
import {
  type HandshakeRequest,
  type Offer,
  type TlsChannel,
  TlsError,
} from "../../lib/tls/engine.ts";
import { OpensslEngine } from "../../lib/tls/openssl/openssl-engine.ts";
import {
  findOpenssl,
  type OpensslProgram,
} from "../../lib/tls/openssl/openssl-program.ts";
import type { Programs } from "../../lib/tls/programs.ts";
import { SUITES, VERSIONS } from "../../lib/tls/policy/suites.ts";
import type { Issued } from "../support/certificates.ts";

/** Nobody has to wait for as long: it only ends what would hang. */
const PATIENCE = 30_000;

export const EVERYTHING: Offer = {
  versions: VERSIONS.toReversed(),
  suites: SUITES.map(({ name }) => name),
};

let found: OpensslProgram | undefined;

export async function installed(): Promise<OpensslProgram> {
  using deadlines = new Deadlines();
  const search = await findOpenssl(
    DENO_PROGRAMS,
    Deno.build.os,
    deadlines.start(PATIENCE),
  );
  assert.equal(search.kind, "found");
  if (search.kind === "found") found ??= search.program;
  assert.ok(found !== undefined);
  return found;
}

export function asClient(
  one: Issued,
  ...others: readonly Issued[]
): NonNullable<HandshakeRequest["clientCertificate"]> {
  return {
    keyPem: one.keyPem,
    chainPem: [one, ...others].map(({ pem }) => pem).join(""),
  };
}

export interface Wishes {
  readonly clientCertificate?: HandshakeRequest["clientCertificate"];
  readonly serverName?: string;
  readonly offer?: Offer;
  readonly milliseconds?: number;
  readonly signal?: AbortSignal;
  readonly programs?: Programs;
  readonly transport?: Transport;
}

/** A handshake with 127.0.0.1; what it has made is gone when `talk` is over. */
export async function connected(
  port: number,
  wishes: Wishes,
  talk: (channel: TlsChannel) => Promise<void>,
): Promise<void> {
  const engine = new OpensslEngine(
    wishes.programs ?? DENO_PROGRAMS,
    await installed(),
  );
  using deadlines = new Deadlines(wishes.signal);
  using deadline = deadlines.start(wishes.milliseconds ?? PATIENCE);
  const transport = wishes.transport ?? await connectTcp({
    host: "127.0.0.1",
    port,
    addressFamily: "auto",
    deadline,
  });
  const channel = await engine.handshake({
    transport,
    clientCertificate: wishes.clientCertificate,
    serverName: wishes.serverName,
    offer: wishes.offer ?? EVERYTHING,
    deadline,
  });
  try {
    await talk(channel);
  } finally {
    channel.close();
    await engine.settled();
  }
}

/** Why a handshake with 127.0.0.1 fails. */
export async function failure(
  port: number,
  wishes: Wishes = {},
): Promise<TlsError> {
  try {
    await connected(port, wishes, () => Promise.resolve());
  } catch (error) {
    assert.ok(error instanceof TlsError, String(error));
    return error;
  }
  return assert.fail("the handshake has succeeded");
}

/** Exactly as many bytes, or fewer if the stream ends. */
export async function readAll(
  transport: Transport,
  length: number,
): Promise<Uint8Array> {
  const buffer = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const count = await transport.read(buffer.subarray(filled));
    if (count === 0) break;
    filled += count;
  }
  return buffer.subarray(0, filled);
}
