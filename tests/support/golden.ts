/**
 * Golden bytes: PDUs written down from the tables of PS3.8 section 9.3 and
 * PS3.7 section 9.3.5, not made by any encoder. Tests of the codec compare with
 * them and scripted peers send them. Copy one before you change a byte of it.
 *
 * Each group of bytes stands beside its key. Numbers are hexadecimal; lengths
 * are big-endian in PDUs and little-endian in command sets.
 */

/** Bytes from hexadecimal digits, blanks ignored, and texts in quotes. */
export function bytes(...groups: readonly string[]): Uint8Array {
  const out: number[] = [];
  for (const group of groups) {
    if (group.startsWith('"')) {
      for (const c of group.slice(1, -1)) out.push(c.charCodeAt(0));
      continue;
    }
    const digits = group.replaceAll(" ", "");
    if (!/^([0-9a-f]{2})*$/.test(digits)) throw new Error(`not hex: ${group}`);
    for (let i = 0; i < digits.length; i += 2) {
      out.push(Number.parseInt(digits.slice(i, i + 2), 16));
    }
  }
  return Uint8Array.from(out);
}

/** Reserved bytes 43 to 74 of A-ASSOCIATE-RQ and -AC. */
const RESERVED_32 = "00 ".repeat(32);

/**
 * A-ASSOCIATE-RQ (PS3.8 Table 9-11): ECHOSCU calls ANY-SCP, one presentation
 * context, Verification in Implicit VR Little Endian, maximum length 16384.
 * This is what DCMTK 3.6.7 sends, the FF in the context included.
 */
export const ASSOCIATE_RQ = bytes(
  "01 00 000000cd", // PDU type, reserved, PDU length 205
  "0001 0000", // protocol version (bit 0), reserved
  '"ANY-SCP         "', // called AE title
  '"ECHOSCU         "', // calling AE title
  RESERVED_32,
  "10 00 0015", // application context item, length 21
  '"1.2.840.10008.3.1.1.1"',
  "20 00 002e", // presentation context item (request), length 46
  "01 00 ff 00", // context ID 1, three reserved bytes
  "30 00 0011", // abstract syntax sub-item, length 17
  '"1.2.840.10008.1.1"', // Verification SOP Class
  "40 00 0011", // transfer syntax sub-item, length 17
  '"1.2.840.10008.1.2"', // Implicit VR Little Endian
  "50 00 003a", // user information item, length 58
  "51 00 0004 00004000", // maximum length: 16384
  "52 00 001b", // implementation class UID, length 27
  '"1.2.276.0.7230010.3.0.3.6.7"',
  "55 00 000f", // implementation version name, length 15
  '"OFFIS_DCMTK_367"',
);

/**
 * A-ASSOCIATE-AC (PS3.8 Table 9-17): context 1 accepted in Implicit VR Little
 * Endian, maximum length 16384.
 */
export const ASSOCIATE_AC = bytes(
  "02 00 000000b8", // PDU type, reserved, PDU length 184
  "0001 0000", // protocol version (bit 0), reserved
  '"ANY-SCP         "', // reserved: called AE title as it came
  '"ECHOSCU         "', // reserved: calling AE title as it came
  RESERVED_32,
  "10 00 0015", // application context item, length 21
  '"1.2.840.10008.3.1.1.1"',
  "21 00 0019", // presentation context item (acceptance), length 25
  "01 00 00 00", // context ID 1, reserved, result 0 acceptance, reserved
  "40 00 0011", // transfer syntax sub-item, length 17
  '"1.2.840.10008.1.2"', // Implicit VR Little Endian
  "50 00 003a", // user information item, length 58
  "51 00 0004 00004000", // maximum length: 16384
  "52 00 001b", // implementation class UID, length 27
  '"1.2.276.0.7230010.3.0.3.6.7"',
  "55 00 000f", // implementation version name, length 15
  '"OFFIS_DCMTK_367"',
);

/**
 * A-ASSOCIATE-AC (PS3.8 Table 9-17) in which context 1 is not accepted:
 * result 3, abstract syntax not supported.
 */
