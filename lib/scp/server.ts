/** The built-in Verification SCP: listens, and serves associations. */

import { Deadlines, ExpiredError } from "../net/deadline.ts";
import { TcpTransport } from "../net/tcp.ts";
import { type Transport, TransportError } from "../net/transport.ts";
import { type AcceptorSettings, serveAssociation } from "./association.ts";
import type { ScpTls } from "./tls.ts";

/** Where to listen, and what to accept; all have defaults. */
export interface ScpOptions extends Partial<AcceptorSettings> {
  /** Default: 127.0.0.1. */
  readonly hostname?: string;
  /** Default: 0, any free port. */
  readonly port?: number;
  /** Default: plain DICOM. The handshake is bound by the ARTIM timeout. */
  readonly tls?: ScpTls;
}

/** A running SCP. */
export interface VerificationScp extends AsyncDisposable {
  readonly hostname: string;
  readonly port: number;
  /**
   * Stops listening, aborts what is open, waits until all is closed. Rejects
   * with the first error of an association that was not the client's doing.
   */
  close(): Promise<void>;
}

const DEFAULTS: AcceptorSettings = {
  calledAeTitle: undefined,
  maximumLength: 16384,
  artimTimeout: 10_000,
  idleTimeout: 60_000,
};

/** Before the next try when a connection could not be accepted, in ms. */
const ACCEPT_PAUSE = 50;

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/**
 * Starts a Verification SCP.
 *
 * @throws {Error} of the runtime when it cannot listen there.
 */
export function startVerificationScp(
  options: ScpOptions = {},
): VerificationScp {
  const settings: AcceptorSettings = { ...DEFAULTS, ...options };
  const listener = Deno.listen({
    hostname: options.hostname ?? "127.0.0.1",
    port: options.port ?? 0,
  });
  const stop = new AbortController();
  const open = new Set<Promise<void>>();
  let failure: unknown;

  /** Undefined: the client could not, or would not, do the handshake. */
  async function secured(transport: Transport): Promise<Transport | undefined> {
    if (options.tls === undefined) return transport;
    using deadlines = new Deadlines(stop.signal);
    using deadline = deadlines.start(settings.artimTimeout);
    try {
      const { acceptTls } = await import("./tls.ts");
      return await acceptTls(transport, options.tls, deadline);
    } catch (error) {
      if (error instanceof TransportError || error instanceof ExpiredError) {
        return undefined;
      }
      throw error;
    }
  }

  async function serve(connection: Deno.TcpConn): Promise<void> {
    try {
      const transport = await secured(new TcpTransport(connection));
      if (transport === undefined) return;
      await serveAssociation(transport, settings, stop.signal);
    } catch (error) {
      failure ??= error;
    }
  }

  async function accept(): Promise<void> {
    while (!stop.signal.aborted) {
      try {
        const served = serve(await listener.accept());
        open.add(served);
        served.finally(() => open.delete(served));
      } catch {
        // Out of descriptors, most likely: it passes.
        if (!stop.signal.aborted) await pause(ACCEPT_PAUSE);
      }
    }
  }

  const accepting = accept();
  async function finish(): Promise<void> {
    stop.abort();
    listener.close();
    await accepting;
    await Promise.all(open);
    if (failure !== undefined) throw failure;
  }
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => closing ??= finish();
  const { hostname, port } = listener.addr;
  return { hostname, port, close, [Symbol.asyncDispose]: close };
}
