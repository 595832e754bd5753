/** How strong the certificates of a peer must be, in the reference's words. */

import type { Certificate, ChainProblem } from "../../x509/types.ts";
import type { ProfileRules } from "./profiles.ts";

/** What is said of a certificate: at most one refusal, and warnings. */
export interface Strength {
  /** Undefined: strong enough. For the problem "too-weak". */
  readonly refusal: string | undefined;
  readonly warnings: readonly string[];
}

const FORGED: readonly string[] = ["MD2", "MD4", "MD5"];
const STRONG = /^SHA(256|384|512|512[-\/_]256|3[-_](256|384|512))$/;

/**
 * Keys of RSA and of elliptic curves, and the hash of the signature. Asked of
 * each certificate of the peer's chain, the anchor as well.
 *
 * RFC 9325 section 4.5, PS3.15 section B.13.
 */
export function strengthOf(
  { publicKey: { algorithm, bits }, signatureHash }: Pick<
    Certificate,
    "publicKey" | "signatureHash"
  >,
  rules: ProfileRules["certificates"],
  peer: "server" | "client" = "server",
): Strength {
  if (signatureHash !== undefined && FORGED.includes(signatureHash)) {
    const refusal =
      `Weak certificate hash key: peer provided certificate with '${signatureHash}'`;
    return { refusal, warnings: [] };
  }
  const rsa = /^(RSA|RSASSA-PSS)$/.test(algorithm) ? bits : undefined;
  const ecdsa = algorithm === "EC" ? bits : undefined;
  const weakHash = signatureHash !== undefined && !STRONG.test(signatureHash)
    ? signatureHash
    : undefined;
  if (rules === "DICOM") {
    return { refusal: dicomRefusal(rsa, ecdsa, weakHash), warnings: [] };
  }
  if (rules === "RFC 9325" && rsa !== undefined && rsa < 2048) {
    const who = peer === "server" ? "Server" : "Client";
    const refusal = `${who} RSA key length too short: RFC 9325 requires at ` +
      `least 2048 bits, but ${peer} provided RSA certificate with ${rsa} bits`;
    return { refusal, warnings: [] };
  }
  return { refusal: undefined, warnings: advice(rsa, ecdsa, weakHash) };
}

/** What is to be said of a chain: warnings, up to the first refusal. */
export interface ChainStrength {
  readonly problem: ChainProblem | undefined;
  readonly warnings: readonly string[];
}

/** What a profile asks of keys and hashes, of the anchor as well. */
export function chainStrength(
  chain: readonly Certificate[],
  strengthOf: (certificate: Certificate) => Strength,
): ChainStrength {
  const warnings: string[] = [];
  for (const certificate of chain) {
    const { refusal: detail, warnings: more } = strengthOf(certificate);
    warnings.push(...more);
    if (detail !== undefined) {
      return { problem: { kind: "too-weak", certificate, detail }, warnings };
    }
  }
  return { problem: undefined, warnings };
}

function dicomRefusal(
  rsa: number | undefined,
  ecdsa: number | undefined,
  weakHash: string | undefined,
): string | undefined {
  if (rsa !== undefined && rsa < 2048) {
    return "RSA key length too short: the DICOM TLS profile requires at least" +
      ` 2048 bits, but peer provided RSA certificate with ${rsa} bits`;
  }
  if (ecdsa !== undefined && ecdsa < 256) {
    return "ECDSA key length too short: the DICOM TLS profile requires at " +
      `least 256 bits, but peer provided ECDSA certificate with ${ecdsa} bits`;
  }
  return weakHash === undefined
    ? undefined
    : "Weak certificate hash key: the DICOM TLS profile requires SHA-256 (or " +
      `better) for certificates, but peer provided certificate with '${weakHash}'`;
}

function advice(
  rsa: number | undefined,
  ecdsa: number | undefined,
  weakHash: string | undefined,
): string[] {
  const warnings: string[] = [];
  if (rsa !== undefined && rsa < 2048) {
    warnings.push(
      "RSA key length too short: RFC 9325 recommends at least 2048 bits, but " +
        `peer provided RSA certificate with ${rsa} bits.`,
    );
  }
  if (ecdsa !== undefined && ecdsa < 224) {
    warnings.push(
      "ECDSA key length too short: RFC 9325 recommends at least 224 bits, but" +
        ` peer provided ECDSA certificate with ${ecdsa} bits.`,
    );
  }
  if (weakHash !== undefined) {
    warnings.push(
      "Weak certificate hash key: RFC 9325 recommends SHA-256 (or better), " +
        `but peer provided certificate with '${weakHash}'.`,
    );
  }
  return warnings;
}
