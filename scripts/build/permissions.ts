/** What the program may do: the one list, also held against deno.json. */

import { OPENSSL_PATHS } from "../../lib/tls/openssl/openssl-program.ts";
import type { Target } from "./targets.ts";

/**
 * Everywhere: reach peers, read certificates, dictionaries and settings, write
 * log files, read variables that the log's settings name, name this machine.
 */
export const PERMISSIONS: readonly string[] = [
  "--allow-net",
  "--allow-read",
  "--allow-write",
  "--allow-env",
  "--allow-sys=hostname",
];

/**
 * OpenSSL's program by its paths, for the TLS that the runtime does not have:
 * for a name that is nowhere, Deno would complain at every start.
 */
const PROGRAMS = OPENSSL_PATHS.filter((path) => path.startsWith("/"));

/** The event log of Windows is reached through this library alone. */
const EVENT_LOG = "C:\\Windows\\System32\\advapi32.dll";

/** What a binary for `target` is compiled with. */
export function permissionsFor(target: Target): readonly string[] {
  if (target.os === "windows") {
    return [...PERMISSIONS, `--allow-ffi=${EVENT_LOG}`];
  }
  return [...PERMISSIONS, `--allow-run=${PROGRAMS.join(",")}`];
}
