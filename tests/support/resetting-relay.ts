/** Turns an orderly close of a listener's connections into a TCP reset. */

import { pairSockets, type SocketPairs } from "./socket-pairs.ts";

/**
 * Listens on a free port of 127.0.0.1 and passes all on to `target`; where that
 * closes, the caller gets RST. Deno's own sockets always send FIN first.
 */
export async function startResettingRelay(
  target: number,
): Promise<SocketPairs> {
  return await pairSockets(target, (near, far) => {
    near.pipe(far);
    far.on("data", (data) => near.write(data));
    far.on("end", () => near.resetAndDestroy());
    far.on("error", () => near.resetAndDestroy());
    near.on("close", () => far.destroy());
  });
}
