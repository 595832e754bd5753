/** Files of certificates and revocation lists, PEM (RFC 7468) or DER. */

import { eachPemBlock, type PemBlock } from "../base/pem.ts";
import { CERTIFICATE_LIMIT, parseCertificate } from "./certificate.ts";
import { CRL_LIMIT, parseCrl } from "./crl.ts";
import { Der, oidText, Tag } from "./der.ts";
import { type Certificate, type RevocationList, X509Error } from "./types.ts";

/** What a file of trust holds, in its order. */
export interface TrustFile {
  readonly certificates: readonly Certificate[];
  readonly crls: readonly RevocationList[];
  /**
   * Why revocation lists are left out, each with its line: nothing is wrong
   * with them, but they are of a kind that is not supported.
   */
  readonly skipped: readonly string[];
}

/** Most certificates of one file that are read. */
const MOST_BLOCKS = 10_000;

const TRUSTED = "TRUSTED CERTIFICATE";
const CERTIFICATES = ["CERTIFICATE", "X509 CERTIFICATE", TRUSTED];
const LISTS = ["X509 CRL"];

const SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
const ANY_PURPOSE = "2.5.29.37.0";

function atLine(
  { label, line }: Pick<PemBlock, "label" | "line">,
  { message, isUnsupported }: X509Error,
): X509Error {
  return new X509Error(`${label} at line ${line}: ${message}`, isUnsupported);
}

/** @throws {X509Error} without the line. */
function bytesOf({ isEnded, bytes }: PemBlock): Uint8Array {
  if (!isEnded) throw new X509Error("its END line is missing");
  if (bytes === undefined) throw new X509Error("not base64");
  return bytes;
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
  block: PemBlock,
  read: (bytes: Uint8Array) => T | Promise<T>,
): Promise<T> {
  try {
    return await read(bytesOf(block));
  } catch (error) {
    if (error instanceof X509Error) throw atLine(block, error);
    throw error;
  }
}

/** Undefined: it is not supported, which `skipped` now says. */
async function listOr(
  skipped: string[],
  read: () => RevocationList | Promise<RevocationList>,
): Promise<RevocationList | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof X509Error && error.isUnsupported)) throw error;
    skipped.push(error.message);
    return undefined;
  }
}

async function readPem(
  bytes: Uint8Array,
  labels: readonly string[],
): Promise<TrustFile> {
  const certificates: Certificate[] = [];
  const crls: RevocationList[] = [];
  const skipped: string[] = [];
  for (const block of eachPemBlock(bounded(bytes, CRL_LIMIT), labels)) {
    if (certificates.length + crls.length + skipped.length === MOST_BLOCKS) {
      throw new X509Error(`more than ${MOST_BLOCKS} certificates`);
    }
    if (LISTS.includes(block.label)) {
      const list = await listOr(skipped, () => reading(block, parseCrl));
      if (list !== undefined) crls.push(list);
    } else {
      certificates.push(
        await reading(block, (bytes) =>
          parseCertificate(
            block.label === TRUSTED ? withoutTrust(bytes) : bytes,
          )),
      );
    }
  }
  return { certificates, crls, skipped };
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
      skipped: [],
    };
  }
  const found = await readPem(bytes, [...CERTIFICATES, ...LISTS]);
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
  const { certificates } = await readPem(bytes, CERTIFICATES);
  if (certificates.length === 0) {
    throw new X509Error("there is no certificate in it");
  }
  return certificates;
}

/**
 * The revocation lists of a file, at least one, if only one that is skipped;
 * certificates are left alone.
 *
 * @throws {X509Error} if there is none, or one that cannot be read.
 */
export async function readCrls(
  bytes: Uint8Array,
  format: "pem" | "der",
): Promise<Pick<TrustFile, "crls" | "skipped">> {
  if (format === "der") {
    const skipped: string[] = [];
    const list = await listOr(skipped, () => parseCrl(bytes));
    return { crls: list === undefined ? [] : [list], skipped };
  }
  const { crls, skipped } = await readPem(bytes, LISTS);
  if (crls.length + skipped.length === 0) {
    throw new X509Error("there is no revocation list in it");
  }
  return { crls, skipped };
}
