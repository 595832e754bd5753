/** Remarks for the log that setting TLS up comes to. */

import type { TlsEvent } from "./session.ts";

export type TlsNote = Extract<TlsEvent, { readonly kind: "tls-note" }>;

export function note(level: TlsNote["level"], text: string): TlsNote {
  return { kind: "tls-note", level, text };
}
