/** What is common to all PDUs (PS3.8 section 9.3.1). */

/** PDU type bytes (PS3.8 Tables 9-11 to 9-26). */
export const PDU_TYPE = {
  "A-ASSOCIATE-RQ": 0x01,
  "A-ASSOCIATE-AC": 0x02,
  "A-ASSOCIATE-RJ": 0x03,
  "P-DATA-TF": 0x04,
  "A-RELEASE-RQ": 0x05,
  "A-RELEASE-RP": 0x06,
  "A-ABORT": 0x07,
} as const;

/** Bytes before every PDU's variable part: type, reserved, 32-bit length. */
export const PDU_HEADER_LENGTH = 6;

/** Bytes of an AE title; a shorter one is padded with blanks (PS3.8 9.3.2). */
export const AE_TITLE_LENGTH = 16;

/** Whether a protocol version field knows version 1 (PS3.8 9.3.2). */
export function knowsVersion1(protocolVersion: number): boolean {
  return (protocolVersion & 1) !== 0;
}
