/** The built-in Verification SCP: listens, and serves associations. */

import type { UpperLayerEvent } from "../association/service.ts";
import { Deadlines, ExpiredError } from "../net/deadline.ts";
import { Places } from "../net/places.ts";
import { serveConnections } from "../net/serve-connections.ts";
import { TcpTransport } from "../net/tcp.ts";
import { type Transport, TransportError } from "../net/transport.ts";
import {
  type AcceptorSettings,
  serveAssociation,
  type SharedLimits,
} from "./association.ts";
import { Intake } from "./intake.ts";
import type { AcceptedTls, ScpTls } from "./tls.ts";

/** Who wants to know what a client does on one connection. */
export interface ConnectionObserver {
  readonly secured: (session: AcceptedTls) => void | Promise<void>;
  /** There will be no association: no handshake, or a client not accepted. */
  readonly tlsFailed: (error: TransportError | ExpiredError) => void;
  readonly observe: (event: UpperLayerEvent) => void;
  /** Nothing more will come. */
  readonly ended: () => void;
}

/** Where to listen, and what to accept; all have defaults. */
export interface ScpOptions extends Partial<Omit<AcceptorSettings, "observe">> {
  /** Where this is false, a client is closed on, and nobody is told. */
  readonly admits?: (client: Deno.NetAddr) => boolean;
  /** Called for each connection that is taken. */
  readonly onConnection?: (client: Deno.NetAddr) => ConnectionObserver;
  /**
   * Told at once of an error on a connection that was not the client's doing.
   * Default: `close` rejects with the first.
   */
  readonly onError?: (error: unknown) => void;
  /** Default: 127.0.0.1. */
  readonly hostname?: string;
  /** Default: 0, any free port. */
  readonly port?: number;
  /** Default: plain DICOM. The handshake is bound by the ARTIM timeout. */
  readonly tls?: ScpTls;
  /**
   * Associations at a time; a request beyond is rejected for now, for the local
   * limit is exceeded. Default: 64.
   */
  readonly associationLimit?: number;
  /**
   * Connections at a time, those included that have not requested an
   * association yet or have ended theirs. Those beyond wait with the system,
   * unanswered, for a place; every connection in one has a deadline. Default:
   * 512, and no less than twice the limit of associations.
   */
  readonly connectionLimit?: number;
}

/** A running SCP. */
export interface VerificationScp extends AsyncDisposable {
  readonly hostname: string;
  readonly port: number;
  /**
   * Stops listening, aborts what is open, waits until all is closed. Without
   * `onError` it rejects with the first error that was not the client's doing.
   */
  close(): Promise<void>;
}

/** What holds where nothing else is said; times are in milliseconds. */
export const SCP_DEFAULTS: AcceptorSettings = {
  calledAeTitle: undefined,
  maximumLength: 16384,
  artimTimeout: 10_000,
  idleTimeout: 60_000,
};

const ASSOCIATION_LIMIT = 64;
const CONNECTION_LIMIT = 512;

/** Of the requests of all clients together, in bytes. */
const INTAKE_LIMIT = 32 * 1024 * 1024;

/** Undefined: on some systems a client that is gone shows here already. */
function asTransport(connection: Deno.TcpConn): Transport | undefined {
  try {
    return new TcpTransport(connection);
  } catch {
    connection.close();
    return undefined;
  }
}

/**
 * Starts a Verification SCP.
 *
 * @throws {Error} of the runtime when it cannot listen there.
 */
export function startVerificationScp(
  options: ScpOptions = {},
): VerificationScp {
  const settings: AcceptorSettings = { ...SCP_DEFAULTS, ...options };
  const listener = Deno.listen({
    hostname: options.hostname ?? "127.0.0.1",
    port: options.port ?? 0,
  });
  const { associationLimit = ASSOCIATION_LIMIT } = options;
  const {
    connectionLimit = Math.max(CONNECTION_LIMIT, 2 * associationLimit),
  } = options;
  const shared: SharedLimits = {
    associations: new Places(associationLimit),
    intake: new Intake(INTAKE_LIMIT),
  };
  const stop = new AbortController();
  let failure: unknown;

  /** Undefined: the client could not, or would not, do the handshake. */
  async function secured(
    transport: Transport,
    observer: ConnectionObserver | undefined,
  ): Promise<Transport | undefined> {
    if (options.tls === undefined) return transport;
    using deadlines = new Deadlines(stop.signal);
    using deadline = deadlines.start(settings.artimTimeout);
    try {
      const { acceptTls } = await import("./tls.ts");
      return await acceptTls(
        transport,
        options.tls,
        deadline,
        observer?.secured,
      );
    } catch (error) {
      if (error instanceof TransportError || error instanceof ExpiredError) {
        observer?.tlsFailed(error);
        return undefined;
      }
      throw error;
    }
  }

  async function serve(connection: Deno.TcpConn): Promise<void> {
    if (options.admits?.(connection.remoteAddr) === false) {
      return connection.close();
    }
    let observer: ConnectionObserver | undefined;
    const plain = asTransport(connection);
    try {
      observer = options.onConnection?.(connection.remoteAddr);
      const transport = plain && await secured(plain, observer);
      if (transport === undefined) return;
      await serveAssociation(
        transport,
        observer === undefined
          ? settings
          : { ...settings, observe: observer.observe },
        shared,
        stop.signal,
      );
    } catch (error) {
      plain?.close();
      failed(error);
    } finally {
      ended(observer);
    }
  }

  function ended(observer: ConnectionObserver | undefined): void {
    try {
      observer?.ended();
    } catch (error) {
      failed(error);
    }
  }

  function failed(error: unknown): void {
    if (options.onError === undefined) failure ??= error;
    else options.onError(error);
  }

  const accepting = serveConnections(
    listener,
    connectionLimit,
    serve,
    stop.signal,
  );
  async function finish(): Promise<void> {
    stop.abort();
    listener.close();
    await accepting;
    if (failure !== undefined) throw failure;
  }
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => closing ??= finish();
  const { hostname, port } = listener.addr;
  return { hostname, port, close, [Symbol.asyncDispose]: close };
}
