/** Signatures of certificates and revocation lists. */

import { readKey, readSignatureAlgorithm } from "./algorithms.ts";
import type { Signed } from "./certificate.ts";

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

/** Loads the cryptography, which nobody else needs. */
export async function loadVerifier(): Promise<VerifySignature> {
  const { createPublicKey, verify } = await import("node:crypto");
  const { Buffer } = await import("node:buffer");
  return (signed, spki) => {
    try {
      const algorithm = readSignatureAlgorithm(signed.algorithm);
      const facts = readKey(spki);
      if (facts.algorithm !== algorithm.key) return "bad";
      if ((facts.bits ?? 0) > LONGEST_KEY) return "unsupported";
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
