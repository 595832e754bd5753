/** The files that TLS needs, or every word on why they cannot be used. */

import { formatCondition } from "../base/condition.ts";
import type { Host } from "../host.ts";
import { app, type Log } from "../log/log.ts";
import { EXIT_CODE } from "../report/exit-code.ts";
import { tlsMessages } from "../report/tls.ts";
import { type LoadedTls, loadTls } from "../tls/files/load.ts";
import type { TlsMachine } from "../tls/deno/machine.ts";
import type { TlsSettings } from "../tls/settings.ts";
import { TlsSetupError } from "../tls/setup-error.ts";

export type Loading =
  | { readonly kind: "loaded"; readonly loaded: LoadedTls }
  | { readonly kind: "refused"; readonly exit: number }
  /** At a prompt: to be answered like the signal. */
  | { readonly kind: "interrupted" };

/** Loads them; notes and faults are written to the log. */
export async function loadOrTell(
  settings: TlsSettings,
  log: Log,
  { files }: Pick<Host, "files">,
  { terminal }: Pick<TlsMachine, "terminal">,
  purpose?: Parameters<typeof loadTls>[4],
): Promise<Loading> {
  const now = new Date();
  try {
    const loaded = await loadTls(settings, files, terminal, now, purpose);
    for (const note of loaded.notes) {
      for (const message of tlsMessages(note, now)) log.write(message);
    }
    return { kind: "loaded", loaded };
  } catch (error) {
    if (!(error instanceof TlsSetupError)) throw error;
    if (error.interrupted) return { kind: "interrupted" };
    log.write(app("fatal", formatCondition(error.condition)));
    return { kind: "refused", exit: EXIT_CODE.failed };
  }
}
