/**
 * What the certificates of a chain must be, apart from signatures and
 * revocation (RFC 5280 section 6.1), in the order of OpenSSL.
 */

import { sameName } from "./name.ts";
import { isSelfSigned } from "./paths.ts";
import type { Certificate, ChainProblem } from "./types.ts";

/** What the first certificate of a chain is to be good for. */
export type Purpose = "server" | "client" | "any";

const SERVER_PURPOSES: readonly string[] = [
  "1.3.6.1.5.5.7.3.1",
  // Server gated cryptography of Microsoft and of Netscape.
  "1.3.6.1.4.1.311.10.3.3",
  "2.16.840.1.113730.4.1",
];

/** Bits of security by OpenSSL's level; keys and hashes are measured by it. */
const LEVEL_BITS: readonly number[] = [0, 80, 112, 128, 192, 256];

const HASH_BITS: Readonly<Record<string, number>> = {
  MD2: 39,
  MD4: 39,
  MD5: 39,
  SHA1: 63,
  SHA224: 112,
  SHA256: 128,
  SHA384: 192,
  SHA512: 256,
};

/** Least RSA modulus by bits of security (NIST SP 800-57 part 1, table 2). */
const RSA_BITS: readonly (readonly [number, number])[] = [
  [80, 1024],
  [112, 2048],
  [128, 3072],
  [192, 7680],
  [256, 15360],
];

function mayIssue(certificate: Certificate, isRoot: boolean): boolean {
  const { basicConstraints, keyUsage, version } = certificate;
  if (keyUsage !== undefined && !keyUsage.keyCertSign) return false;
  if (basicConstraints !== undefined) return basicConstraints.ca;
  // A root without the extension: of version 1, or one that may sign others.
  return isRoot &&
    (keyUsage !== undefined || version === 1 && isSelfSigned(certificate));
}

function isForServers(certificate: Certificate, isLeaf: boolean): boolean {
  const { extendedKeyUsage, keyUsage, netscapeType } = certificate;
  if (
    extendedKeyUsage !== undefined &&
    !extendedKeyUsage.some((oid) => SERVER_PURPOSES.includes(oid))
  ) return false;
  if (isLeaf && netscapeType?.server === false) return false;
  return !isLeaf || keyUsage === undefined || keyUsage.digitalSignature ||
    keyUsage.keyEncipherment || keyUsage.keyAgreement;
}

const CLIENT_PURPOSE = "1.3.6.1.5.5.7.3.2";

function isForClients(certificate: Certificate, isLeaf: boolean): boolean {
  const { extendedKeyUsage, keyUsage, netscapeType } = certificate;
  if (
    extendedKeyUsage !== undefined && !extendedKeyUsage.includes(CLIENT_PURPOSE)
  ) return false;
  if (isLeaf && netscapeType?.client === false) return false;
  return !isLeaf || keyUsage === undefined || keyUsage.digitalSignature ||
    keyUsage.keyAgreement;
}

function isFor(
  purpose: Exclude<Purpose, "any">,
  certificate: Certificate,
  isLeaf: boolean,
): boolean {
  return purpose === "server"
    ? isForServers(certificate, isLeaf)
    : isForClients(certificate, isLeaf);
}

/** Extensions, from the peer's certificate up (OpenSSL's check_extensions). */
export function extensionProblem(
  chain: readonly Certificate[],
  purpose: Purpose,
): ChainProblem | undefined {
  let issuedBelow = 0;
  for (const [index, certificate] of chain.entries()) {
    const [oid] = certificate.unknownCritical;
    if (oid !== undefined) {
      return { kind: "unknown-extension", certificate, oid };
    }
    if (index > 0 && !mayIssue(certificate, index === chain.length - 1)) {
      return { kind: "not-an-authority", certificate };
    }
    if (purpose !== "any" && !isFor(purpose, certificate, index === 0)) {
      return { kind: "wrong-usage", certificate, purpose };
    }
    const limit = certificate.basicConstraints?.pathLength;
    if (index > 1 && limit !== undefined && issuedBelow > limit) {
      return { kind: "path-too-long", certificate };
    }
    const isSelfIssued = sameName(certificate.issuer, certificate.subject);
    if (index > 0 && !isSelfIssued) issuedBelow++;
  }
  return undefined;
}

/** Bits of security of a key; undefined: not known. */
function keySecurity(
  { algorithm, bits }: Certificate["publicKey"],
): number | undefined {
  if (bits === undefined) return undefined;
  switch (algorithm) {
    case "RSA":
    case "DSA":
      return RSA_BITS.findLast(([, modulus]) => bits >= modulus)?.[0] ?? 0;
    case "EC":
      return Math.floor(bits / 2);
    default:
      return undefined;
  }
}

/** Keys of all, hashes of all but the anchor (OpenSSL's check_auth_level). */
export function strengthProblem(
  chain: readonly Certificate[],
  level: number,
): ChainProblem | undefined {
  const wanted = LEVEL_BITS[level] ?? 0;
  for (const [index, certificate] of chain.entries()) {
    const { publicKey, signatureHash } = certificate;
    if ((keySecurity(publicKey) ?? wanted) < wanted) {
      const detail = `${publicKey.algorithm} key of ${publicKey.bits} bits`;
      return { kind: "too-weak", certificate, detail };
    }
    if (index === chain.length - 1 || signatureHash === undefined) continue;
    if ((HASH_BITS[signatureHash] ?? wanted) < wanted) {
      const detail = `signature with ${signatureHash}`;
      return { kind: "too-weak", certificate, detail };
    }
  }
  return undefined;
}

/** A hash that is never taken, at whatever level. */
export function isBrokenHash(hash: string | undefined): boolean {
  return hash === "MD2" || hash === "MD4" || hash === "MD5";
}

/** Dates include both ends. */
export function dateProblem(
  certificate: Certificate,
  time: Date,
): ChainProblem | undefined {
  if (time < certificate.notBefore) {
    return { kind: "not-yet-valid", certificate };
  }
  return time > certificate.notAfter
    ? { kind: "expired", certificate }
    : undefined;
}
