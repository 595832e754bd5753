/** Something between two ends: each connection to it has one to the target. */

import { once } from "node:events";
import net from "node:net";

export interface SocketPairs extends AsyncDisposable {
  readonly port: number;
}

/**
 * Listens on a free port of 127.0.0.1 and connects to `target` for each caller.
 * What passes between the two is all for `pair` to do; their errors are kept
 * away from everybody.
 *
 * @param near the caller's socket; neither ends because the other way does.
 */
export async function pairSockets(
  target: number,
  pair: (near: net.Socket, far: net.Socket) => void,
): Promise<SocketPairs> {
  const sockets = new Set<net.Socket>();
  const closed: Promise<void>[] = [];
  const track = (socket: net.Socket): void => {
    sockets.add(socket);
    // Errors are what this is about: each end sees its own.
    socket.on("error", () => {});
    // Not `once`, which would reject for such an error.
    const { promise, resolve } = Promise.withResolvers<void>();
    closed.push(promise);
    socket.on("close", () => {
      sockets.delete(socket);
      resolve();
    });
  };
  const options = { noDelay: true, allowHalfOpen: true } as const;
  const server = net.createServer(options, (near) => {
    const far = net.connect({ port: target, host: "127.0.0.1", ...options });
    track(near);
    track(far);
    pair(near, far);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") {
    throw new Error("not a TCP address");
  }
  return {
    port: address.port,
    async [Symbol.asyncDispose](): Promise<void> {
      const over = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await Promise.all([over, ...closed]);
    },
  };
}
