/** What answers: DCMTK's storescp, and an echo server for bare round trips. */

/** A process that ends when it goes out of scope. */
export interface Peer extends AsyncDisposable {
  readonly port: string;
}

function freePort(): string {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return String(listener.addr.port);
}

async function untilListening(port: string): Promise<void> {
  for (;;) {
    try {
      using _ = await Deno.connect({
        hostname: "127.0.0.1",
        port: Number(port),
      });
      return;
    } catch (error) {
      if (!(error instanceof Deno.errors.ConnectionRefused)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

function untilDisposed(child: Deno.ChildProcess, port: string): Peer {
  return {
    port,
    async [Symbol.asyncDispose](): Promise<void> {
      child.kill();
      await child.status;
    },
  };
}

/** With Nagle's algorithm off, or it would be all that is measured. */
export async function startStorescp(): Promise<Peer> {
  const port = freePort();
  const child = new Deno.Command("/usr/bin/storescp", {
    args: ["--ignore", port],
    env: { TCP_NODELAY: "1" },
    stdout: "null",
    stderr: "null",
  }).spawn();
  await untilListening(port);
  return untilDisposed(child, port);
}

export async function startEchoServer(): Promise<Peer> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--allow-net",
      new URL("programs/echo-server.ts", import.meta.url).pathname,
    ],
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const reader = child.stdout.getReader();
  const { value } = await reader.read();
  reader.releaseLock();
  await child.stdout.cancel();
  return untilDisposed(child, new TextDecoder().decode(value).trim());
}
