/** The TLS of the listening end, as the command line asks for it. */

import { formatCondition } from "../base/condition.ts";
import { errorText, escapeControls } from "../base/text.ts";
import type { Host } from "../host.ts";
import { serverTls } from "../listen/tls.ts";
import { app, type Log, tls } from "../log/log.ts";
import { assertServable, type ScpTls } from "../scp/tls.ts";
import type { TlsMachine } from "../tls/deno/machine.ts";
import { writeSeed } from "../tls/files/seed.ts";
import type { TlsSettings } from "../tls/settings.ts";
import { EXIT_CODE } from "../report/exit-code.ts";
import { loadOrTell, policyOrTell } from "./load-tls.ts";
import { verifyingMachine } from "./tls.ts";

/** TLS ready to be served, or the exit code with everything said. */
export type ServerTls =
  | {
    readonly kind: "ready";
    readonly server: ScpTls;
    /** What is to be done after an association has been accepted, in the end. */
    readonly finish: () => void;
  }
  | { readonly kind: "refused"; readonly exit: number };

const FAILED = { kind: "refused", exit: EXIT_CODE.failed } as const;

export async function prepareServerTls(
  settings: TlsSettings,
  log: Log,
  signal: AbortSignal,
  host: Host,
): Promise<ServerTls> {
  const machine = await verifyingMachine(log, host, signal);
  if (machine === undefined) return FAILED;
  const loading = await loadOrTell(settings, log, host, machine, "listening");
  switch (loading.kind) {
    case "refused":
      return loading;
    case "interrupted":
      log.write(app("fatal", "Interrupted"));
      return { kind: "refused", exit: loading.exit };
  }
  const policy = policyOrTell(settings, log);
  if (policy === undefined) return FAILED;
  const made = serverTls({
    settings,
    loaded: loading.loaded,
    policy,
    now: () => new Date(),
    warn: (text) => log.write(tls("warn", text)),
  });
  if ("fault" in made) return refused(made.fault, log);
  const fault = await unservable(made.tls);
  if (fault !== undefined) return refused(fault, log);
  if (made.warning !== undefined) log.write(tls("warn", made.warning));
  const finish = (): void => renewSeed(settings, machine, log);
  return { kind: "ready", server: made.tls, finish };
}

function refused(fault: string, log: Log): ServerTls {
  log.write(app("fatal", fault));
  return FAILED;
}

/** Undefined: the runtime takes the key and the certificate. */
async function unservable(server: ScpTls): Promise<string | undefined> {
  try {
    await assertServable(server);
    return undefined;
  } catch (error) {
    const why = escapeControls(errorText(error));
    return `--listen cannot use this key or certificate: ${why}`;
  }
}

function renewSeed(
  { seed }: TlsSettings,
  { writeOwnerOnly }: TlsMachine,
  log: Log,
): void {
  const fault = writeSeed(seed, writeOwnerOnly);
  if (fault !== undefined) log.write(app("warn", formatCondition(fault)));
}