export const ASSOCIATE_AC_CONTEXT_REJECTED = bytes(
  "02 00 000000b8", // PDU type, reserved, PDU length 184
  "0001 0000", // protocol version (bit 0), reserved
  '"ANY-SCP         "', // reserved: called AE title as it came
  '"ECHOSCU         "', // reserved: calling AE title as it came
  RESERVED_32,
  "10 00 0015", // application context item, length 21
  '"1.2.840.10008.3.1.1.1"',
  "21 00 0019", // presentation context item (acceptance), length 25
  "01 00 03 00", // context ID 1, reserved, result 3, reserved
  "40 00 0011", // transfer syntax sub-item, length 17, not significant
  '"1.2.840.10008.1.2"', // Implicit VR Little Endian
  "50 00 003a", // user information item, length 58
  "51 00 0004 00004000", // maximum length: 16384
  "52 00 001b", // implementation class UID, length 27
  '"1.2.276.0.7230010.3.0.3.6.7"',
  "55 00 000f", // implementation version name, length 15
  '"OFFIS_DCMTK_367"',
);

/**
 * A-ASSOCIATE-RJ (PS3.8 Table 9-21): rejected permanent, by the service user,
 * called AE title not recognized.
 */
export const ASSOCIATE_RJ = bytes(
  "03 00 00000004", // PDU type, reserved, PDU length 4
  "00 01 01 07", // reserved, result, source, reason
);

/** P-DATA-TF (PS3.8 Table 9-22) with a C-ECHO-RQ (PS3.7 Table 9.3-12). */
export const P_DATA_ECHO_RQ = bytes(
  "04 00 0000004a", // PDU type, reserved, PDU length 74
  "00000046", // presentation data value item, length 70
  "01 03", // context ID 1, message control header: command, last fragment
  "0000 0000 04000000 38000000", // group length: 56
  "0000 0200 12000000", // affected SOP class UID, length 18
  '"1.2.840.10008.1.1"',
  "00", // padding to even length
  "0000 0001 02000000 3000", // command field: C-ECHO-RQ
  "0000 1001 02000000 0100", // message ID: 1
  "0000 0008 02000000 0101", // command data set type: no data set
);

/**
 * P-DATA-TF (PS3.8 Table 9-22) with a C-ECHO-RSP (PS3.7 Table 9.3-13) to
 * message 1, status Success.
 */
export const P_DATA_ECHO_RSP = bytes(
  "04 00 00000054", // PDU type, reserved, PDU length 84
  "00000050", // presentation data value item, length 80
  "01 03", // context ID 1, message control header: command, last fragment
  "0000 0000 04000000 42000000", // group length: 66
  "0000 0200 12000000", // affected SOP class UID, length 18
  '"1.2.840.10008.1.1"',
  "00", // padding to even length
  "0000 0001 02000000 3080", // command field: C-ECHO-RSP
  "0000 2001 02000000 0100", // message ID being responded to: 1
  "0000 0008 02000000 0101", // command data set type: no data set
  "0000 0009 02000000 0000", // status: Success
);

/** A-RELEASE-RQ (PS3.8 Table 9-24). */
export const RELEASE_RQ = bytes(
  "05 00 00000004", // PDU type, reserved, PDU length 4
  "00000000", // reserved
);

/** A-RELEASE-RP (PS3.8 Table 9-25). */
export const RELEASE_RP = bytes(
  "06 00 00000004", // PDU type, reserved, PDU length 4
  "00000000", // reserved
);

/** A-ABORT (PS3.8 Table 9-26) by the service user. */
export const ABORT = bytes(
  "07 00 00000004", // PDU type, reserved, PDU length 4
  "00 00 00 00", // two reserved bytes, source 0, reason 0 (not significant)
);

/** A-ABORT (PS3.8 Table 9-26) by the service provider: unexpected PDU. */
export const ABORT_BY_PROVIDER = bytes(
  "07 00 00000004", // PDU type, reserved, PDU length 4
  "00 00 02 02", // two reserved bytes, source 2, reason 2
);

/** All of them, by name. */
export const GOLDEN: Readonly<Record<string, Uint8Array>> = {
  ASSOCIATE_RQ,
  ASSOCIATE_AC,
  ASSOCIATE_AC_CONTEXT_REJECTED,
  ASSOCIATE_RJ,
  P_DATA_ECHO_RQ,
  P_DATA_ECHO_RSP,
  RELEASE_RQ,
  RELEASE_RP,
  ABORT,
  ABORT_BY_PROVIDER,
};
