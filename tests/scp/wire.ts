/** Conversations of hostile clients with the SCP, and what came of them. */

import net from "node:net";
import { once } from "node:events";
import { type Destination, RawClient } from "./raw-client.ts";

const NAMES: Readonly<Record<number, string>> = {
  2: "AC",
  4: "DATA",
  6: "RELEASE-RP",
};

/** "AC DATA ABORT(2,6)", or "RJ(2,3,2)": what the numbers say is shown. */
export function answersOf(pdus: readonly Uint8Array[]): string {
  return pdus.map((pdu) => {
    if (pdu[0] === 3) return `RJ(${pdu.subarray(7, 10).join()})`;
    if (pdu[0] === 7) return `ABORT(${pdu.subarray(8, 10).join()})`;
    return NAMES[pdu[0] ?? 0] ?? `type ${pdu[0]}`;
  }).join(" ");
}

/** All that comes until the SCP closes, in order or by a reset. */
export async function answersTo(client: RawClient): Promise<string> {
  const pdus: Uint8Array[] = [];
  try {
    for (;;) {
      const pdu = await client.receive();
      if (pdu === undefined) break;
      pdus.push(pdu);
    }
  } catch (error) {
    if (!isGone(error)) throw error;
  }
  return answersOf(pdus);
}

/** Says all at once, then listens until the SCP closes. */
export async function converse(
  to: Destination,
  ...said: readonly Uint8Array[]
): Promise<string> {
  using client = await RawClient.connect(to);
  try {
    await client.send(...said);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
  return await answersTo(client);
}

/** Of a connection that the other side has closed. */
export function isGone(error: unknown): boolean {
  return error instanceof Deno.errors.ConnectionReset ||
    error instanceof Deno.errors.ConnectionAborted ||
    error instanceof Deno.errors.BrokenPipe ||
    // In TLS: closed without close_notify.
    error instanceof Deno.errors.UnexpectedEof;
}

/** Says something, then resets the connection. */
export async function sayAndReset(
  port: number,
  said: Uint8Array,
): Promise<void> {
  const socket = net.connect({ port, host: "127.0.0.1" });
  socket.on("error", () => {});
  await once(socket, "connect");
  if (said.byteLength > 0) {
    await new Promise<void>((resolve) => socket.write(said, () => resolve()));
  }
  const { promise, resolve } = Promise.withResolvers<void>();
  socket.on("close", () => resolve());
  socket.resetAndDestroy();
  await promise;
}

/** A copy in which the `width` bytes at `at` say `value`, big-endian. */
export function withNumber(
  original: Uint8Array,
  at: number,
  width: number,
  value: number,
): Uint8Array {
  const copy = original.slice();
  for (let i = 0; i < width; i++) {
    copy[at + i] = Math.floor(value / 256 ** (width - 1 - i)) & 0xff;
  }
  return copy;
}
