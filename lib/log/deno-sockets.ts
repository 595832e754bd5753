/** Sockets for log services, as Deno gives them. */

import { NAME } from "../base/product.ts";
import type { LogSocket } from "./machine.ts";

/** @throws {Error} if nobody is there. */
export async function openTcp(host: string, port: number): Promise<LogSocket> {
  const connection = await Deno.connect({ hostname: host, port });
  connection.unref();
  return socketOf({
    send: async (bytes) => {
      for (let written = 0; written < bytes.byteLength;) {
        written += await connection.write(bytes.subarray(written));
      }
    },
    close: () => connection.close(),
  });
}

/**
 * With IPv4 if the host has such an address.
 *
 * @throws {Error} for an unknown host.
 */
export async function openUdp(host: string, port: number): Promise<LogSocket> {
  // Deno's own datagrams are not there without a flag.
  const { createSocket } = await import("node:dgram");
  const { lookup } = await import("node:dns/promises");
  const { address, family } = await lookup(host, { family: 4 })
    .catch(() => lookup(host));
  const socket = createSocket(family === 6 ? "udp6" : "udp4");
  // Nobody there is no error: a later message may find someone.
  socket.on("error", () => {});
  socket.unref();
  return socketOf({
    send: (bytes) =>
      new Promise((resolve, reject) =>
        socket.send(
          bytes,
          port,
          address,
          (error) => error === null ? resolve() : reject(error),
        )
      ),
    close: () => socket.close(),
  });
}

let opened = 0;

/**
 * Needs an address of its own: a name without a file, or where there are none,
 * a file that is removed at once.
 *
 * @throws {Error} if there are no such sockets, or they may not be used.
 */
export function openUnixDatagram(path: string): Promise<LogSocket> {
  if (typeof Deno.listenDatagram !== "function") {
    return Promise.reject(new Error("Run again with the --unstable-net flag"));
  }
  opened++;
  const name = `${NAME}-${Deno.pid}-${opened}`;
  try {
    return Promise.resolve(datagrams(bind(`\0${name}`, `/tmp/${name}`), path));
  } catch (error) {
    return Promise.reject(error);
  }
}

function bind(name: string, file: string): Deno.DatagramConn {
  const transport = "unixpacket";
  try {
    return Deno.listenDatagram({ transport, path: name });
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) throw error;
    const socket = Deno.listenDatagram({ transport, path: file });
    Deno.removeSync(file);
    return socket;
  }
}

function datagrams(socket: Deno.DatagramConn, path: string): LogSocket {
  return socketOf({
    send: async (bytes) => {
      await socket.send(bytes, { transport: "unixpacket", path });
    },
    close: () => socket.close(),
  });
}

/** Closes once, and without an error. */
function socketOf(socket: LogSocket): LogSocket {
  let isOpen = true;
  return {
    send: (bytes) => socket.send(bytes),
    close: () => {
      if (!isOpen) return;
      isOpen = false;
      try {
        socket.close();
      } catch {
        // It is gone already.
      }
    },
  };
}
