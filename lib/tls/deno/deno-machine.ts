/** The machine of {@linkcode TlsMachine} as Deno gives it. */

import { DENO_PROGRAMS } from "./deno-programs.ts";
import { writeOwnerOnly } from "./deno-seed-file.ts";
import { denoTerminal } from "./deno-terminal.ts";
import type { TlsMachine } from "./machine.ts";

/**
 * @param write shows text to the user; settles when it is written
 * @param signal aborts when the program is to end
 */
export function denoTlsMachine(
  write: (text: string) => Promise<void>,
  signal: AbortSignal,
): TlsMachine {
  return {
    runtime: Deno.version.deno,
    system: Deno.build.os,
    terminal: denoTerminal(write, signal),
    programs: DENO_PROGRAMS,
    writeOwnerOnly,
  };
}
