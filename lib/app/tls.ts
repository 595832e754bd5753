/** TLS as the command line asks for it, if the runtime can be trusted with it. */

import { formatCondition } from "../base/condition.ts";
import type { Host } from "../host.ts";
import { app, type Log } from "../log/log.ts";
import { EXIT_CODE } from "../report/exit-code.ts";
import type { TlsMachine } from "../tls/deno/machine.ts";
import { runtimeCondition } from "../tls/failure-condition.ts";
import { runtimeVerifies } from "../tls/policy/runtime.ts";
import type { TlsSettings } from "../tls/settings.ts";
import type { PreparedTls } from "./tls-setup.ts";

export type { PreparedTls } from "./tls-setup.ts";

/**
 * Looks at all that TLS needs before anything is sent. A runtime that does not
 * verify is refused before anything else is loaded: it may be too old for it.
 */
export async function prepareTls(
  settings: TlsSettings,
  log: Log,
  host: Host,
  signal: AbortSignal,
): Promise<PreparedTls> {
  const machine = await verifyingMachine(log, host, signal);
  if (machine === undefined) return { kind: "refused", exit: EXIT_CODE.failed };
  const { setUpTls } = await import("./tls-setup.ts");
  return await setUpTls(settings, log, host, machine);
}

/** Undefined: its runtime does not verify, which is said. */
export async function verifyingMachine(
  log: Log,
  host: Host,
  signal: AbortSignal,
): Promise<TlsMachine | undefined> {
  const machine = await host.tlsMachine(signal);
  if (runtimeVerifies(machine.runtime)) return machine;
  const condition = runtimeCondition(machine.runtime);
  log.write(app("fatal", formatCondition(condition)));
  return undefined;
}
