/** One certificate out of its DER (RFC 5280 section 4.1). */

import { readKey, readSignatureAlgorithm } from "./algorithms.ts";
import { Der, integerHex, readTime, Tag, wholeBits } from "./der.ts";
import { extensionFacts, readExtensions } from "./extensions.ts";
import { commonNameOf, readName, sameBytes } from "./name.ts";
import { type Certificate, X509Error } from "./types.ts";

/** Longest certificate that is read, in bytes. */
export const CERTIFICATE_LIMIT = 64 * 1024;

/** What is signed in a certificate or revocation list, and how. */
export interface Signed {
  readonly content: Uint8Array;
  /** The encoded AlgorithmIdentifier. */
  readonly algorithm: Uint8Array;
  readonly signature: Uint8Array;
}

/** The outer SEQUENCE that certificates and lists have in common. */
export function readSigned(der: Uint8Array, what: string): Signed {
  const outer = new Der(der);
  const parts = outer.inside(what);
  outer.end(what);
  const content = parts.next(what, Tag.sequence).whole;
  const algorithm = parts.next("signature algorithm", Tag.sequence).whole;
  const signature = wholeBits(
    parts.next("signature", Tag.bitString).content,
    "signature",
  );
  parts.end(what);
  return { content, algorithm, signature };
}

/** Inner and outer must name the same algorithm (section 4.1.1.2). */
export function checkAlgorithm(inner: Uint8Array, outer: Uint8Array): void {
  if (!sameBytes(inner, outer)) {
    throw new X509Error("two different signature algorithms are named");
  }
}

/** The SubjectPublicKeyInfo of a certificate that has been read. */
export function publicKeyOf(certificate: Certificate): Uint8Array {
  const body = new Der(readSigned(certificate.der, "certificate").content)
    .inside("certificate");
  body.optional("version", 0xa0);
  for (const field of ["serial", "algorithm", "issuer", "dates", "subject"]) {
    body.next(field);
  }
  return body.next("public key", Tag.sequence).whole;
}

async function fingerprintOf(der: Uint8Array): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new Uint8Array(der));
  return (new Uint8Array(hash).toHex().toUpperCase().match(/../g) ?? [])
    .join(":");
}

function readVersion(body: Der): Certificate["version"] {
  const field = body.optional("version", 0xa0);
  if (field === undefined) return 1;
  const { content } = new Der(field.content).next("version", Tag.integer);
  switch (content.toHex()) {
    case "00":
      return 1;
    case "01":
      return 2;
    case "02":
      return 3;
    default:
      throw new X509Error("a version that does not exist");
  }
}

/** @throws {X509Error} */
export async function parseCertificate(der: Uint8Array): Promise<Certificate> {
  if (der.byteLength > CERTIFICATE_LIMIT) {
    throw new X509Error(`longer than ${CERTIFICATE_LIMIT} bytes`);
  }
  const { content, algorithm } = readSigned(der, "certificate");
  const body = new Der(content).inside("certificate");
  const version = readVersion(body);
  const serialNumber = integerHex(
    body.next("serial number", Tag.integer).content,
  );
  checkAlgorithm(body.next("algorithm", Tag.sequence).whole, algorithm);
  const issuer = readName(body.next("issuer", Tag.sequence).whole);
  const validity = body.inside("validity");
  const notBefore = readTime(validity, "notBefore");
  const notAfter = readTime(validity, "notAfter");
  const subject = readName(body.next("subject", Tag.sequence).whole);
  const publicKey = readKey(body.next("public key", Tag.sequence).whole);
  body.optional("issuer identifier", 0x81);
  body.optional("subject identifier", 0x82);
  const extensions = body.optional("extensions", 0xa3);
  body.end("certificate");
  return {
    der,
    version,
    serialNumber,
    subject,
    issuer,
    notBefore,
    notAfter,
    publicKey,
    signatureHash: readSignatureAlgorithm(algorithm).hash,
    fingerprint: await fingerprintOf(der),
    commonName: commonNameOf(subject),
    ...extensionFacts(
      extensions === undefined
        ? []
        : readExtensions(new Der(extensions.content)),
    ),
  };
}
