/** Turns an orderly close of a listener's connections into a TCP reset. */

import { once } from "node:events";
import net from "node:net";

/**
 * Listens on a free port of 127.0.0.1 and passes all on to `target`; where that
 * closes, the caller gets RST. Deno's own sockets always send FIN first.
 */
export async function startResettingRelay(
  target: number,
): Promise<AsyncDisposable & { readonly port: number }> {
  const sockets = new Set<net.Socket>();
  const closed: Promise<void>[] = [];
  const track = (socket: net.Socket): void => {
    sockets.add(socket);
    // Errors are what this is about: the other side sees them.
    socket.on("error", () => {});
    // Not `once`, which would reject for such an error.
    const { promise, resolve } = Promise.withResolvers<void>();
    closed.push(promise);
    socket.on("close", () => {
      sockets.delete(socket);
      resolve();
    });
  };
  const server = net.createServer({ noDelay: true }, (near) => {
    const far = net.connect(target, "127.0.0.1");
    track(near);
    track(far);
    near.pipe(far);
    far.on("data", (data) => near.write(data));
    far.on("end", () => near.resetAndDestroy());
    far.on("error", () => near.resetAndDestroy());
    near.on("close", () => far.destroy());
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
