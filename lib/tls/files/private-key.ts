/** Opens the file of a private key, whatever form the key has. */

import { type PemBlock, pemBlocks, toPem } from "../../base/pem.ts";
import { escapeControls } from "../../base/text.ts";
import { members, octetString, sequenceOf, smallInteger } from "./der.ts";
import {
  type Decrypted,
  decryptLegacy,
  decryptPkcs8,
} from "./key-decryption.ts";
import { privateKeyUnusable, TlsSetupError } from "../setup-error.ts";
import type { KeyObject } from "node:crypto";

/** A private key that is ready for use. Never printed. */
export interface PrivateKey {
  /** PKCS#8, in PEM, not encrypted. */
  readonly pem: string;
  readonly object: KeyObject;
}

/** What to ask when a key is encrypted; called once at most. */
export type AskPassword = () => Promise<Uint8Array>;

/** How DER says what it is; the runtime's names. */
type Encoding = "pkcs8" | "pkcs1" | "sec1";

/** A key as its file has it. */
type Stored =
  | { readonly encoding: Encoding; readonly der: Uint8Array }
  | { readonly encoding: "encrypted-pkcs8"; readonly der: Uint8Array }
  | {
    readonly encoding: "encrypted-legacy";
    readonly der: Uint8Array;
    readonly inner: Encoding;
    readonly dekInfo: string;
  };

/** Ends every text that cannot be more exact; the program comes everywhere. */
const CONVERT = "convert it with 'openssl pkey'";

/**
 * @param file its name, for the error
 * @param signal the program is to end: a key that takes long is given up
 * @throws {TlsSetupError} and what `askPassword` throws
 */
export async function openPrivateKey(
  file: string,
  content: Uint8Array,
  format: "pem" | "der",
  askPassword: AskPassword,
  signal?: AbortSignal,
): Promise<PrivateKey> {
  const stored = format === "pem" ? inPem(content) : inDer(content);
  const key = typeof stored === "string"
    ? stored
    : await unlessAborted(open(stored, askPassword), signal);
  if (key === undefined) {
    const cause = "opening it was interrupted";
    throw new TlsSetupError(privateKeyUnusable(file, cause), true);
  }
  if (typeof key === "string") {
    throw new TlsSetupError(privateKeyUnusable(file, key));
  }
  return key;
}

