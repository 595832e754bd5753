/** All that TLS needs of files, looked at before anything is sent. */

import type { FileAccess } from "../../base/files.ts";
import { escapeControls } from "../../base/text.ts";
import type { Certificate, RevocationList } from "../../x509/types.ts";
import { loadClientCertificate } from "./client-certificate.ts";
import { readDhParameters } from "./dh-parameters.ts";
import type { ClientCertificate } from "../engine.ts";
import { note, type TlsNote } from "../note.ts";
import { passwordFrom, type PasswordTerminal } from "./password.ts";
import { seedNote } from "./seed.ts";
import { NO_ANCHOR, TlsSetupError, unreadCause } from "../setup-error.ts";
import type { TlsSettings } from "../settings.ts";
import { readTrust } from "./trust-files.ts";

export interface LoadedTls {
  readonly clientCertificate: ClientCertificate | undefined;
  /** That of `clientCertificate`, its own first; for what is to be shown. */
  readonly clientChain: readonly Certificate[];
  readonly anchors: readonly Certificate[];
  readonly crls: readonly RevocationList[];
  /** For the log, in order. */
  readonly notes: readonly TlsNote[];
}

/**
 * Loads in the order of the reference: seed, trusted certificates, revocation
 * lists, key and certificate, DH parameters. Each file is read once.
 *
 * @param purpose all but "offline" need somebody who is trusted, unless any
 * peer is accepted; this is said after faults of the files, but before the user
 * is asked for a password
 * @param now of the calendar
 * @throws {TlsSetupError}
 */
export async function loadTls(
  settings: TlsSettings,
  files: FileAccess,
  terminal: PasswordTerminal,
  now: Date,
  purpose: "connection" | "listening" | "offline" = "connection",
): Promise<LoadedTls> {
  const notes: TlsNote[] = [];
  if (settings.seed !== undefined) {
    notes.push(note("debug", seedNote(settings.seed, files)));
  }
  const trust = await readTrust(settings, files);
  notes.push(...trust.notes);
  const needAnchor = (): void => {
    if (
      purpose !== "offline" && trust.anchors.length === 0 &&
      settings.peerAuthentication !== "ignore"
    ) throw new TlsSetupError(NO_ANCHOR);
  };
  const client = await loadClientCertificate(
    settings,
    files,
    () => {
      needAnchor();
      return password(settings, terminal);
    },
    now,
    terminal.signal,
  );
  needAnchor();
  notes.push(...client?.notes ?? []);
  const listening = purpose === "listening";
  notes.push(...await dhNotes(settings.dhParameterFile, files, listening));
  return {
    clientCertificate: client?.use,
    clientChain: client?.chain ?? [],
    anchors: trust.anchors,
    crls: trust.crls,
    notes,
  };
}

async function password(
  { clientCertificate }: TlsSettings,
  terminal: PasswordTerminal,
): Promise<Uint8Array> {
  const { password = { from: "empty" }, keyFile = "" } = clientCertificate ??
    {};
  return await passwordFrom(password, keyFile, terminal);
}

/** In bytes. */
const DH_LIMIT = 1024 * 1024;
/** RFC 7525 section 4.4, RFC 9325 section 4.4. */
const LEAST_DH_BITS = 2048;

/** Warnings are the reference's; a cause stands below the first. */
async function dhNotes(
  file: string | undefined,
  files: FileAccess,
  listening: boolean,
): Promise<readonly TlsNote[]> {
  if (file === undefined) return [];
  const name = escapeControls(file);
  const content = files.read(file, DH_LIMIT);
  const read = content.kind === "content"
    ? await readDhParameters(content.bytes)
    : { kind: "invalid", cause: unreadCause(content.kind) } as const;
  if (read.kind === "invalid") {
    return [
      note(
        "warn",
        `unable to load temporary DH parameter file '${name}', ignoring\n` +
          read.cause,
      ),
    ];
  }
  const { bits } = read;
  const short = note(
    "warn",
    "Key length of Diffie-Hellman parameter file too short: RFC 7525 " +
      "recommends at least 2048 bits, but the key in file " +
      `'${name}' is only ${bits} bits.`,
  );
  return [
    ...(bits < LEAST_DH_BITS ? [short] : []),
    note(
      listening ? "warn" : "debug",
      `DH parameters of '${name}' (${bits} bits) are not used: ` +
        (listening
          ? "the runtime has no cipher suites with them, but with ECDHE"
          : "in TLS, they are the server's to choose"),
    ),
  ];
}
