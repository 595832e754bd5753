/**
 * Whether the runtime has really checked, in a handshake, that the peer has the
 * key of its certificate.
 *
 * Its TLS leaves the peer's signature unchecked when the parser that is to get
 * the key out of the certificate takes it for badly encoded, or for no X.509
 * version 3. So what this parser thinks of the certificate is found out, and
 * certificates that come near to that are taken to be such.
 */

import { decodeLatin1 } from "../../base/text.ts";

const TAG = {
  bitString: 0x03,
  sequence: 0x30,
  version: 0xa0,
} as const;

/** [0] EXPLICIT INTEGER 2: version 3 (RFC 5280 section 4.1.2.1). */
const VERSION_3 = [0x02, 0x01, 0x02];

/** Elements of a TBSCertificate from the version to subjectPublicKeyInfo. */
const FIELDS_BEFORE_KEY = 6;

interface Element {
  readonly tag: number;
  readonly value: Uint8Array;
  /** What follows it. */
  readonly rest: Uint8Array;
}

/**
 * Undefined: the signature was checked. Else why not, in words that go on after
 * the name of the certificate.
 *
 * @param leaf the peer's own certificate, DER.
 */
export function unprovenReason(leaf: Uint8Array): string | undefined {
  const tbs = contents(contents(leaf));
  if (tbs === undefined) return "its encoding is not exact";
  const version = element(tbs);
  if (version?.tag !== TAG.version) return "it is not X.509 version 3";
  if (VERSION_3.some((byte, at) => version.value[at] !== byte)) {
    return "it is not X.509 version 3";
  }
  if (!isExactKey(publicKeyInfo(tbs))) return "its public key is not exact";
  return isReadable(leaf) ? undefined : "the runtime cannot read it";
}

/** The next element in DER, with the shortest form of its length only. */
function element(bytes: Uint8Array | undefined): Element | undefined {
  const [tag, first] = bytes ?? [];
  if (bytes === undefined || tag === undefined || first === undefined) {
    return undefined;
  }
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  if (first >= 0x80 && (lengthBytes === 0 || lengthBytes > 3)) return undefined;
  const start = 2 + lengthBytes;
  if (bytes.byteLength < start) return undefined;
  let length = first;
  if (lengthBytes > 0) {
    length = bytes.subarray(2, start).reduce((sum, one) => sum * 256 + one, 0);
    const least = lengthBytes === 1 ? 0x80 : 256 ** (lengthBytes - 1);
    if (length < least) return undefined;
  }
  const end = start + length;
  if (bytes.byteLength < end) return undefined;
  return { tag, value: bytes.subarray(start, end), rest: bytes.subarray(end) };
}

/** What is in the SEQUENCE that bytes begin with. */
function contents(bytes: Uint8Array | undefined): Uint8Array | undefined {
  const outer = element(bytes);
  return outer?.tag === TAG.sequence ? outer.value : undefined;
}

/** RFC 5280 section 4.1.2.7. */
function publicKeyInfo(tbs: Uint8Array): Uint8Array | undefined {
  let rest: Uint8Array | undefined = tbs;
  for (let field = 0; field < FIELDS_BEFORE_KEY; field++) {
    rest = element(rest)?.rest;
  }
  return contents(rest);
}

/** An algorithm and a key of whole bytes, and nothing else. */
function isExactKey(info: Uint8Array | undefined): boolean {
  const algorithm = element(info);
  const key = element(algorithm?.rest);
  return algorithm?.tag === TAG.sequence && key?.tag === TAG.bitString &&
    key.value[0] === 0 && key.rest.byteLength === 0;
}

/** The parser is the same for certificates to trust. */
function isReadable(der: Uint8Array): boolean {
  const base64 = btoa(decodeLatin1(der));
  const lines = base64.replace(/.{64}/g, "$&\n");
  const pem =
    `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
  try {
    Deno.createHttpClient({ caCerts: [pem] }).close();
    return true;
  } catch {
    return false;
  }
}
