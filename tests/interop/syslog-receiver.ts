/**
 * A program that takes syslog messages and prints each as a line of JSON, until
 * its standard input ends. Run by syslog-receivers.ts: datagram sockets are
 * unstable in Deno, and its tests are not run with the switch for them.
 *
 * Arguments: `udp`, `tcp`, or `unixpacket` and a path.
 */

const LARGEST = 65_536;
/** Sent by the program to itself: all that came before it has been read. */
const END = "echoscu tests: end";

function print(what: unknown): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${JSON.stringify(what)}\n`));
}

/** One character a byte. */
function text(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}

async function untilInputEnds(): Promise<void> {
  for await (const _ of Deno.stdin.readable);
}

/** @param sender a socket that waits for nothing. */
async function datagrams(
  socket: Deno.DatagramConn,
  sender: Deno.DatagramConn,
): Promise<void> {
  const stopped = untilInputEnds().then(() =>
    sender.send(new TextEncoder().encode(END), socket.addr)
  );
  for (;;) {
    const [bytes] = await socket.receive(new Uint8Array(LARGEST));
    const message = text(bytes);
    if (message === END) break;
    print(message);
  }
  await stopped;
  socket.close();
  sender.close();
}

async function connections(listener: Deno.TcpListener): Promise<void> {
  let last = false;
  const stopped = untilInputEnds().then(async () => {
    const connection = await Deno.connect({
      hostname: "127.0.0.1",
      port: listener.addr.port,
    });
    last = true;
    connection.close();
  });
  // One after the other: they come in that order. Breaking off closes it.
  for await (const connection of listener) {
    const all: number[] = [];
    for await (const bytes of connection.readable) all.push(...bytes);
    if (all.length > 0) print(text(Uint8Array.from(all)));
    else if (last) break;
  }
  await stopped;
}

const [kind, path = ""] = Deno.args;
if (kind === "tcp") {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  print(listener.addr.port);
  await connections(listener);
} else if (kind === "udp") {
  const open = (): Deno.DatagramConn =>
    Deno.listenDatagram({ transport: "udp", hostname: "127.0.0.1", port: 0 });
  const socket = open();
  print(socket.addr.transport === "udp" ? socket.addr.port : 0);
  await datagrams(socket, open());
} else {
  const open = (path: string): Deno.DatagramConn =>
    Deno.listenDatagram({ transport: "unixpacket", path });
  const socket = open(path);
  const senderPath = `${path}.${crypto.randomUUID()}`;
  const sender = open(senderPath);
  print(0);
  await datagrams(socket, sender);
  Deno.removeSync(senderPath);
}
