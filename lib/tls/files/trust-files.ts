/** The certificates that are trusted, and revocation lists: exactly these. */

import type { FileAccess } from "../../base/files.ts";
import { escapeControls } from "../../base/text.ts";
import { CRL_LIMIT } from "../../x509/crl.ts";
import { readCrls, readTrustFile, type TrustFile } from "../../x509/files.ts";
import type { Certificate, RevocationList } from "../../x509/types.ts";
import {
  CERTIFICATES_LIMIT,
  type FileFormat,
  readOrWhyNot,
} from "./certificate-file.ts";
import { note, type TlsNote } from "../note.ts";
import {
  crlFileUnusable,
  TlsSetupError,
  trustFileUnusable,
  trustFolderUnusable,
} from "../setup-error.ts";
import type { TlsSettings } from "../settings.ts";

export interface Trust {
  /** None of them twice. */
  readonly anchors: readonly Certificate[];
  readonly crls: readonly RevocationList[];
  readonly notes: readonly TlsNote[];
}

/** Of a folder. */
const MOST_FILES = 10_000;
/** In bytes, of all files of a folder. */
const FOLDER_LIMIT = 64 * 1024 * 1024;

/**
 * Reads what `+cf`, `+cd` and `+crl` name, in this order, as the reference
 * does. A certificate in a file of `+crl` is not trusted: it was not named as
 * such.
 *
 * @throws {TlsSetupError} for a file or folder that cannot be used
 */
export async function readTrust(
  settings: TlsSettings,
  files: FileAccess,
): Promise<Trust> {
  const { fileFormat } = settings;
  const anchors = new Map<string, Certificate>();
  const crls: RevocationList[] = [];
  const notes: TlsNote[] = [];
  const add = (file: string, read: Partial<TrustFile>): void => {
    for (const certificate of read.certificates ?? []) {
      anchors.set(certificate.fingerprint, certificate);
    }
    for (const list of read.crls ?? []) crls.push(list);
    notes.push(...skippedNotes(file, read.skipped ?? []));
  };
  for (const file of settings.certificateFiles) {
    const content = files.read(file, CERTIFICATES_LIMIT);
    const read = await readOrWhyNot(
      content,
      fileFormat,
      "certificate",
      readTrustFile,
    );
    if ("cause" in read) {
      throw new TlsSetupError(trustFileUnusable(file, read.cause));
    }
    add(file, read);
  }
  for (const folder of settings.certificateDirectories) {
    add(folder, await readFolder(folder, fileFormat, files, notes));
  }
  for (const file of settings.crlFiles) {
    const content = files.read(file, CRL_LIMIT);
    const read = await readOrWhyNot(
      content,
      fileFormat,
      "revocation list",
      readCrls,
    );
    if ("cause" in read) {
      throw new TlsSetupError(crlFileUnusable(file, read.cause));
    }
    add(file, read);
  }
  return { anchors: [...anchors.values()], crls, notes };
}

/**
 * Every file counts, whatever its name is. One that is something else, a key
 * or a note, is passed over; one that is damaged is warned of.
 */
async function readFolder(
  folder: string,
  format: FileFormat,
  files: FileAccess,
  notes: TlsNote[],
): Promise<Pick<TrustFile, "certificates" | "crls">> {
  const content = files.list(folder, MOST_FILES);
  if (content.kind !== "files") {
    throw new TlsSetupError(
      trustFolderUnusable(folder, UNLISTED[content.kind]),
    );
  }
  const certificates: Certificate[] = [];
  const crls: RevocationList[] = [];
  let hasSkipped = false;
  let left = FOLDER_LIMIT;
  for (const path of content.paths) {
    const found = files.read(path, Math.min(left, CERTIFICATES_LIMIT));
    if (found.kind === "content") left -= found.bytes.byteLength;
    const read = await readOrWhyNot(found, format, "certificate", readAny);
    if ("cause" in read) {
      const text = `ignoring file '${escapeControls(path)}': ${read.cause}`;
      notes.push(note(read.damaged ? "warn" : "debug", text));
      continue;
    }
    for (const certificate of read.certificates) certificates.push(certificate);
    for (const list of read.crls) crls.push(list);
    notes.push(...skippedNotes(path, read.skipped));
    hasSkipped ||= read.skipped.length > 0;
  }
  if (certificates.length + crls.length === 0 && !hasSkipped) {
    const form = format.toUpperCase();
    throw new TlsSetupError(
      trustFolderUnusable(
        folder,
        `no file in it has a certificate in ${form} form: name another`,
      ),
    );
  }
  return { certificates, crls };
}

/** Most warnings of one file. */
const MOST_NOTES = 10;

/** Without such a list the check of `+crv` fails, so nothing is let through. */
function skippedNotes(
  file: string,
  skipped: readonly string[],
): readonly TlsNote[] {
  const name = escapeControls(file);
  return skipped.slice(0, MOST_NOTES).map((why) =>
    note(
      "warn",
      `ignoring a revocation list of '${name}': ${escapeControls(why)}`,
    )
  );
}

/** In a folder, revocation lists have files of their own. */
async function readAny(
  bytes: Uint8Array,
  format: FileFormat,
): Promise<TrustFile> {
  try {
    return await readTrustFile(bytes, format);
  } catch (error) {
    try {
      return { certificates: [], ...await readCrls(bytes, format) };
    } catch {
      throw error;
    }
  }
}

const UNLISTED = {
  missing: "there is no such folder: check the path",
  "no-folder": "it is not a folder: name a file with +cf",
  unreadable: "the folder may not be read or has too many files: " +
    "check its permissions",
} as const;
