/** How an encrypted private key says that it is encrypted. Pure. */

import type { Value } from "../../x509/der.ts";
import { members, octetString, oidText, smallInteger } from "./der.ts";

export interface Cipher {
  readonly name: "AES-CBC" | "DES-EDE3-CBC";
  /** In bytes, as is the other. */
  readonly keyLength: number;
  readonly ivLength: number;
}

/** From a password to a key, and to the IV where none is given. */
export type Derivation =
  | {
    readonly kind: "pbkdf2";
    readonly salt: Uint8Array;
    readonly iterations: number;
    readonly hash: string;
    readonly iv: Uint8Array;
  }
  | {
    readonly kind: "scrypt";
    readonly salt: Uint8Array;
    readonly n: number;
    readonly r: number;
    readonly p: number;
    readonly iv: Uint8Array;
  }
  | {
    readonly kind: "pkcs12";
    readonly salt: Uint8Array;
    readonly iterations: number;
  }
  | {
    readonly kind: "md5";
    readonly salt: Uint8Array;
    readonly iv: Uint8Array;
  };

export interface Scheme {
  readonly cipher: Cipher;
  readonly derivation: Derivation;
}

/** More would keep the user waiting for longer than a key is worth. */
const MOST_ITERATIONS = 10_000_000;
/** Those of PKCS #12 are not done by the runtime as a whole, and so slower. */
const MOST_SLOW_ITERATIONS = 100_000;
/** In bytes; scrypt needs 128 · n · r, and OpenSSL gives it no more. */
const MOST_MEMORY = 32 * 1024 * 1024;
/** In bytes that are gone through, 128 · n · r · p. */
const MOST_WORK = 256 * 1024 * 1024;
/** In bytes. */
const LONGEST_SALT = 1024;

function aes(bits: number): Cipher {
  return { name: "AES-CBC", keyLength: bits / 8, ivLength: 16 };
}

const DES_EDE3: Cipher = { name: "DES-EDE3-CBC", keyLength: 24, ivLength: 8 };

/** By the name in the header DEK-Info. */
const LEGACY_CIPHERS: ReadonlyMap<string, Cipher> = new Map([
  ["AES-128-CBC", aes(128)],
  ["AES-192-CBC", aes(192)],
  ["AES-256-CBC", aes(256)],
  ["DES-EDE3-CBC", DES_EDE3],
]);

const CIPHERS: ReadonlyMap<string, Cipher> = new Map([
  ["2.16.840.1.101.3.4.1.2", aes(128)],
  ["2.16.840.1.101.3.4.1.22", aes(192)],
  ["2.16.840.1.101.3.4.1.42", aes(256)],
  ["1.2.840.113549.3.7", DES_EDE3],
]);

const HMAC_SHA1 = "1.2.840.113549.2.7";

const HMAC_HASHES: ReadonlyMap<string, string> = new Map([
  [HMAC_SHA1, "sha1"],
  ["1.2.840.113549.2.8", "sha224"],
  ["1.2.840.113549.2.9", "sha256"],
  ["1.2.840.113549.2.10", "sha384"],
  ["1.2.840.113549.2.11", "sha512"],
]);

const PBES2 = "1.2.840.113549.1.5.13";
const PBKDF2 = "1.2.840.113549.1.5.12";
const SCRYPT = "1.3.6.1.4.1.11591.4.11";
const SHA1_AND_3DES = "1.2.840.113549.1.12.1.3";

/**
 * What an AlgorithmIdentifier of RFC 8018 asks for.
 *
 * @returns a text that names what is not supported, if anything is not
 */
export function encryptionScheme(
  algorithm: Value | undefined,
): Scheme | string {
  const [id, parameters] = members(algorithm) ?? [];
  const name = oidText(id);
  const scheme = name === PBES2
    ? pbes2(parameters)
    : name === SHA1_AND_3DES
    ? pkcs12(parameters)
    : undefined;
  return scheme ?? `algorithm ${name ?? "without a name"}`;
}

/**
 * What a header DEK-Info asks for.
 *
 * @returns a text that names what is not supported, if anything is not
 */
