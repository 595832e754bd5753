/** TLS by OpenSSL's program, for what the runtime's own does not have. */

import { ExpiredError } from "../../net/deadline.ts";
import { recognise } from "../../net/peer-protocol.ts";
import type { TransportError } from "../../net/transport.ts";
import {
  type HandshakeRequest,
  type TlsChannel,
  type TlsEngine,
  TlsError,
} from "../engine.ts";
import type { EngineFailure } from "../failure.ts";
import { failureCondition } from "../failure-condition.ts";
import { OpensslChannel, type Session } from "./openssl-channel.ts";
import type { OpensslProgram } from "./openssl-program.ts";
import { partOf } from "../policy/policy.ts";
import type { Programs } from "../programs.ts";
import { beginsLikeTls } from "../wire/records.ts";
import { type SClient, StartError, startSClient } from "./sclient.ts";
import { suiteByOpensslName } from "../policy/suites.ts";

/**
 * The engine that runs `openssl s_client` for each connection. It offers what
 * it is told to, nothing else, and checks that the peer has the key of its
 * certificate, but judges no certificate.
 */
export class OpensslEngine implements TlsEngine {
  readonly name = "openssl";
  readonly #programs: Programs;
  readonly #openssl: OpensslProgram;
  readonly #leaving = new Set<Promise<void>>();

  constructor(programs: Programs, openssl: OpensslProgram) {
    this.#programs = programs;
    this.#openssl = openssl;
  }

  async handshake(request: HandshakeRequest): Promise<TlsChannel> {
    try {
      return await this.#handshake(request);
    } catch (error) {
      request.transport.close();
      if (error instanceof ExpiredError) {
        throw tlsError({ kind: error.expiry }, error);
      }
      if (error instanceof StartError) {
        const detail = `openssl s_client: ${error.message}`;
        throw tlsError({ kind: "protocol", detail }, error);
      }
      throw error;
    }
  }

  /** When nothing is left of connections that were closed. */
  async settled(): Promise<void> {
    while (this.#leaving.size > 0) await Promise.all(this.#leaving);
  }

  async #handshake(request: HandshakeRequest): Promise<TlsChannel> {
    const { deadline } = request;
    const offer = partOf(request.offer, this.#openssl.ability);
    if (offer === undefined) {
      const { versions, suites } = request.offer;
      const wanted = `${suites.join(", ")} (${versions.join(", ")})`;
      throw tlsError({ kind: "unavailable", wanted, lacking: true });
    }
    const ours = request.clientCertificate !== undefined;
    const client = await startSClient(
      this.#programs,
      this.#openssl,
      request,
      offer,
    );
    try {
      await deadline.race(client.shaken());
      const session = sessionOf(client);
      if (session === undefined) {
        // The alert that tells the peer why goes before we close.
        await deadline.race(client.relay?.programEnded ?? client.reported);
        const failure = diagnose(client, ours, false) ??
          { kind: "closed", reset: false };
        throw tlsError(failure);
      }
      client.relay?.liftLimit();
      return new OpensslChannel(
        client,
        session,
        (client) => afterwards(client, ours),
        (gone) => this.#leave(gone),
      );
    } catch (error) {
      await client.close();
      throw error;
    }
  }

  #leave(gone: Promise<void>): void {
    this.#leaving.add(gone);
    gone.finally(() => this.#leaving.delete(gone));
  }
}

function tlsError(failure: EngineFailure, cause?: unknown): TlsError {
  return new TlsError(failure, failureCondition(failure), { cause });
}

/**
 * Undefined: there is none.
 *
 * @throws {TlsError} when it cannot be told what it is.
 */
function sessionOf({ report }: SClient): Session | undefined {
  const { agreed, certificates } = report;
  if (agreed === undefined) return undefined;
  const suite = suiteByOpensslName(agreed.cipher)?.name;
  if (suite === undefined || certificates === undefined) {
    const what = suite === undefined
      ? "cipher suite"
      : "certificates of the peer";
    const detail = `openssl s_client: the ${what} cannot be read`;
    throw tlsError({ kind: "protocol", detail });
  }
  return { version: agreed.version, suite, peerCertificates: certificates };
}

/** What OpenSSL says of a peer that has closed and given no reason. */
const NO_REASON = "unexpected eof while reading";

/** The best that is known of why it has failed; undefined: the peer closed. */
function diagnose(
  { report, relay }: SClient,
  ours: boolean,
  after: boolean,
): EngineFailure | undefined {
  const { alert, error } = report;
  const records = relay?.records;
  const first = records?.first ?? new Uint8Array();
  if (alert !== undefined && (alert.fatal || error === undefined)) {
    const { description } = alert;
    const greeted = records?.greeted ?? false;
    return { kind: "alert", description, ours, after, first: !greeted };
  }
  if (beginsLikeTls(first) === false) {
    return { kind: "not-tls", protocol: recognise(first), bytes: first };
  }
  if (relay?.overflowed) {
    return { kind: "protocol", detail: "the handshake has no end" };
  }
  if (relay?.fault !== undefined) return { kind: "closed", reset: true };
  return error === undefined || error === NO_REASON
    ? undefined
    : { kind: "protocol", detail: error };
}

/** Why a connection has ended that was established; undefined: in order. */
function afterwards(
  client: SClient,
  ours: boolean,
): TransportError | undefined {
  const failure = diagnose(client, ours, true);
  if (failure?.kind === "closed") return client.relay?.fault;
  return failure === undefined ? undefined : tlsError(failure);
}
