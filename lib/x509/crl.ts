/** Revocation lists out of their DER (RFC 5280 section 5). */

import { checkAlgorithm, readSigned } from "./certificate.ts";
import { Der, integerHex, readTime, Tag } from "./der.ts";
import {
  AUTHORITY_KEY_ID,
  readAuthorityKeyId,
  readExtensions,
} from "./extensions.ts";
import { readName } from "./name.ts";
import { type RevocationList, type Revoked, X509Error } from "./types.ts";

/** Longest revocation list that is read, in bytes. */
export const CRL_LIMIT = 64 * 1024 * 1024;

const DELTA = "2.5.29.27";
const DISTRIBUTION_POINT = "2.5.29.28";
const REASON = "2.5.29.21";

/** Section 5.3.1; 7 is not used. */
const REASONS: readonly (string | undefined)[] = [
  "unspecified",
  "keyCompromise",
  "cACompromise",
  "affiliationChanged",
  "superseded",
  "cessationOfOperation",
  "certificateHold",
  undefined,
  "removeFromCRL",
  "privilegeWithdrawn",
  "aACompromise",
];

function readEntry(entry: Der): readonly [string, Revoked] {
  const serial = integerHex(entry.next("serial number", Tag.integer).content);
  const since = readTime(entry, "revocation date");
  const extensions = entry.atEnd ? [] : readExtensions(entry);
  entry.end("revoked certificate");
  const unknown = extensions.find(({ oid, critical }) =>
    critical && oid !== REASON
  );
  if (unknown !== undefined) {
    throw new X509Error(
      `extension ${unknown.oid} of an entry is critical and not supported`,
    );
  }
  const reason = extensions.find(({ oid }) => oid === REASON);
  const number = reason === undefined
    ? undefined
    : new Der(reason.value).next("reason", Tag.enumerated).content[0];
  return [serial, {
    since,
    reason: number === undefined ? undefined : REASONS[number],
  }];
}

/** @throws {X509Error} also if it is a delta or covers only a part. */
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
  const revoked = new Map<string, Revoked>();
  if (next?.tag === Tag.sequence) {
    const entries = new Der(next.content);
    while (!entries.atEnd) {
      revoked.set(...readEntry(entries.inside("revoked certificate")));
    }
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
      throw new X509Error("a delta revocation list is not supported");
    }
    if (oid === DISTRIBUTION_POINT) {
      throw new X509Error(
        "a revocation list for one distribution point is not supported",
      );
    }
    if (critical && oid !== AUTHORITY_KEY_ID) {
      throw new X509Error(`extension ${oid} is critical and not supported`);
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
    revoked,
  };
}
