/** What kind of peer it is, by the first bytes that it sends. Pure. */

import { decodeLatin1 } from "../base/text.ts";

/** What was recognised by the first bytes of a peer. */
export type PeerProtocol =
  | "DICOM"
  | "TLS"
  | "HTTP"
  | "SSH"
  | "HL7"
  | "FTP or SMTP"
  | "unknown";

/**
 * The protocol that a stream begins with. It would rather say "unknown" than
 * guess: a few bytes at least must be what only this protocol sends.
 *
 * @param bytes how the stream begins; 16 bytes are enough.
 */
export function recognise(bytes: Uint8Array): PeerProtocol {
  if (isTls(bytes)) return "TLS";
  if (isDicom(bytes)) return "DICOM";
  const text = decodeLatin1(bytes.subarray(0, 16));
  if (/^HTTP\/\d\.\d \d{3}/.test(text)) return "HTTP";
  if (/^SSH-\d\.\d{1,2}-/.test(text)) return "SSH";
  // The block of the Minimal Lower Layer Protocol, with a message, file or
  // batch header.
  if (bytes[0] === START_OF_BLOCK && /^.(MSH|FHS|BHS)[|^]/s.test(text)) {
    return "HL7";
  }
  if (/^(120|22[01]|421|50[0-4]|5[35]0|554)[ -][\x20-\x7e]/.test(text)) {
    return "FTP or SMTP";
  }
  return "unknown";
}

const START_OF_BLOCK = 0x0b;

/** An alert or a handshake message in a record (RFC 8446 section 5.1). */
function isTls(bytes: Uint8Array): boolean {
  const [type, major, minor, high, low] = bytes;
  if (high === undefined || low === undefined) return false;
  if (major !== 3 || minor === undefined || minor > 4) return false;
  const length = high * 256 + low;
  if (type === 0x15) return length === 2;
  return type === 0x16 && length >= 4 && length <= 1 << 14;
}

/** The shortest and the longest body of an A-ASSOCIATE-AC, in bytes. */
const ACCEPT_LENGTH = { least: 68, most: 1 << 20 };

/** A-ASSOCIATE-AC, A-ASSOCIATE-RJ or A-ABORT (PS3.8 section 9.3). */
function isDicom(bytes: Uint8Array): boolean {
  if (bytes.byteLength < 6 || bytes[1] !== 0) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(2);
  switch (bytes[0]) {
    case 0x02:
      return length >= ACCEPT_LENGTH.least && length <= ACCEPT_LENGTH.most;
    case 0x03:
      return length === 4 && oneOf(bytes[7], 1, 2) && oneOf(bytes[8], 1, 3);
    case 0x07:
      return length === 4 && oneOf(bytes[8], 0, 2);
    default:
      return false;
  }
}

/** Also true of a byte that has not come yet. */
function oneOf(byte: number | undefined, least: number, most: number): boolean {
  return byte === undefined || (byte >= least && byte <= most);
}
