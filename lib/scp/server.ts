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
  /** Stops listening, aborts what is open, waits until all is closed. */
  close(): Promise<void>;
}

const DEFAULTS: AcceptorSettings = {
  calledAeTitle: undefined,
  maximumLength: 16384,
  artimTimeout: 10_000,
  idleTimeout: 60_000,
};

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

  async function accept(): Promise<void> {
    for await (const connection of listener) {
      const transport = new TcpTransport(connection);
      const served = serveAssociation(transport, settings, stop.signal);
      open.add(served);
      served.finally(() => open.delete(served)).catch(() => {});
    }
  }

  const accepting = accept();
  async function close(): Promise<void> {
    if (stop.signal.aborted) return;
    stop.abort();
    listener.close();
    await accepting;
    await Promise.all(open);
  }
  const { hostname, port } = listener.addr;
  return { hostname, port, close, [Symbol.asyncDispose]: close };
}
