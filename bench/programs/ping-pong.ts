/**
 * As many bytes as a C-ECHO-RQ has, there and back: round trips alone.
 *
 *     ping-pong.ts COUNT HOST PORT
 */

const [count = "1", hostname = "127.0.0.1", port = "7"] = Deno.args;
const connection = await Deno.connect({ hostname, port: Number(port) });
connection.setNoDelay(true);
const out = new Uint8Array(80);
const back = new Uint8Array(4096);
for (let i = 0; i < Number(count); i++) {
  await connection.write(out);
  await connection.read(back);
}
Deno.exit(0);
