/** What keeps TLS from being set up, told before anything is sent. */

import { type Condition, formatCondition } from "../base/condition.ts";
import type { FileContent } from "../base/files.ts";
import { escapeControls } from "../base/text.ts";
import { certificateCondition } from "./failure-condition.ts";

/** The one error of setting TLS up. Nothing secret is in it. */
export class TlsSetupError extends Error {
  override readonly name = "TlsSetupError";
  /**
   * @param interrupted The user has broken off at the prompt for a password:
   * the program is to end as by the signal.
   */
  constructor(readonly condition: Condition, readonly interrupted = false) {
    super(formatCondition(condition));
  }
}

/** Numbers of module 000b that the reference leaves free, for the causes. */
const CAUSE = {
  key: "000b:0f10",
  certificate: "000b:0f11",
  mismatch: "000b:0f12",
  seed: "000b:0f13",
  trust: "000b:0f14",
  crl: "000b:0f15",
} as const;

function because(
  code: string,
  text: string,
  kind: keyof typeof CAUSE,
  cause: string,
): Condition {
  return { code, text, cause: { code: CAUSE[kind], text: cause } };
}

/** `cause` is one line, harmless, and ends with what to do about it. */
export function privateKeyUnusable(file: string, cause: string): Condition {
  const name = escapeControls(file);
  const text = `Unable to load private TLS key from '${name}'`;
  return because("000b:0004", text, "key", cause);
}

/** The installed reference has 000b:0006 for this, which says it wrongly. */
export function certificateUnusable(file: string, cause: string): Condition {
  const name = escapeControls(file);
  const text = `Unable to load certificate from '${name}'`;
  return because("000b:0005", text, "certificate", cause);
}

export function keyDoesNotMatch(
  keyFile: string,
  certificateFile: string,
  cause: string,
): Condition {
  const text = `Private key '${escapeControls(keyFile)}' and certificate '${
    escapeControls(certificateFile)
  }' do not match`;
  return because("000b:0006", text, "mismatch", cause);
}

export function seedNotWritten(file: string, cause: string): Condition {
  const text = `Cannot write random seed '${escapeControls(file)}'`;
  return because("000b:0007", text, "seed", cause);
}

/** A file of `+cf`; the reference warns with these words and goes on. */
export function trustFileUnusable(file: string, cause: string): Condition {
  const text = `unable to load certificate file '${escapeControls(file)}'`;
  return because("000b:0008", text, "trust", cause);
}

/** A folder of `+cd`. */
export function trustFolderUnusable(folder: string, cause: string): Condition {
  const name = escapeControls(folder);
  const text = `unable to load certificates from directory '${name}'`;
  return because("000b:0008", text, "trust", cause);
}

/** A file of `+crl`. */
export function crlFileUnusable(file: string, cause: string): Condition {
  const text = `unable to load CRL file '${escapeControls(file)}'`;
  return because("000b:0008", text, "crl", cause);
}

/** Where the reference would connect and then trust nobody. */
export const NO_ANCHOR: Condition = certificateCondition(
  "no trusted certificate is given: name one with +cf or +cd, " +
    "or accept any peer with -ic",
);

/** Why a file could not be read, and what to look at. */
export function unreadCause(
  kind: Exclude<FileContent["kind"], "content">,
): string {
  switch (kind) {
    case "missing":
      return "there is no such file: check the path";
    case "folder":
      return "it is a folder, not a file: name a file in it";
    case "unreadable":
      return "the file may not be read or is too large: " +
        "check its permissions and size";
  }
}
