/** The TLS of the listening end, as the command line asks for it. */

import type { Host, InterruptSignal } from "../host.ts";
import { serverTls } from "../listen/tls.ts";
import { app, type Log } from "../log/log.ts";
import type { ScpTls } from "../scp/tls.ts";
import type { TlsSettings } from "../tls/settings.ts";
import { EXIT_CODE } from "../report/exit-code.ts";
import { loadOrTell } from "./load-tls.ts";
import { interruptedExit } from "./log.ts";
import { verifyingMachine } from "./tls.ts";

/** TLS ready to be served, or the exit code with everything said. */
export type ServerTls =
  | { readonly kind: "ready"; readonly server: ScpTls }
  | { readonly kind: "refused"; readonly exit: number };

export async function prepareServerTls(
  settings: TlsSettings,
  log: Log,
  signal: AbortSignal,
  host: Host,
): Promise<ServerTls> {
  // A key that is pressed at a prompt is no signal, but means this one.
  let stopped: InterruptSignal = "SIGINT";
  const forget = host.onInterrupt((which) => {
    stopped = which;
  });
  try {
    const machine = await verifyingMachine(log, host, signal);
    if (machine === undefined) {
      return { kind: "refused", exit: EXIT_CODE.failed };
    }
    const loading = await loadOrTell(settings, log, host, machine);
    switch (loading.kind) {
      case "refused":
        return loading;
      case "interrupted":
        log.write(app("fatal", "Interrupted"));
        return { kind: "refused", exit: interruptedExit(stopped) };
    }
    const server = serverTls(settings, loading.loaded, () => new Date());
    if (server !== undefined) return { kind: "ready", server };
    const text =
      "--listen with TLS needs a key and a certificate: +tls KEY CERT";
    log.write(app("fatal", text));
    return { kind: "refused", exit: EXIT_CODE.failed };
  } finally {
    forget();
  }
}
