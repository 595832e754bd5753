/** Parameters for finite-field Diffie-Hellman, as `+dp` names them. */

import { pemBlocks } from "../../base/pem.ts";
import { integerBytes, sequenceOf } from "./der.ts";

/** Valid ones, or why they are not. */
export type DhParameters =
  | { readonly kind: "valid"; readonly bits: number }
  | { readonly kind: "invalid"; readonly cause: string };

const LABELS = ["DH PARAMETERS", "X9.42 DH PARAMETERS"];

/** Of the prime, in bits. OpenSSL knows no longer ones. */
const SHORTEST = 512;
const LONGEST = 10_000;

/**
 * In bits. A longer number would take seconds to tell from a prime, and nothing
 * is done with it here.
 */
const LONGEST_TESTED = 4096;

/**
 * Reads DHParameter of PKCS #3 section 9 or DomainParameters of RFC 3279
 * section 2.3.3 in PEM: both begin with the prime and the generator. That the
 * prime is one is not looked at beyond 4096 bits.
 */
export async function readDhParameters(
  content: Uint8Array,
): Promise<DhParameters> {
  const block = pemBlocks(content)
    .find(({ label }) => LABELS.includes(label));
  if (block === undefined) return invalid("it holds no DH PARAMETERS in PEM");
  const [first, second, third] = sequenceOf(block.bytes ?? new Uint8Array()) ??
    [];
  const prime = numberOf(integerBytes(first));
  const generator = numberOf(integerBytes(second));
  if (prime === undefined || generator === undefined) {
    return invalid("its DH PARAMETERS are damaged");
  }
  const bits = prime.toString(2).length;
  if (bits < SHORTEST || bits > LONGEST) {
    return invalid(
      `its prime has ${bits} bits, not ${SHORTEST} to ${LONGEST}`,
    );
  }
  if (generator < 2n || generator > prime - 2n) {
    return invalid("its generator is not between 2 and the prime less 2");
  }
  if (bits <= LONGEST_TESTED && !await isPrime(prime)) {
    return invalid("its prime is not prime");
  }
  const order = block.label === LABELS[1]
    ? numberOf(integerBytes(third))
    : undefined;
  if (order !== undefined && (order < 2n || (prime - 1n) % order !== 0n)) {
    return invalid("the order of its group does not divide the prime less 1");
  }
  return { kind: "valid", bits };
}

function invalid(cause: string): DhParameters {
  return { kind: "invalid", cause };
}

function numberOf(bytes: Uint8Array | undefined): bigint | undefined {
  if (bytes === undefined || bytes.byteLength > LONGEST / 8 + 1) {
    return undefined;
  }
  return BigInt(`0x${bytes.toHex()}`);
}

async function isPrime(candidate: bigint): Promise<boolean> {
  const { checkPrimeSync } = await import("node:crypto");
  return checkPrimeSync(candidate, { checks: 4 });
}
