/** From a plain transport to one that is as safe as the operator asks for. */

import { appendCause } from "../../base/condition.ts";
import { type Deadline, ExpiredError } from "../../net/deadline.ts";
import type { Secure, SecureRequest, Transport } from "../../net/transport.ts";
import {
  type ClientCertificate,
  type Offer,
  type TlsChannel,
  type TlsEngine,
  TlsError,
} from "../engine.ts";
import type { TlsFailure } from "../failure.ts";
import { failureCondition, needsOpenssl } from "../failure-condition.ts";
import { type Ability, offersMore, partOf } from "../policy/policy.ts";
import type { TlsEvent } from "../session.ts";

/** An engine, and what it can do here. */
export interface EngineChoice {
  readonly engine: TlsEngine;
  readonly ability: Ability;
}

/** Why there is no engine: half a sentence. */
export interface MissingEngine {
  readonly reason: string;
}

export interface SecureSettings {
  readonly offer: Offer;
  readonly clientCertificate: ClientCertificate | undefined;
  /** For the SNI extension; undefined: none. */
  readonly serverName: string | undefined;
  readonly builtIn: EngineChoice;
  /** Asked only when the other one will not do. */
  readonly second: (
    deadline: Deadline,
  ) => Promise<EngineChoice | MissingEngine>;
  /**
   * Tells what the peer has shown.
   *
   * @throws {TlsError} for a connection that is not to be used.
   */
  readonly judge: (
    channel: TlsChannel,
    engine: TlsEngine,
    host: string,
  ) => Promise<void>;
  readonly observe: (event: TlsEvent) => void;
}

/**
 * Makes handshakes: with the built-in engine if it has anything of what is
 * offered; with the second one if the peer wants what only that has. Not one
 * byte of the upper layer is sent before the peer is judged.
 */
export function secureWith(settings: SecureSettings): Secure {
  return async (request) => {
    try {
      return await secureTransport(request, settings);
    } catch (error) {
      if (error instanceof TlsError) {
        settings.observe({ kind: "tls-failed", failure: error.failure });
      }
      throw error;
    }
  };
}

async function secureTransport(
  request: SecureRequest,
  settings: SecureSettings,
): Promise<Transport> {
  const { builtIn, offer, second, observe } = settings;
  const firstOffer = partOf(offer, builtIn.ability);
  let first: TlsError | undefined;
  if (firstOffer !== undefined) {
    try {
      return await attempt(
        request.transport,
        builtIn.engine,
        firstOffer,
        request,
        settings,
      );
    } catch (error) {
      if (!(error instanceof TlsError) || !mayPass(error.failure)) throw error;
      first = error;
    }
  }
  const choice = await found(second, request);
  if ("reason" in choice) {
    request.transport.close();
    throw withoutSecond(first, choice.reason, offer);
  }
  const secondOffer = worthwhile(choice, firstOffer, first, offer);
  if (secondOffer === undefined) {
    request.transport.close();
    throw first ?? unavailable(offer, { lacking: true });
  }
  let { transport } = request;
  if (first !== undefined) {
    const { name } = choice.engine;
    observe({ kind: "tls-retry", engine: name, reason: reasonOf(first) });
    transport = await request.reconnect();
  }
  try {
    const { engine } = choice;
    return await attempt(transport, engine, secondOffer, request, settings);
  } catch (error) {
    throw first?.failure.kind === "unproven" ? perhapsStolen(error) : error;
  }
}

/** Neither engine takes the peer's signature: what that may mean is added. */
function perhapsStolen(error: unknown): unknown {
  if (!(error instanceof TlsError)) return error;
  const { failure: found } = error;
  if (found.kind !== "protocol") return error;
  // A fault of the program itself says nothing of the peer.
  if (found.detail.startsWith("openssl s_client:")) return error;
  const detail = `${found.detail}; perhaps the peer does not have the ` +
    "key of its certificate";
  const failure = { kind: found.kind, detail };
  return new TlsError(failure, failureCondition(failure), { cause: error });
}

/** @throws {TlsError} when the bound comes first; the transport is closed. */
async function found(
  second: SecureSettings["second"],
  { deadline, transport }: SecureRequest,
): Promise<EngineChoice | MissingEngine> {
  try {
    return await second(deadline);
  } catch (error) {
    transport.close();
    if (!(error instanceof ExpiredError)) throw error;
    const failure = { kind: error.expiry } as const;
    throw new TlsError(failure, failureCondition(failure), { cause: error });
  }
}

/**
 * What the first engine cannot restrict, cannot prove or does not understand
 * was in the way: the same offer may do with another. So it may with a peer
 * whose key signs in a way that was not offered, which it tells at once.
 */
function isStrict(first: TlsError | undefined): boolean {
  const failure = first?.failure;
  switch (failure?.kind) {
    case "unproven":
    case "not-allowed":
    case "protocol":
      return true;
    case "alert":
      return failure.description === HANDSHAKE_FAILURE &&
        failure.first !== false;
    default:
      return false;
  }
}

/** Without the advice to install what is about to be used. */
function reasonOf({ failure, condition }: TlsError): string {
  return failure.kind === "unproven"
    ? `the peer's certificate needs another verifier, ${failure.detail}`
    : condition.cause?.text ?? condition.text;
}

/** What a second engine would offer; undefined: nothing that is of use. */
function worthwhile(
  { ability }: EngineChoice,
  firstOffer: Offer | undefined,
  first: TlsError | undefined,
  offer: Offer,
): Offer | undefined {
  const second = partOf(offer, ability);
  return second !== undefined &&
      (isStrict(first) || offersMore(second, firstOffer))
    ? second
    : undefined;
}

async function attempt(
  transport: Transport,
  engine: TlsEngine,
  offer: Offer,
  { deadline, host }: SecureRequest,
  { clientCertificate, serverName, judge }: SecureSettings,
): Promise<Transport> {
  const channel = await engine.handshake({
    transport,
    clientCertificate,
    serverName,
    offer,
    deadline,
  });
  try {
    await judge(channel, engine, host);
    return channel;
  } catch (error) {
    channel.close();
    throw error;
  }
}

/** Alerts of a peer that finds nothing to agree on (RFC 8446 section 6.2). */
const HANDSHAKE_FAILURE = 40;
const NOTHING_IN_COMMON = new Set([HANDSHAKE_FAILURE, 70, 71, 86]);

/** Whether another engine may succeed where this one has failed. */
function mayPass(failure: TlsFailure): boolean {
  switch (failure.kind) {
    case "alert":
      return !failure.after && NOTHING_IN_COMMON.has(failure.description);
    case "not-allowed":
    case "unproven":
    case "unavailable":
    case "protocol":
      return true;
    default:
      return false;
  }
}

/** The failure that stands when there is no second try. */
function withoutSecond(
  first: TlsError | undefined,
  reason: string,
  offer: Offer,
): TlsError {
  const { failure, condition } = first ?? unavailable(offer);
  const whole = appendCause(condition, needsOpenssl(reason));
  return new TlsError(failure, whole, { cause: first });
}

function unavailable(
  { versions, suites }: Offer,
  more: { readonly lacking?: true } = {},
): TlsError {
  const failure = {
    kind: "unavailable",
    wanted: `${suites.join(", ")} (${versions.join(", ")})`,
    ...more,
  } as const;
  return new TlsError(failure, failureCondition(failure));
}
