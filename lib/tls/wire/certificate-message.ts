/** The handshake message that has the peer's certificates. Pure. */

import { Reader, ReadError } from "../../base/reader.ts";
import { MOST_CERTIFICATES } from "./presented-certificates.ts";

/** Type of the handshake message (RFC 8446 section 4). */
const CERTIFICATE = 11;

/**
 * The certificates, the peer's own first, as DER; undefined when the message is
 * none of this kind, or has more than {@linkcode MOST_CERTIFICATES}.
 *
 * @param message with its header of type and length; as TLS 1.2 and older have
 * it (RFC 5246 section 7.4.2) or TLS 1.3 (RFC 8446 section 4.4.2). A message
 * can only be read as one of the two: what is the context's length there is the
 * first byte of the list's length here.
 */
export function certificatesIn(
  message: Uint8Array,
): readonly Uint8Array[] | undefined {
  return list(message, false) ?? list(message, true);
}

function list(
  message: Uint8Array,
  tls13: boolean,
): readonly Uint8Array[] | undefined {
  try {
    const reader = new Reader(message);
    if (reader.u8("type") !== CERTIFICATE) return undefined;
    const body = reader.block("message", u24(reader));
    if (tls13) body.skip("context", body.u8("length of context"));
    const entries = body.block("list", u24(body));
    if (reader.remaining > 0 || body.remaining > 0) return undefined;
    const certificates: Uint8Array[] = [];
    while (entries.remaining > 0) {
      if (certificates.length === MOST_CERTIFICATES) return undefined;
      const length = u24(entries);
      if (length === 0) return undefined;
      certificates.push(entries.bytes("certificate", length).slice());
      if (tls13) entries.skip("extensions", entries.u16("extensions"));
    }
    return certificates;
  } catch (error) {
    if (error instanceof ReadError) return undefined;
    throw error;
  }
}

/** An unsigned number of 24 bits (RFC 8446 section 3.3). */
function u24(reader: Reader): number {
  return reader.u8("length") * 0x10000 + reader.u16("length");
}
