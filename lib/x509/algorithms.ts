/** Algorithms of keys and signatures (RFC 3279, 4055, 5758, 8410). */

import { Der, oidText, smallInteger, Tag, wholeBits } from "./der.ts";
import { X509Error } from "./types.ts";

export interface KeyFacts {
  readonly algorithm: string;
  readonly bits: number | undefined;
}

export interface SignatureAlgorithm {
  /** What the key must be. */
  readonly key: "RSA" | "EC" | "Ed25519" | "Ed448" | "unknown";
  /** "SHA256"; undefined: it is in the key's algorithm, or not known. */
  readonly hash: string | undefined;
  /** Bytes of salt of RSASSA-PSS; undefined: not that. */
  readonly salt?: number;
}

const KEYS: Readonly<Record<string, string>> = {
  "1.2.840.113549.1.1.1": "RSA",
  "1.2.840.113549.1.1.10": "RSA",
  "1.2.840.10045.2.1": "EC",
  "1.2.840.10040.4.1": "DSA",
  "1.3.101.112": "Ed25519",
  "1.3.101.113": "Ed448",
};

const CURVE_BITS: Readonly<Record<string, number>> = {
  "1.2.840.10045.3.1.1": 192,
  "1.3.132.0.33": 224,
  "1.2.840.10045.3.1.7": 256,
  "1.3.132.0.10": 256,
  "1.3.36.3.3.2.8.1.1.7": 256,
  "1.3.132.0.34": 384,
  "1.3.36.3.3.2.8.1.1.11": 384,
  "1.3.36.3.3.2.8.1.1.13": 512,
  "1.3.132.0.35": 521,
};

const HASHES: Readonly<Record<string, string>> = {
  "1.2.840.113549.2.5": "MD5",
  "1.3.14.3.2.26": "SHA1",
  "2.16.840.1.101.3.4.2.4": "SHA224",
  "2.16.840.1.101.3.4.2.1": "SHA256",
  "2.16.840.1.101.3.4.2.2": "SHA384",
  "2.16.840.1.101.3.4.2.3": "SHA512",
};

const PSS = "1.2.840.113549.1.1.10";

const SIGNATURES: Readonly<Record<string, SignatureAlgorithm>> = {
  "1.2.840.113549.1.1.2": { key: "RSA", hash: "MD2" },
  "1.2.840.113549.1.1.3": { key: "RSA", hash: "MD4" },
  "1.2.840.113549.1.1.4": { key: "RSA", hash: "MD5" },
  "1.2.840.113549.1.1.5": { key: "RSA", hash: "SHA1" },
  "1.3.14.3.2.29": { key: "RSA", hash: "SHA1" },
  "1.2.840.113549.1.1.14": { key: "RSA", hash: "SHA224" },
  "1.2.840.113549.1.1.11": { key: "RSA", hash: "SHA256" },
  "1.2.840.113549.1.1.12": { key: "RSA", hash: "SHA384" },
  "1.2.840.113549.1.1.13": { key: "RSA", hash: "SHA512" },
  "1.2.840.10045.4.1": { key: "EC", hash: "SHA1" },
  "1.2.840.10045.4.3.1": { key: "EC", hash: "SHA224" },
  "1.2.840.10045.4.3.2": { key: "EC", hash: "SHA256" },
  "1.2.840.10045.4.3.3": { key: "EC", hash: "SHA384" },
  "1.2.840.10045.4.3.4": { key: "EC", hash: "SHA512" },
  "1.3.101.112": { key: "Ed25519", hash: undefined },
  "1.3.101.113": { key: "Ed448", hash: undefined },
};

/** Of a SubjectPublicKeyInfo (section 4.1.2.7). */
export function readKey(spki: Uint8Array): KeyFacts {
  const info = new Der(spki).inside("public key");
  const identifier = info.inside("key algorithm");
  const oid = oidText(identifier.next("key algorithm", Tag.oid).content);
  const key = wholeBits(
    info.next("public key", Tag.bitString).content,
    "public key",
  );
  info.end("public key");
  const algorithm = KEYS[oid] ?? oid;
  return { algorithm, bits: keyBits(algorithm, identifier, key) };
}

function keyBits(
  algorithm: string,
  parameters: Der,
  key: Uint8Array,
): number | undefined {
  switch (algorithm) {
    case "RSA": {
      const { content } = new Der(key).inside("RSA key")
        .next("modulus", Tag.integer);
      const digits = content.subarray(content.findIndex((byte) => byte !== 0));
      const [top = 0] = digits;
      return (digits.byteLength - 1) * 8 + (32 - Math.clz32(top));
    }
    case "EC": {
      const curve = parameters.optional("curve", Tag.oid);
      return curve === undefined
        ? undefined
        : CURVE_BITS[oidText(curve.content)];
    }
    case "Ed25519":
      return 256;
    case "Ed448":
      return 456;
    default:
      return undefined;
  }
}

/** Of the bytes of an AlgorithmIdentifier. */
export function readSignatureAlgorithm(der: Uint8Array): SignatureAlgorithm {
  const identifier = new Der(der).inside("signature algorithm");
  const oid = oidText(
    identifier.next("signature algorithm", Tag.oid).content,
  );
  return oid === PSS
    ? readPss(identifier)
    : SIGNATURES[oid] ?? { key: "unknown", hash: undefined };
}

function hashIn(der: Der): string {
  const oid = oidText(
    der.inside("hash").next("hash", Tag.oid).content,
  );
  return HASHES[oid] ?? oid;
}

/** RSASSA-PSS-params, RFC 4055 section 3.1; both hashes must be the same. */
function readPss(identifier: Der): SignatureAlgorithm {
  let hash = "SHA1";
  let mask = "SHA1";
  let salt = 20;
  if (!identifier.atEnd) {
    const parameters = identifier.inside("PSS parameters");
    const first = parameters.optional("hash", 0xa0);
    if (first !== undefined) hash = hashIn(new Der(first.content));
    const second = parameters.optional("mask", 0xa1);
    if (second !== undefined) {
      const generator = new Der(second.content).inside("mask");
      generator.next("mask", Tag.oid);
      mask = hashIn(generator);
    }
    const third = parameters.optional("salt", 0xa2);
    if (third !== undefined) {
      salt = smallInteger(
        new Der(third.content).next("salt", Tag.integer).content,
        "salt",
      );
    }
  }
  if (hash !== mask || salt > 512) {
    throw new X509Error("PSS parameters that are not supported");
  }
  return { key: "RSA", hash, salt };
}
