/**
 * Opens encrypted private keys. The runtime knows only some of the schemes and
 * cannot tell a wrong password from a scheme that it does not know.
 */

import { concatenate } from "../../base/writer.ts";
import { members, octetString, sequenceOf } from "./der.ts";
import { encryptionScheme, legacyScheme } from "./key-scheme.ts";
import type { Cipher, Derivation, Scheme } from "./key-scheme.ts";

export type Decrypted =
  /** Perhaps garbage: one wrong password in 256 shows only in the contents. */
  | { readonly kind: "opened"; readonly der: Uint8Array }
  | { readonly kind: "wrong-password" }
  /** `what` names the scheme. */
  | { readonly kind: "unsupported"; readonly what: string };

/**
 * Opens an EncryptedPrivateKeyInfo (RFC 5958 section 3); undefined: `der` is
 * none.
 *
 * @returns the PrivateKeyInfo
 */
export async function decryptPkcs8(
  der: Uint8Array,
  password: Uint8Array,
): Promise<Decrypted | undefined> {
  const [algorithm, data] = sequenceOf(der) ?? [];
  const encrypted = octetString(data);
  if (members(algorithm) === undefined || encrypted === undefined) {
    return undefined;
  }
  return await decrypt(encryptionScheme(algorithm), encrypted, password);
}

/**
 * Opens the contents of a PEM block with the header `Proc-Type: 4,ENCRYPTED`
 * (RFC 1421 section 4.6).
 *
 * @param dekInfo value of the header DEK-Info
 */
export async function decryptLegacy(
  dekInfo: string,
  encrypted: Uint8Array,
  password: Uint8Array,
): Promise<Decrypted> {
  return await decrypt(legacyScheme(dekInfo), encrypted, password);
}

async function decrypt(
  scheme: Scheme | string,
  encrypted: Uint8Array,
  password: Uint8Array,
): Promise<Decrypted> {
  if (typeof scheme === "string") return { kind: "unsupported", what: scheme };
  const { cipher, derivation } = scheme;
  let material: KeyMaterial;
  try {
    material = await derive(derivation, cipher, password);
  } catch {
    // What the runtime does not do, whatever it says of it.
    return { kind: "unsupported", what: derivation.kind };
  }
  const { key, iv } = material;
  const der = await decipher(cipher, key, iv, encrypted);
  return der === undefined
    ? { kind: "wrong-password" }
    : { kind: "opened", der };
}

interface KeyMaterial {
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
}

async function derive(
  derivation: Derivation,
  { keyLength, ivLength }: Cipher,
  password: Uint8Array,
): Promise<KeyMaterial> {
  const { salt } = derivation;
  switch (derivation.kind) {
    case "pbkdf2": {
      const { pbkdf2 } = await import("node:crypto");
      const { iterations, hash, iv } = derivation;
      const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
      pbkdf2(password, salt, iterations, keyLength, hash, (error, key) => {
        if (error === null) resolve(new Uint8Array(key));
        else reject(error);
      });
      return { key: await promise, iv };
    }
    case "scrypt": {
      const { scrypt } = await import("node:crypto");
      const { n, r, p, iv } = derivation;
      const options = { N: n, r, p, maxmem: 256 * r * (n + p + 2) };
      const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
      scrypt(password, salt, keyLength, options, (error, key) => {
        if (error === null) resolve(new Uint8Array(key));
        else reject(error);
      });
      return { key: await promise, iv };
    }
    case "pkcs12": {
      const { iterations } = derivation;
      const text = bmpString(password);
      const part = async (id: number, length: number): Promise<Uint8Array> =>
        await pkcs12Part(text, salt, iterations, id, length);
      return { key: await part(1, keyLength), iv: await part(2, ivLength) };
    }
    case "md5":
      return {
        key: await md5Key(password, salt, keyLength),
        iv: derivation.iv,
      };
  }
}

