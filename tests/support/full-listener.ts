/** A listener whose queue is full: connecting to it neither works nor fails. */

/** More connections than any queue of this kind takes. */
const MOST = 5000;
/** Loopback connects in microseconds, or waits for a second try. */
const STUCK_AFTER = 250;

/** Listens on a free port of 127.0.0.1, accepts nothing, fills its queue. */
export async function startFullListener(): Promise<
  AsyncDisposable & { readonly port: number }
> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  const queued: Deno.TcpConn[] = [];
  const close = (): Promise<void> => {
    for (const connection of queued) connection.close();
    listener.close();
    return Promise.resolve();
  };
  try {
    for (;;) {
      const connection = await tryToConnect(port);
      if (connection === undefined) break;
      queued.push(connection);
      if (queued.length > MOST) throw new Error("the queue never fills");
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { port, [Symbol.asyncDispose]: close };
}

/** Undefined when the connection is still not made after a while. */
async function tryToConnect(port: number): Promise<Deno.TcpConn | undefined> {
  const stuck = new AbortController();
  const timer = setTimeout(() => stuck.abort(), STUCK_AFTER);
  try {
    return await Deno.connect({
      hostname: "127.0.0.1",
      port,
      signal: stuck.signal,
    });
  } catch (error) {
    if (stuck.signal.aborted) return undefined;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
