/** Whether the runtime's TLS may be used at all. Pure. */

/**
 * The first version of Deno whose node:tls lets nobody believe that a
 * handshake is over before the peer's signature in it was verified, and which
 * opens all kinds of keys.
 */
const LEAST = { major: 2, minor: 8 };

/**
 * Whether the TLS of this runtime verifies. A version that cannot be read, or
 * is none of a release, does not.
 *
 * @param version as `Deno.version.deno` has it: "2.9.6".
 */
export function runtimeVerifies(version: string): boolean {
  const match = /^(\d{1,6})\.(\d{1,6})\.\d{1,6}$/.exec(version);
  if (match === null) return false;
  const major = Number(match[1]);
  const minor = Number(match[2]);
  return major > LEAST.major || (major === LEAST.major && minor >= LEAST.minor);
}
