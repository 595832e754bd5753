/** Signatures of certificates and revocation lists. */

import {
  readKey,
  readSignatureAlgorithm,
  type SignatureAlgorithm,
} from "./algorithms.ts";
import type { Signed } from "./certificate.ts";
import type { Certificate, ChainProblem } from "./types.ts";

/** "unsupported": nothing here can do this algorithm, curve or key length. */
export type SignatureVerdict = "good" | "bad" | "unsupported";

/** `spki` is the encoded public key of who is said to have signed. */
export type VerifySignature = (
  signed: Signed,
  spki: Uint8Array,
) => SignatureVerdict;

/** RSA_PKCS1_PSS_PADDING of OpenSSL. */
const PSS_PADDING = 6;

/** Longest RSA key whose signatures are checked, in bits, as in OpenSSL. */
const LONGEST_KEY = 16384;

const HASH_BYTES: Readonly<Record<string, number>> = {
  SHA1: 20,
  SHA224: 28,
  SHA256: 32,
};

/**
 * For ECDSA the runtime calls all signatures bad whose hash is shorter than
 * half of the curve's numbers, such as SHA-256 with P-521.
 */
function isShortHash(
  { key, hash = "" }: SignatureAlgorithm,
  bits: number,
): boolean {
  return key === "EC" && (HASH_BYTES[hash] ?? bits) * 2 < Math.ceil(bits / 8);
}

/** What is said where the verdict is "unsupported". */
export function unsupportedSignature(issuer: Certificate): ChainProblem {
  const { subject, publicKey: { algorithm, bits = "unknown" } } = issuer;
  return {
    kind: "unreadable",
    detail: `signatures of ${subject.text} (${algorithm}, ${bits} bits) ` +
      "cannot be checked here",
  };
}

/** Loads the cryptography, which nobody else needs. */
export async function loadVerifier(): Promise<VerifySignature> {
  const { createPublicKey, verify } = await import("node:crypto");
  const { Buffer } = await import("node:buffer");
  return (signed, spki) => {
    try {
      const algorithm = readSignatureAlgorithm(signed.algorithm);
      if (algorithm.key === "unknown") return "unsupported";
      const facts = readKey(spki);
      if (facts.algorithm !== algorithm.key) return "bad";
      const { bits = 0 } = facts;
      if (bits > LONGEST_KEY || isShortHash(algorithm, bits)) {
        return "unsupported";
      }
      const key = createPublicKey({
        key: Buffer.from(spki),
        format: "der",
        type: "spki",
      });
      const good = verify(
        algorithm.hash?.toLowerCase() ?? null,
        signed.content,
        algorithm.salt === undefined
          ? key
          : { key, padding: PSS_PADDING, saltLength: algorithm.salt },
        signed.signature,
      );
      return good ? "good" : "bad";
    } catch {
      return "unsupported";
    }
  };
}
