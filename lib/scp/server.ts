/** The built-in Verification SCP: listens, and serves associations. */

import { TcpTransport } from "../net/tcp.ts";
import { type AcceptorSettings, serveAssociation } from "./association.ts";

/** Where to listen, and what to accept; all have defaults. */
export interface ScpOptions extends Partial<AcceptorSettings> {
  /** Default: 127.0.0.1. */
  readonly hostname?: string;
  /** Default: 0, any free port. */
  readonly port?: number;
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

  async function serve(connection: Deno.TcpConn): Promise<void> {
    try {
      const transport = new TcpTransport(connection);
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
