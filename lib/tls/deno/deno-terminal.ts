/** Standard input and the terminal as Deno gives them. */

import type { PasswordTerminal } from "../files/password.ts";

/**
 * @param write shows text; settles when it is written
 * @param signal aborts when the program is to end; the byte that is being
 * waited for then stays wanted, so nothing can be read afterwards
 */
export function denoTerminal(
  write: (text: string) => Promise<void>,
  signal: AbortSignal,
): PasswordTerminal {
  const buffer = new Uint8Array(1);
  return {
    isTerminal: () => Deno.stdin.isTerminal(),
    write,
    setRaw: (raw) => Deno.stdin.setRaw(raw),
    readByte: async () => {
      const count = await Deno.stdin.read(buffer);
      return count === null ? undefined : buffer[0];
    },
    signal,
  };
}
