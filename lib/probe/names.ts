/** What UIDs stand for, for a person. Pure. */

import { printable } from "../base/text.ts";
import { syntaxName } from "./families.ts";
import { SERVICES } from "./services.ts";

const SERVICE_NAMES: ReadonlyMap<string, string> = new Map(
  SERVICES.map(({ uid, name }) => [uid, name]),
);

/** Longest text of a peer that is shown where a UID should be. */
const MOST_LENGTH = 64;

/** The name of a service or transfer syntax, or the UID; safe to print. */
export function nameOf(uid: string): string {
  return SERVICE_NAMES.get(uid) ?? syntaxName(uid) ??
    (printable(uid).slice(0, MOST_LENGTH) || "(none)");
}
