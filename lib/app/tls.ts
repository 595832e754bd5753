/** TLS as the command line asks for it, if the runtime can be trusted with it. */

import type { Host } from "../host.ts";
import type { Log } from "../log/log.ts";
import type { TlsMachine } from "../tls/deno/machine.ts";
import { runtimeCondition } from "../tls/failure-condition.ts";
import { runtimeVerifies } from "../tls/policy/runtime.ts";
import type { TlsSettings } from "../tls/settings.ts";
import type { Failure } from "../verify/outcome.ts";
import type { SharedOpenssl } from "./shared-openssl.ts";
import { refuse, type Refused } from "./tls-refused.ts";
import type { PreparedTls } from "./tls-setup.ts";

export type { PreparedTls } from "./tls-setup.ts";

/** Why nothing was sent. */
export function setUpFailure(
  prepared: Exclude<PreparedTls, { kind: "ready" }>,
): Failure {
  return prepared.kind === "interrupted"
    ? { stage: "tls", cause: { kind: "interrupted" }, condition: undefined }
    : {
      stage: "tls",
      cause: { kind: "not-set-up" },
      condition: prepared.condition,
    };
}

/**
 * Looks at all that TLS needs before anything is sent. A runtime that does not
 * verify is refused before anything else is loaded: it may be too old for it.
 *
 * @param openssl undefined: nobody else looks for the program.
 */
export async function prepareTls(
  settings: TlsSettings,
  log: Log,
  host: Host,
  signal: AbortSignal,
  openssl?: SharedOpenssl,
): Promise<PreparedTls> {
  const machine = await host.tlsMachine(signal);
  const refused = unverified(machine, log);
  if (refused !== undefined) return refused;
  const { setUpTls } = await import("./tls-setup.ts");
  return await setUpTls(settings, log, host, machine, openssl);
}

/** Undefined: its runtime does not verify, which is said. */
export async function verifyingMachine(
  log: Log,
  host: Host,
  signal: AbortSignal,
): Promise<TlsMachine | undefined> {
  const machine = await host.tlsMachine(signal);
  return unverified(machine, log) === undefined ? machine : undefined;
}

function unverified(
  { runtime }: TlsMachine,
  log: Log,
): Refused | undefined {
  return runtimeVerifies(runtime)
    ? undefined
    : refuse(runtimeCondition(runtime), log);
}
