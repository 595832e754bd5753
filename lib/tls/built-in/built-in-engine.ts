/** TLS by the runtime's own node:tls, over a transport of ours. */

import type { ConnectionOptions, TLSSocket } from "node:tls";
import { errorText } from "../../base/text.ts";
import { ExpiredError } from "../../net/deadline.ts";
import type { TransportError } from "../../net/transport.ts";
import { recognise } from "../../net/peer-protocol.ts";
import { receivedAlert } from "../alerts.ts";
import type { RawStream } from "./duplex.ts";
import { EncryptedTransport } from "./encrypted-transport.ts";
import {
  type HandshakeRequest,
  type TlsChannel,
  type TlsEngine,
  TlsError,
} from "../engine.ts";
import type { EngineFailure } from "../failure.ts";
import { failureCondition } from "../failure-condition.ts";
import { presentedCertificates } from "../wire/presented-certificates.ts";
import { unprovenReason } from "../wire/possession.ts";
import { beginsLikeTls } from "../wire/records.ts";

/** What node:tls in Deno has, in the order of its preference. */
const VERSIONS = ["TLSv1.3", "TLSv1.2"] as const;

/** How node:tls tells that it cannot use what it was given. */
const UNUSABLE = new Set([
  "ERR_SSL_UNSUPPORTED_PROTOCOL",
  "ERR_OSSL_SSL_KEY_TOO_SMALL",
]);

/**
 * The engine of the runtime. It has TLS 1.2 and 1.3 and takes no notice of the
 * suites of an offer; nor does it judge the peer's certificate, whatever the
 * runtime thinks of it.
 */
export const builtInEngine: TlsEngine = { name: "built-in", handshake };

async function handshake(request: HandshakeRequest): Promise<TlsChannel> {
  const { transport, deadline } = request;
  let encrypted: EncryptedTransport | undefined;
  try {
    const [tls, { Duplex }] = await deadline.race(
      Promise.all([import("node:tls"), import("node:stream")]),
    );
    const options = connectionOptions(request);
    const state = {
      ours: request.clientCertificate !== undefined,
      done: false,
    };
    encrypted = new EncryptedTransport(
      Duplex,
      transport,
      (socket) => connect(tls, { ...options, socket }),
      (raw, error) => diagnosed(raw, error, state),
    );
    const socket = await deadline.race(encrypted.handshake("secureConnect"));
    state.done = true;
    return channel(encrypted, socket, tls);
  } catch (error) {
    encrypted?.close();
    transport.close();
    throw error instanceof ExpiredError
      ? tlsError({ kind: error.expiry }, error)
      : error;
  }
}

function tlsError(failure: EngineFailure, cause?: unknown): TlsError {
  return new TlsError(failure, failureCondition(failure), { cause });
}

/** @throws {TlsError} when there is no way to ask the runtime for it. */
function connectionOptions(request: HandshakeRequest): ConnectionOptions {
  const { offer, serverName, clientCertificate } = request;
  const versions = VERSIONS.filter((one) => offer.versions.includes(one));
  const [maxVersion] = versions;
  const minVersion = versions.at(-1);
  if (maxVersion === undefined || minVersion === undefined) {
    throw tlsError({
      kind: "unavailable",
      wanted: offer.versions.join(", "),
    });
  }
  return {
    minVersion,
    maxVersion,
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
    // With authorities of its own, none, each connection is on its own as well:
    // the runtime resumes no session of another peer.
    ca: [],
    ...(serverName === undefined ? {} : { servername: serverName }),
    ...(clientCertificate === undefined ? {} : {
      key: clientCertificate.keyPem,
      cert: clientCertificate.chainPem,
    }),
  };
}

/** @throws {TlsError} when the runtime does not take the client's key. */
function connect(
  tls: typeof import("node:tls"),
  options: ConnectionOptions,
): TLSSocket {
  try {
    const socket = tls.connect(options);
    // The runtime calls this by itself when a handshake is done, for nothing
    // that is of use here, and fails at certificates that it cannot read.
    Reflect.set(socket, "getPeerCertificate", () => ({}));
    return socket;
  } catch (error) {
    throw tlsError(unusable(error) ?? protocol(errorText(error)), error);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error &&
      typeof error.code === "string"
    ? error.code
    : "";
}

function unusable(error: unknown): EngineFailure | undefined {
  return UNUSABLE.has(codeOf(error))
    ? { kind: "unavailable", wanted: "a client key of this kind or size" }
    : undefined;
}

/**
 * The runtime names what it thinks of the chain, which ends no handshake here,
 * in place of why it has not taken the signature in the handshake: it may be
 * false, but also of a certificate or a key that the runtime does not know.
 */
function unproven(error: Error): EngineFailure | undefined {
  const code = codeOf(error);
  return code === "" || code.startsWith("ERR_") ? undefined : {
    kind: "unproven",
    detail: "the runtime does not take its signature in the handshake",
  };
}

function protocol(detail: string): EngineFailure {
  return { kind: "protocol", detail };
}

interface State {
  /** A client certificate was there to be shown. */
  readonly ours: boolean;
  /** The handshake is over. */
  readonly done: boolean;
}

/** After the handshake, what only the transport suffers is no matter of TLS. */
function diagnosed(
  raw: RawStream,
  error: Error | undefined,
  state: State,
): TransportError {
  const failure = diagnose(raw, error, state);
  const fault = raw.readFault ?? raw.writeFault;
  return state.done && failure.kind === "closed" && fault !== undefined
    ? fault
    : tlsError(failure, fault);
}

/** The best that is known of why it has failed, the peer's own words first. */
function diagnose(
  raw: RawStream,
  error: Error | undefined,
  { ours, done }: State,
): EngineFailure {
  const { alert, first, greeted } = raw.records;
  const closed = raw.ended || raw.writeFault !== undefined;
  const description = receivedAlert(error?.message ?? "") ??
    (alert?.fatal || closed ? alert?.description : undefined);
  if (description !== undefined) {
    return { kind: "alert", description, ours, after: done, first: !greeted };
  }
  if (beginsLikeTls(first) === false) {
    return { kind: "not-tls", protocol: recognise(first), bytes: first };
  }
  if (raw.overflowed) return protocol("the handshake has no end");
  if (closed) {
    const fault = raw.readFault ?? raw.writeFault;
    return { kind: "closed", reset: fault !== undefined };
  }
  if (error === undefined) return { kind: "closed", reset: false };
  return unusable(error) ?? unproven(error) ?? protocol(error.message);
}

/** @throws {TlsError} when what was agreed on cannot be told. */
function channel(
  encrypted: EncryptedTransport,
  socket: TLSSocket,
  tls: typeof import("node:tls"),
): TlsChannel {
  const version = socket.getProtocol();
  const suite = socket.getCipher()?.standardName;
  if (version === null || suite === undefined) {
    throw tlsError(protocol("the runtime does not tell what was agreed on"));
  }
  const peerCertificates = presentedCertificates(
    socket,
    () => tls.TLSSocket.prototype.getPeerCertificate.call(socket, true),
  );
  if (peerCertificates === undefined) {
    throw tlsError(protocol("the peer's certificates are too many"));
  }
  const [leaf] = peerCertificates;
  return {
    version,
    suite,
    peerCertificates,
    unproven: leaf === undefined
      ? "the runtime cannot read it"
      : unprovenReason(leaf),
    read: (buffer) => encrypted.read(buffer),
    write: (bytes) => encrypted.write(bytes),
    closeWrite: () => encrypted.closeWrite(),
    close: () => encrypted.close(),
  };
}
