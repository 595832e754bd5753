/** Files of certificates and revocation lists, PEM (RFC 7468) or DER. */

import { decodeLatin1 } from "../base/text.ts";
import { CERTIFICATE_LIMIT, parseCertificate } from "./certificate.ts";
import { CRL_LIMIT, parseCrl } from "./crl.ts";
import { Der, oidText, Tag } from "./der.ts";
import { type Certificate, type RevocationList, X509Error } from "./types.ts";

/** What a file of trust holds, in its order. */
export interface TrustFile {
  readonly certificates: readonly Certificate[];
  readonly crls: readonly RevocationList[];
}

interface Block {
  readonly label: string;
  /** Of its BEGIN line, from 1. */
  readonly line: number;
  readonly bytes: Uint8Array;
}

/** Most certificates of one file that are read. */
const MOST_BLOCKS = 10_000;

const TRUSTED = "TRUSTED CERTIFICATE";
const CERTIFICATES = ["CERTIFICATE", "X509 CERTIFICATE", TRUSTED];
const LISTS = ["X509 CRL"];

const SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
const ANY_PURPOSE = "2.5.29.37.0";

/** The blocks of those labels; all other text is passed over. */
function blocksOf(text: string, labels: readonly string[]): readonly Block[] {
  const blocks: Block[] = [];
  let open: { label: string; line: number; base64: string } | undefined;
  for (const [index, raw] of text.split(/\r\n|\n|\r/).entries()) {
    const line = raw.trimEnd();
    const begin = /^-----BEGIN ([^-]+)-----$/.exec(line)?.[1];
    if (begin !== undefined) {
      if (open !== undefined) throw notEnded(open);
      open = labels.includes(begin)
        ? { label: begin, line: index + 1, base64: "" }
        : undefined;
    } else if (open !== undefined && line === `-----END ${open.label}-----`) {
      if (blocks.length === MOST_BLOCKS) {
        throw new X509Error(`more than ${MOST_BLOCKS} certificates`);
      }
      blocks.push({ ...open, bytes: decodeBlock(open) });
      open = undefined;
    } else if (open !== undefined) open.base64 += line;
  }
  if (open !== undefined) throw notEnded(open);
  return blocks;
}

function atLine(
  { label, line }: Omit<Block, "bytes">,
  what: string,
): X509Error {
  return new X509Error(`${label} at line ${line}: ${what}`);
}

function notEnded(block: Omit<Block, "bytes">): X509Error {
  return atLine(block, "its END line is missing");
}

function decodeBlock(
  block: Omit<Block, "bytes"> & { base64: string },
): Uint8Array {
  try {
    return Uint8Array.fromBase64(block.base64);
  } catch {
    throw atLine(block, "not base64");
  }
}

/**
 * The certificate of a TRUSTED CERTIFICATE block, without OpenSSL's trust
 * settings behind it, which must not speak against TLS servers.
 */
function withoutTrust(bytes: Uint8Array): Uint8Array {
  const der = new Der(bytes);
  const certificate = der.next("certificate", Tag.sequence).whole;
  if (der.atEnd) return certificate;
  const settings = der.inside("trust settings");
  der.end("trust settings");
  const trusted = settings.optional("trusted uses", Tag.sequence);
  const rejected = settings.optional("rejected uses", 0xa0);
  if (
    trusted !== undefined && !namesServers(trusted.content) ||
    rejected !== undefined && namesServers(rejected.content)
  ) throw new X509Error("its trust settings are against TLS servers");
  return certificate;
}

function namesServers(content: Uint8Array): boolean {
  const der = new Der(content);
  let found = false;
  while (!der.atEnd) {
    const oid = oidText(der.next("use", Tag.oid).content);
    found ||= oid === SERVER_AUTH || oid === ANY_PURPOSE;
  }
  return found;
}

/** Runs `read`; what is wrong is said with the line of the block. */
async function reading<T>(
  block: Block,
  read: () => T | Promise<T>,
): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof X509Error) throw atLine(block, error.message);
    throw error;
  }
}

async function readPem(
  bytes: Uint8Array,
  labels: readonly string[],
): Promise<TrustFile> {
  const certificates: Certificate[] = [];
  const crls: RevocationList[] = [];
  for (const block of blocksOf(decodeLatin1(bytes), labels)) {
    if (LISTS.includes(block.label)) {
      crls.push(await reading(block, () => parseCrl(block.bytes)));
    } else {
      certificates.push(
        await reading(block, () =>
          parseCertificate(
            block.label === TRUSTED ? withoutTrust(block.bytes) : block.bytes,
          )),
      );
    }
  }
  return { certificates, crls };
}

function bounded(bytes: Uint8Array, limit: number): Uint8Array {
  if (bytes.byteLength > limit) {
    throw new X509Error(`longer than ${limit} bytes`);
  }
  return bytes;
}

/**
 * Certificates to trust, and the revocation lists that a PEM file has with
 * them. At least one certificate.
 *
 * @throws {X509Error} if there is none, or one that cannot be read.
 */
export async function readTrustFile(
  bytes: Uint8Array,
  format: "pem" | "der",
): Promise<TrustFile> {
  if (format === "der") {
    return {
      certificates: [
        await parseCertificate(bounded(bytes, CERTIFICATE_LIMIT)),
      ],
      crls: [],
    };
  }
  const found = await readPem(bounded(bytes, CRL_LIMIT), [
    ...CERTIFICATES,
    ...LISTS,
  ]);
  if (found.certificates.length === 0) {
    throw new X509Error("there is no certificate in it");
  }
  return found;
}

/**
 * The certificates of a file, at least one; anything else in it is left alone.
 *
 * @throws {X509Error} if there is none, or one that cannot be read.
 */
export async function readCertificates(
  bytes: Uint8Array,
  format: "pem" | "der",
): Promise<readonly Certificate[]> {
  if (format === "der") return (await readTrustFile(bytes, "der")).certificates;
  const { certificates } = await readPem(
    bounded(bytes, CRL_LIMIT),
    CERTIFICATES,
  );
  if (certificates.length === 0) {
    throw new X509Error("there is no certificate in it");
  }
  return certificates;
}

/**
 * The revocation lists of a file, at least one.
 *
 * @throws {X509Error} if there is none, or one that cannot be read.
 */
export async function readCrls(
  bytes: Uint8Array,
  format: "pem" | "der",
): Promise<readonly RevocationList[]> {
  if (format === "der") return [parseCrl(bytes)];
  const { crls } = await readPem(bounded(bytes, CRL_LIMIT), LISTS);
  if (crls.length === 0) {
    throw new X509Error("there is no revocation list in it");
  }
  return crls;
}
