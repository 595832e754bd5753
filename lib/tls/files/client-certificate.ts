/** The private key and the certificate of `+tls`, found to belong together. */

import type { FileAccess, FileContent } from "../../base/files.ts";
import { toPem } from "../../base/pem.ts";
import { escapeControls } from "../../base/text.ts";
import { readCertificates } from "../../x509/files.ts";
import type { Certificate } from "../../x509/types.ts";
import {
  CERTIFICATES_LIMIT,
  type FileFormat,
  readOrWhyNot,
} from "./certificate-file.ts";
import type { ClientCertificate } from "../engine.ts";
import { note, type TlsNote } from "../note.ts";
import {
  type AskPassword,
  openPrivateKey,
  type PrivateKey,
} from "./private-key.ts";
import {
  certificateUnusable,
  keyDoesNotMatch,
  privateKeyUnusable,
  TlsSetupError,
  unreadCause,
} from "../setup-error.ts";
import type { TlsSettings } from "../settings.ts";

export interface LoadedClientCertificate {
  readonly use: ClientCertificate;
  /** The client's own first. */
  readonly chain: readonly Certificate[];
  readonly notes: readonly TlsNote[];
}

/** In bytes; the longest keys have some 13,000. */
const KEY_LIMIT = 1024 * 1024;

/**
 * Loads key, then certificate, then compares them, as the reference does. A
 * file is read once, also if it has both: it may be a pipe.
 *
 * @param askPassword called if the key is encrypted
 * @param signal the program is to end: a key that takes long is given up
 * @throws {TlsSetupError}
 */
export async function loadClientCertificate(
  settings: TlsSettings,
  files: FileAccess,
  askPassword: AskPassword,
  now: Date,
  signal?: AbortSignal,
): Promise<LoadedClientCertificate | undefined> {
  if (settings.clientCertificate === undefined) return undefined;
  const { keyFile, certificateFile } = settings.clientCertificate;
  const keyContent = files.read(keyFile, KEY_LIMIT);
  if (keyContent.kind !== "content") {
    const cause = unreadCause(keyContent.kind);
    throw new TlsSetupError(privateKeyUnusable(keyFile, cause));
  }
  const key = await openPrivateKey(
    keyFile,
    keyContent.bytes,
    settings.fileFormat,
    askPassword,
    signal,
  );
  const chain = await certificatesOf(
    certificateFile,
    certificateFile === keyFile
      ? keyContent
      : files.read(certificateFile, CERTIFICATES_LIMIT),
    settings.fileFormat,
  );
  const [own] = chain;
  await compare(key, chain, keyFile, certificateFile);
  refuseWeak(own, certificateFile, settings.profile);
  return {
    use: {
      keyPem: key.pem,
      chainPem: chain.map(({ der }) => toPem("CERTIFICATE", der)).join(""),
    },
    chain,
    notes: [...strengthNotes(own, certificateFile), ...dateNotes(own, now)],
  };
}

type Chain = readonly [Certificate, ...Certificate[]];

async function certificatesOf(
  file: string,
  content: FileContent,
  format: FileFormat,
): Promise<Chain> {
  const read = await readOrWhyNot(
    content,
    format,
    "certificate",
    readCertificates,
  );
  if ("cause" in read) {
    throw new TlsSetupError(certificateUnusable(file, read.cause));
  }
  const [own, ...others] = read;
  if (own === undefined) throw new Error("a file without a certificate");
  return [own, ...others];
}

async function compare(
  key: PrivateKey,
  chain: Chain,
  keyFile: string,
  certificateFile: string,
): Promise<void> {
  const [own] = chain;
  if (await belongTogether(key, own)) return;
  let cause = `the certificate is for another key (${own.subject.text}, ${
    escapeControls(own.publicKey.algorithm)
  }): name the key that it was made with`;
  for (const [at, other] of chain.entries()) {
    if (at > 0 && await belongTogether(key, other)) {
      cause = `certificate ${at + 1} of the file is the one for this key: ` +
        "put it first";
      break;
    }
  }
  throw new TlsSetupError(keyDoesNotMatch(keyFile, certificateFile, cause));
}

async function belongTogether(
  { object }: PrivateKey,
  { der }: Certificate,
): Promise<boolean> {
  const { X509Certificate } = await import("node:crypto");
  try {
    return new X509Certificate(der).checkPrivateKey(object);
  } catch {
    return false;
  }
}

const STRONG_HASHES: readonly string[] = ["SHA256", "SHA384", "SHA512"];

/** What the modified profile demands (PS3.15 section B.13). */
function refuseWeak(
  { publicKey: { algorithm, bits = Infinity }, signatureHash }: Certificate,
  file: string,
  profile: TlsSettings["profile"],
): void {
  if (profile !== "8996-mod") return;
  const least = algorithm === "RSA" ? 2048 : algorithm === "EC" ? 256 : 0;
  const weakness = bits < least
    ? `its ${algorithm} key has ${bits} bits and profile +pm wants ${least}`
    : signatureHash !== undefined && !STRONG_HASHES.includes(signatureHash)
    ? `it is signed with ${signatureHash} and profile +pm wants SHA256 or more`
    : undefined;
  if (weakness === undefined) return;
  const cause = `${weakness}: use a stronger certificate`;
  throw new TlsSetupError(certificateUnusable(file, cause));
}

/** In the words of the reference. */
function strengthNotes(
  { publicKey: { algorithm, bits = 2048 }, signatureHash = "SHA256" }:
    Certificate,
  file: string,
): TlsNote[] {
  if (algorithm !== "RSA") return [];
  const name = escapeControls(file);
  const notes: TlsNote[] = [];
  if (bits < 2048) {
    notes.push(note(
      "warn",
      "Key length of RSA public key too short: RFC 7525 recommends at least " +
        "2048 bits for RSA keys, but the key in certificate file " +
        `'${name}' is only ${bits} bits.`,
    ));
  }
  if (!STRONG_HASHES.includes(signatureHash)) {
    notes.push(note(
      "warn",
      "Certificate hash key not SHA-256: RFC 7525 recommends the use of " +
        "SHA-256 for RSA certificates, but certificate file " +
        `'${name}' uses 'RSA-${signatureHash}'.`,
    ));
  }
  return notes;
}

/** The peer is the one to judge, so this is no more than a hint. */
function dateNotes(
  { notBefore, notAfter }: Certificate,
  now: Date,
): TlsNote[] {
  return now > notAfter
    ? [note("info", `our certificate has expired on ${day(notAfter)}`)]
    : now < notBefore
    ? [note("info", `our certificate is not valid before ${day(notBefore)}`)]
    : [];
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
