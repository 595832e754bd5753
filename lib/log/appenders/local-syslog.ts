/** The syslog service of this machine. */

import type { LogMachine, LogSocket } from "../machine.ts";

/**
 * Where it listens, the usual place first. The last one is where the first one
 * leads with systemd; the runtime may allow only that one.
 */
const PATHS = [
  "/dev/log",
  "/var/run/syslog",
  "/run/systemd/journal/dev-log",
] as const;

/**
 * Opens each place that may be the right one when there is something to send,
 * and keeps to the one that took it.
 */
export function openLocalSyslog(machine: LogMachine): Promise<LogSocket> {
  let found: LogSocket | undefined;
  return Promise.resolve({
    send: async (bytes) => {
      if (found !== undefined) return await found.send(bytes);
      found = await firstThatTakes(bytes, machine);
    },
    close: () => found?.close(),
  });
}

/** @throws {Error} what is wrong with the usual place. */
async function firstThatTakes(
  bytes: Uint8Array,
  machine: LogMachine,
): Promise<LogSocket> {
  const errors: unknown[] = [];
  for (const path of PATHS) {
    let socket: LogSocket | undefined;
    try {
      socket = await machine.openUnixDatagram(path);
      await socket.send(bytes);
      return socket;
    } catch (error) {
      socket?.close();
      errors.push(error);
    }
  }
  throw errors[0];
}
