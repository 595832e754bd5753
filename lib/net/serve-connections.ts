/** Accepting connections, a set number of them at a time. */

import { pause } from "./pause.ts";
import { Places } from "./places.ts";

/** Before the next try when a connection could not be accepted, in ms. */
const ACCEPT_PAUSE = 50;

/**
 * Serves each connection until the signal is raised; then whoever has raised it
 * closes the listener. Settles when all that were served have ended. Those
 * beyond the limit wait with the system for a place.
 *
 * @param serve must not reject, must close the connection, and must end when
 * the signal is raised.
 */
export async function serveConnections(
  listener: Deno.TcpListener,
  limit: number,
  serve: (connection: Deno.TcpConn) => Promise<void>,
  stop: AbortSignal,
): Promise<void> {
  const places = new Places(limit);
  const open = new Set<Promise<void>>();
  while (!stop.aborted) {
    const place = await places.wait();
    try {
      const served = serve(await listener.accept());
      open.add(served);
      served.finally(() => {
        open.delete(served);
        place[Symbol.dispose]();
      });
    } catch (error) {
      place[Symbol.dispose]();
      if (isClientGone(error)) continue;
      // Out of descriptors, most likely: it passes.
      await pause(ACCEPT_PAUSE, stop);
    }
  }
  await Promise.all(open);
}

/** One that has reset the connection before it was accepted holds up no other. */
function isClientGone(error: unknown): boolean {
  return error instanceof Deno.errors.NotConnected ||
    error instanceof Deno.errors.ConnectionAborted ||
    error instanceof Deno.errors.ConnectionReset;
}