/** Undefined: the padding is wrong, so the key is. */
async function decipher(
  { name }: Cipher,
  key: Uint8Array,
  iv: Uint8Array,
  encrypted: Uint8Array,
): Promise<Uint8Array | undefined> {
  try {
    if (name === "DES-EDE3-CBC") {
      const { createDecipheriv } = await import("node:crypto");
      const machine = createDecipheriv("des-ede3-cbc", key, iv);
      return concatenate([machine.update(encrypted), machine.final()]);
    }
    const imported = await crypto.subtle.importKey(
      "raw",
      copy(key),
      "AES-CBC",
      false,
      ["decrypt"],
    );
    const algorithm = { name: "AES-CBC", iv: copy(iv) };
    return new Uint8Array(
      await crypto.subtle.decrypt(algorithm, imported, copy(encrypted)),
    );
  } catch {
    return undefined;
  }
}

/** Web Cryptography wants bytes of a buffer that is not shared. */
function copy(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(bytes);
}

/** OpenSSL's EVP_BytesToKey with one round of MD5. */
async function md5Key(
  password: Uint8Array,
  salt: Uint8Array,
  length: number,
): Promise<Uint8Array> {
  const { createHash } = await import("node:crypto");
  let key: Uint8Array = new Uint8Array();
  let last: Uint8Array = new Uint8Array();
  while (key.byteLength < length) {
    last = createHash("md5").update(last).update(password).update(salt)
      .digest();
    key = concatenate([key, last]);
  }
  return key.subarray(0, length);
}

/** UTF-16, big-endian, with a zero at its end (RFC 7292 appendix B.1). */
function bmpString(password: Uint8Array): Uint8Array {
  const text = `${new TextDecoder().decode(password)}\0`;
  const bytes = new Uint8Array(2 * text.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i++) {
    view.setUint16(2 * i, text.charCodeAt(i));
  }
  return bytes;
}

const SHA1_BLOCK = 64;

/** A signal is looked at after so many. */
const ROUNDS_AT_ONCE = 5000;

async function pause(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
}

/** Key material with SHA-1 (RFC 7292 appendix B.2). */
async function pkcs12Part(
  password: Uint8Array,
  salt: Uint8Array,
  iterations: number,
  id: number,
  length: number,
): Promise<Uint8Array> {
  const { createHash } = await import("node:crypto");
  const diversifier = new Uint8Array(SHA1_BLOCK).fill(id);
  const input = concatenate([filled(salt), filled(password)]);
  let material: Uint8Array = new Uint8Array();
  for (;;) {
    let digest: Uint8Array = createHash("sha1").update(diversifier)
      .update(input).digest();
    for (let i = 1; i < iterations; i++) {
      digest = createHash("sha1").update(digest).digest();
      if (i % ROUNDS_AT_ONCE === 0) await pause();
    }
    material = concatenate([material, digest]);
    if (material.byteLength >= length) return material.subarray(0, length);
    const added = repeated(digest, SHA1_BLOCK);
    for (let at = 0; at < input.byteLength; at += SHA1_BLOCK) {
      addAndOne(input.subarray(at, at + SHA1_BLOCK), added);
    }
  }
}

/** Repeated up to a whole number of blocks. */
function filled(bytes: Uint8Array): Uint8Array {
  const blocks = Math.ceil(bytes.byteLength / SHA1_BLOCK);
  return repeated(bytes, blocks * SHA1_BLOCK);
}

function repeated(bytes: Uint8Array, length: number): Uint8Array {
  return Uint8Array.from(
    { length },
    (_, i) => bytes[i % bytes.byteLength] ?? 0,
  );
}

/** target += added + 1, as big-endian numbers of the same length. */
function addAndOne(target: Uint8Array, added: Uint8Array): void {
  let carry = 1;
  for (let i = target.byteLength - 1; i >= 0; i--) {
    const sum = (target[i] ?? 0) + (added[i] ?? 0) + carry;
    target[i] = sum & 0xff;
    carry = sum >> 8;
  }
}
