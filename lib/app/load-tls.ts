/** The files that TLS needs, or every word on why they cannot be used. */

import type { Host, InterruptSignal } from "../host.ts";
import { type Log, tls } from "../log/log.ts";
import { tlsMessages } from "../report/tls.ts";
import { type LoadedTls, loadTls } from "../tls/files/load.ts";
import type { TlsMachine } from "../tls/deno/machine.ts";
import { type TlsPolicy, tlsPolicy } from "../tls/policy/policy.ts";
import type { TlsSettings } from "../tls/settings.ts";
import { TlsSetupError } from "../tls/setup-error.ts";
import { interruptedExit } from "./interrupt.ts";
import { refuse, type Refused } from "./tls-refused.ts";

export type Loading =
  | { readonly kind: "loaded"; readonly loaded: LoadedTls }
  | Refused
  /** At a prompt: to be answered like the signal, with its exit code. */
  | { readonly kind: "interrupted"; readonly exit: number };

/** Loads them; notes and faults are written to the log. */
export async function loadOrTell(
  settings: TlsSettings,
  log: Log,
  { files, onInterrupt }: Pick<Host, "files" | "onInterrupt">,
  { terminal }: Pick<TlsMachine, "terminal">,
  purpose?: Parameters<typeof loadTls>[4],
): Promise<Loading> {
  const now = new Date();
  // A key that is pressed at a prompt is no signal, but means this one.
  let stopped: InterruptSignal = "SIGINT";
  const forget = onInterrupt((which) => {
    stopped = which;
  });
  try {
    const loaded = await loadTls(settings, files, terminal, now, purpose);
    for (const note of loaded.notes) {
      for (const message of tlsMessages(note, now)) log.write(message);
    }
    return { kind: "loaded", loaded };
  } catch (error) {
    if (!(error instanceof TlsSetupError)) throw error;
    if (error.interrupted) {
      return { kind: "interrupted", exit: interruptedExit(stopped) };
    }
    return refuse(error.condition, log);
  } finally {
    forget();
  }
}

/** Profile and suites; undefined: they do not go together, which is said. */
export function policyOrTell(
  settings: TlsSettings,
  log: Log,
): TlsPolicy | undefined {
  const policy = policyOrRefused(settings, log);
  return "kind" in policy ? undefined : policy;
}

/** The same with the reason. */
export function policyOrRefused(
  settings: TlsSettings,
  log: Log,
): TlsPolicy | Refused {
  const found = tlsPolicy(settings);
  if ("fault" in found) {
    const { line, condition } = found.fault;
    if (line !== undefined) log.write(tls("fatal", line));
    return refuse(condition, log);
  }
  for (const text of found.policy.warnings) log.write(tls("warn", text));
  return found.policy;
}