export function legacyScheme(dekInfo: string): Scheme | string {
  const [, name = "", digits = ""] = /^ *([\w-]+) *, *([0-9A-Fa-f]+) *$/
    .exec(dekInfo) ?? [];
  const cipher = LEGACY_CIPHERS.get(name.toUpperCase());
  if (cipher === undefined || digits.length !== 2 * cipher.ivLength) {
    return name === "" ? "no known algorithm" : `algorithm ${name}`;
  }
  const iv = Uint8Array.fromHex(digits);
  const derivation = { kind: "md5", salt: iv.subarray(0, 8), iv } as const;
  return { cipher, derivation };
}

/** RFC 8018 section 6.2. */
function pbes2(parameters: Value | undefined): Scheme | string | undefined {
  const [derivation, encryption] = members(parameters) ?? [];
  const [cipherId, ivElement] = members(encryption) ?? [];
  const [derivationId, values] = members(derivation) ?? [];
  const cipher = CIPHERS.get(oidText(cipherId) ?? "");
  if (cipher === undefined) return `algorithm ${oidText(cipherId)}`;
  const iv = octetString(ivElement);
  if (iv?.byteLength !== cipher.ivLength) return undefined;
  const name = oidText(derivationId);
  const found = name === PBKDF2
    ? pbkdf2(values, iv)
    : name === SCRYPT
    ? scrypt(values, iv)
    : `algorithm ${name}`;
  if (found === undefined || typeof found === "string") return found;
  return { cipher, derivation: found };
}

/** RFC 8018 appendix A.2. */
function pbkdf2(
  element: Value | undefined,
  iv: Uint8Array,
): Derivation | string | undefined {
  const [saltElement, count, ...optional] = members(element) ?? [];
  const salt = octetString(saltElement);
  const iterations = smallInteger(count);
  if (salt === undefined || iterations === undefined) return undefined;
  if (salt.byteLength > LONGEST_SALT) return longSalt(salt);
  if (!isBearable(iterations)) return `${iterations} iterations`;
  const prf = optional.map(members).find((list) => list !== undefined);
  const id = prf === undefined ? HMAC_SHA1 : oidText(prf[0]);
  const hash = HMAC_HASHES.get(id ?? "");
  return hash === undefined
    ? `algorithm ${id}`
    : { kind: "pbkdf2", salt, iterations, hash, iv };
}

/** RFC 7914 section 7. */
function scrypt(
  element: Value | undefined,
  iv: Uint8Array,
): Derivation | string | undefined {
  const [saltElement, ...numbers] = members(element) ?? [];
  const salt = octetString(saltElement);
  const [n, r, p] = numbers.map(smallInteger);
  if (
    salt === undefined || n === undefined || r === undefined || p === undefined
  ) return undefined;
  if (salt.byteLength > LONGEST_SALT) return longSalt(salt);
  const valid = n > 1 && Number.isInteger(Math.log2(n)) && r > 0 && p > 0;
  // Blocks of 128 · r bytes are needed p times beside it.
  const memory = 128 * r * (n + p + 2);
  return valid && memory <= MOST_MEMORY && 128 * n * r * p <= MOST_WORK
    ? { kind: "scrypt", salt, n, r, p, iv }
    : `scrypt with N=${n}, r=${r}, p=${p}`;
}

/** RFC 7292 appendix C. */
function pkcs12(parameters: Value | undefined): Scheme | string | undefined {
  const [saltElement, count] = members(parameters) ?? [];
  const salt = octetString(saltElement);
  const iterations = smallInteger(count);
  if (salt === undefined || iterations === undefined) return undefined;
  if (salt.byteLength > LONGEST_SALT) return longSalt(salt);
  return isBearable(iterations, MOST_SLOW_ITERATIONS)
    ? { cipher: DES_EDE3, derivation: { kind: "pkcs12", salt, iterations } }
    : `${iterations} iterations`;
}

function isBearable(iterations: number, most = MOST_ITERATIONS): boolean {
  return iterations > 0 && iterations <= most;
}

function longSalt(salt: Uint8Array): string {
  return `a salt of ${salt.byteLength} bytes`;
}
