/** Connecting to a name over one family of addresses; loaded on demand. */

import type { PeerAddress } from "./peer-address.ts";

/** Head start of an address before the next is tried (RFC 8305), in ms. */
const ATTEMPT_DELAY = 250;

/**
 * Looks the name up and connects to the first of its addresses that answers.
 *
 * Rejects with the look-up's failure, or that of the first address.
 */
export async function connectInFamily(
  { host, family }: Extract<PeerAddress, { kind: "name-in-family" }>,
  port: number,
  signal: AbortSignal,
): Promise<Deno.TcpConn> {
  return await connectToFirst(await lookUp(host, family), port, signal);
}

/**
 * All addresses of a name, best first; the runtime's own look-up knows DNS
 * only, not the hosts file, so this one is Node.js's.
 *
 * @param family 0: both.
 */
export async function lookUp(
  host: string,
  family: 0 | 4 | 6,
): Promise<readonly string[]> {
  // Not at the top: there a bundle of one file would load it for every run.
  const { lookup } = await import("node:dns/promises");
  const found = await lookup(host, { family, all: true });
  return found.map(({ address }) => address);
}

/**
 * Connects to the first of the addresses that answers, starting with the next
 * when one fails or takes long.
 *
 * Rejects with the failure of the first address.
 */
export async function connectToFirst(
  addresses: readonly string[],
  port: number,
  signal: AbortSignal,
): Promise<Deno.TcpConn> {
  signal.throwIfAborted();
  const [only] = addresses;
  if (only !== undefined && addresses.length === 1) {
    return await Deno.connect({ hostname: only, port, signal });
  }
  const others = new AbortController();
  const giveUp = AbortSignal.any([signal, others.signal]);
  const attempts: Promise<Deno.TcpConn>[] = [];
  let before: Promise<unknown> = Promise.resolve();
  for (const hostname of addresses) {
    const attempt = before.then(() => {
      giveUp.throwIfAborted();
      return Deno.connect({ hostname, port, signal: giveUp });
    });
    attempts.push(attempt);
    before = failedOrSlow(before, attempt, giveUp);
  }
  try {
    const first = await Promise.any(attempts);
    others.abort();
    for (const attempt of attempts) {
      attempt.then((one) => one === first || one.close(), () => {});
    }
    return first;
  } catch (error) {
    throw error instanceof AggregateError ? error.errors[0] : error;
  }
}

/** Settles when an attempt that begins after `before` no longer holds up. */
async function failedOrSlow(
  before: Promise<unknown>,
  attempt: Promise<unknown>,
  giveUp: AbortSignal,
): Promise<void> {
  await before;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ATTEMPT_DELAY);
  giveUp.addEventListener("abort", () => resolve());
  attempt.catch(() => resolve());
  await promise;
  clearTimeout(timer);
}
