/** What TLS needs of the machine, beside connections and files. */

import type { PasswordTerminal } from "../files/password.ts";
import type { Programs } from "../programs.ts";
import type { WriteOwnerOnly } from "../files/seed.ts";

/** Injected, so that TLS can be tested without a terminal or programs. */
export interface TlsMachine {
  /** Version of Deno, "2.9.6". */
  readonly runtime: string;
  readonly system: typeof Deno.build.os;
  readonly terminal: PasswordTerminal;
  readonly programs: Programs;
  readonly writeOwnerOnly: WriteOwnerOnly;
}
