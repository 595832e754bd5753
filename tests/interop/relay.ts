/** Stands between a caller and a peer and keeps what the peer says. */

export interface Relay extends AsyncDisposable {
  readonly port: number;
  /** What the peer has sent, one write a part, in order. */
  readonly answers: readonly Uint8Array[];
  /** Resolves when all connections made so far are over. */
  settled(): Promise<void>;
}

/** Listens on a free port of 127.0.0.1 and passes all on to `target`. */
export function startRelay(target: number): Relay {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const answers: Uint8Array[] = [];
  const running: Promise<void>[] = [];
  const accepting = (async (): Promise<void> => {
    for await (const caller of listener) {
      running.push(relay(caller, target, answers));
    }
  })();
  return {
    port: listener.addr.port,
    answers,
    async settled(): Promise<void> {
      await Promise.all(running);
    },
    async [Symbol.asyncDispose](): Promise<void> {
      listener.close();
      await accepting;
      await Promise.all(running);
    },
  };
}

async function relay(
  caller: Deno.TcpConn,
  target: number,
  answers: Uint8Array[],
): Promise<void> {
  using near = caller;
  using far = await Deno.connect({ hostname: "127.0.0.1", port: target });
  await Promise.all([
    pass(near, far, () => {}),
    pass(far, near, (bytes) => answers.push(bytes)),
  ]);
}

/** Passes on all that comes, the end included; one end gone ends it. */
async function pass(
  from: Deno.TcpConn,
  to: Deno.TcpConn,
  keep: (bytes: Uint8Array) => void,
): Promise<void> {
  try {
    const chunk = new Uint8Array(65_536);
    for (;;) {
      const length = await from.read(chunk);
      if (length === null) break;
      keep(chunk.slice(0, length));
      for (let at = 0; at < length;) {
        at += await to.write(chunk.subarray(at, length));
      }
    }
    await to.closeWrite();
  } catch {
    // A reset: the other direction notices the same.
  }
}
