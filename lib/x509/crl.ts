/** Revocation lists out of their DER (RFC 5280 section 5). */

import { checkAlgorithm, readSigned } from "./certificate.ts";
import { Der, readTime, Tag } from "./der.ts";
import {
  AUTHORITY_KEY_ID,
  readAuthorityKeyId,
  readExtensions,
} from "./extensions.ts";
import { readName } from "./name.ts";
import { checkEntries } from "./revoked.ts";
import { type RevocationList, X509Error } from "./types.ts";

/** Longest revocation list that is read, in bytes. */
export const CRL_LIMIT = 64 * 1024 * 1024;

const DELTA = "2.5.29.27";
const DISTRIBUTION_POINT = "2.5.29.28";
/**
 * @throws {X509Error} as unsupported if it is a delta, covers only a part, or
 * speaks for other issuers.
 */
export function parseCrl(der: Uint8Array): RevocationList {
  if (der.byteLength > CRL_LIMIT) {
    throw new X509Error(`longer than ${CRL_LIMIT} bytes`);
  }
  const { content, algorithm } = readSigned(der, "revocation list");
  const body = new Der(content).inside("revocation list");
  body.optional("version", Tag.integer);
  checkAlgorithm(body.next("algorithm", Tag.sequence).whole, algorithm);
  const issuer = readName(body.next("issuer", Tag.sequence).whole);
  const thisUpdate = readTime(body, "thisUpdate");
  let next = body.atEnd ? undefined : body.next("nextUpdate");
  let nextUpdate: Date | undefined;
  if (next?.tag === Tag.utcTime || next?.tag === Tag.generalizedTime) {
    nextUpdate = readTime(new Der(next.whole), "nextUpdate");
    next = body.atEnd ? undefined : body.next("revoked certificates");
  }
  let entries: Uint8Array = new Uint8Array();
  if (next?.tag === Tag.sequence) {
    entries = next.content;
    checkEntries(entries);
    next = body.atEnd ? undefined : body.next("extensions", 0xa0);
  }
  if (next !== undefined && next.tag !== 0xa0) {
    throw new X509Error("revocation list: something that does not belong");
  }
  body.end("revocation list");
  const extensions = next === undefined
    ? []
    : readExtensions(new Der(next.content));
  for (const { oid, critical } of extensions) {
    if (oid === DELTA) {
      throw new X509Error("a delta revocation list is not supported", true);
    }
    if (oid === DISTRIBUTION_POINT) {
      throw new X509Error(
        "a revocation list for one distribution point is not supported",
        true,
      );
    }
    if (critical && oid !== AUTHORITY_KEY_ID) {
      throw new X509Error(
        `extension ${oid} is critical and not supported`,
        true,
      );
    }
  }
  const keyId = extensions.find(({ oid }) => oid === AUTHORITY_KEY_ID);
  return {
    der,
    issuer,
    thisUpdate,
    nextUpdate,
    authorityKeyId: keyId === undefined
      ? undefined
      : readAuthorityKeyId(keyId.value),
    entries,
  };
}