/** Undefined: the signal came first. What is under way goes on unobserved. */
async function unlessAborted<T>(
  work: Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T | undefined> {
  if (signal === undefined) return await work;
  const { promise: aborted, resolve } = Promise.withResolvers<undefined>();
  const abort = (): void => resolve(undefined);
  signal.addEventListener("abort", abort);
  try {
    if (signal.aborted) abort();
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

const LABELS: ReadonlyMap<string, Encoding> = new Map([
  ["PRIVATE KEY", "pkcs8"],
  ["RSA PRIVATE KEY", "pkcs1"],
  ["EC PRIVATE KEY", "sec1"],
]);

/** The first key of a file; a text says why there is none. */
function inPem(content: Uint8Array): Stored | string {
  const blocks = pemBlocks(content);
  const block = blocks.find(({ label }) => label.endsWith("PRIVATE KEY"));
  if (block === undefined) return notInPem(content, blocks);
  const { label, headers, bytes } = block;
  if (bytes === undefined) {
    return `its ${escapeControls(label)} is damaged or cut short: ` +
      "take a whole copy of the file";
  }
  if (label === "ENCRYPTED PRIVATE KEY") {
    return { encoding: "encrypted-pkcs8", der: bytes };
  }
  const encoding = LABELS.get(label);
  if (encoding === undefined) {
    return `${
      escapeControls(label)
    } is not a supported form of key: ${CONVERT}`;
  }
  if (!/^4, *ENCRYPTED$/.test(headers.get("Proc-Type") ?? "")) {
    return { encoding, der: bytes };
  }
  return {
    encoding: "encrypted-legacy",
    der: bytes,
    inner: encoding,
    dekInfo: headers.get("DEK-Info") ?? "",
  };
}

function notInPem(
  content: Uint8Array,
  [first]: readonly PemBlock[],
): string {
  if (first !== undefined) {
    return `there is no private key in it but ${
      escapeControls(first.label)
    }: ` +
      "name the file that has the key";
  }
  return sequenceOf(content) === undefined
    ? "it is not a key in PEM form: name the file that has the key"
    : "it is not in PEM form but perhaps DER: try -der";
}

/** What DER is, by how it is built; a text says why it is no key. */
function inDer(content: Uint8Array): Stored | string {
  const parts = sequenceOf(content);
  if (parts === undefined) {
    return pemBlocks(content).length > 0
      ? "it is not in DER form but PEM: leave -der out"
      : "it is not a key in DER form: name the file that has the key";
  }
  const [first, second, third] = parts;
  const number = smallInteger(first);
  if (number === undefined) {
    return members(first) !== undefined && octetString(second) !== undefined
      ? { encoding: "encrypted-pkcs8", der: content }
      : "there is no private key in it: name the file that has the key";
  }
  if (members(second) !== undefined) {
    return octetString(third) === undefined
      ? "it is a PKCS #12 file: " +
        "take key and certificate out with 'openssl pkcs12'"
      : { encoding: "pkcs8", der: content };
  }
  const encoding = octetString(second) === undefined ? "pkcs1" : "sec1";
  return { encoding, der: content };
}

/** A text says why the key cannot be used. */
async function open(
  stored: Stored,
  askPassword: AskPassword,
): Promise<PrivateKey | string> {
  if (
    stored.encoding !== "encrypted-pkcs8" &&
    stored.encoding !== "encrypted-legacy"
  ) {
    return await usable(stored.der, stored.encoding) ?? unusable(stored);
  }
  const password = await askPassword();
  const decrypted = await decrypt(stored, password);
  switch (decrypted?.kind) {
    case undefined:
      return "its encrypted contents are damaged: " +
        "take a whole copy of the file";
    case "unsupported":
      return `it is encrypted in a way that is not supported (${
        escapeControls(decrypted.what)
      }): ${CONVERT}`;
    case "wrong-password":
      return wrongPassword(password);
    case "opened": {
      const inner = stored.encoding === "encrypted-pkcs8"
        ? "pkcs8"
        : stored.inner;
      const { der } = decrypted;
      if (!isBuiltAs(der, inner)) return wrongPassword(password);
      return await usable(der, inner) ?? unusable({ encoding: inner, der });
    }
  }
}

async function decrypt(
  stored: Extract<Stored, { encoding: `encrypted-${string}` }>,
  password: Uint8Array,
): Promise<Decrypted | undefined> {
  return stored.encoding === "encrypted-pkcs8"
    ? await decryptPkcs8(stored.der, password)
    : await decryptLegacy(stored.dekInfo, stored.der, password);
}

function wrongPassword(password: Uint8Array): string {
  return password.byteLength === 0
    ? "it is encrypted and its password is not the empty one: " +
      "give it with +ps or +pw"
    : "the password is wrong: give the one that the key was encrypted with";
}

/** Whether it may be a key at all; decrypted garbage is not. */
function isBuiltAs(der: Uint8Array, encoding: Encoding): boolean {
  const stored = inDer(der);
  return typeof stored !== "string" && stored.encoding === encoding;
}

function unusable(
  { encoding, der }: { readonly encoding: Encoding; readonly der: Uint8Array },
): string {
  return isBuiltAs(der, encoding)
    ? "it is damaged or of a kind that is not supported: use an RSA key, " +
      "an EC key with curve P-256, P-384 or P-521, or an Ed25519 key"
    : "its contents are no private key: name the file that has the key";
}

/** Undefined: the runtime does not take it. */
async function usable(
  der: Uint8Array,
  encoding: Encoding,
): Promise<PrivateKey | undefined> {
  const { createPrivateKey } = await import("node:crypto");
  const { Buffer } = await import("node:buffer");
  let object: KeyObject;
  try {
    object = createPrivateKey({
      key: Buffer.from(der),
      format: "der",
      type: encoding,
    });
  } catch {
    return undefined;
  }
  return { object, pem: pkcs8Pem(object) ?? toPem("PRIVATE KEY", der) };
}

/** Undefined: the runtime cannot; such keys are read from PKCS#8 alone. */
function pkcs8Pem(object: KeyObject): string | undefined {
  try {
    return String(object.export({ type: "pkcs8", format: "pem" }));
  } catch {
    return undefined;
  }
}
