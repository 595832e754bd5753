/** Sends back what it gets. Prints its port. */

const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
console.log(listener.addr.port);

async function serve(connection: Deno.TcpConn): Promise<void> {
  using _ = connection;
  connection.setNoDelay(true);
  const buffer = new Uint8Array(4096);
  for (;;) {
    const length = await connection.read(buffer);
    if (length === null) return;
    await connection.write(buffer.subarray(0, length));
  }
}

for await (const connection of listener) serve(connection).catch(() => {});
