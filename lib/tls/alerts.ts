/** Alerts of TLS (RFC 8446 section 6, RFC 5246 section 7.2) by number. */

/** What an alert is called. */
export interface AlertName {
  /** As the RFCs have it: "handshake_failure". */
  readonly name: string;
  /** As OpenSSL has it, and so the reference. */
  readonly reason: string;
}

/** close_notify: nothing more will come (RFC 8446 section 6.1). */
export const CLOSE_NOTIFY = 0;

/** What OpenSSL says of numbers that it does not know. */
const NO_REASON = "OpenSSL error";

const NAMES: ReadonlyMap<number, AlertName> = new Map(
  ([
    [CLOSE_NOTIFY, "close_notify", NO_REASON],
    [10, "unexpected_message", "sslv3 alert unexpected message"],
    [20, "bad_record_mac", "sslv3 alert bad record mac"],
    [21, "decryption_failed", "tlsv1 alert decryption failed"],
    [22, "record_overflow", "tlsv1 alert record overflow"],
    [30, "decompression_failure", "sslv3 alert decompression failure"],
    [40, "handshake_failure", "sslv3 alert handshake failure"],
    [41, "no_certificate", "sslv3 alert no certificate"],
    [42, "bad_certificate", "sslv3 alert bad certificate"],
    [43, "unsupported_certificate", "sslv3 alert unsupported certificate"],
    [44, "certificate_revoked", "sslv3 alert certificate revoked"],
    [45, "certificate_expired", "sslv3 alert certificate expired"],
    [46, "certificate_unknown", "sslv3 alert certificate unknown"],
    [47, "illegal_parameter", "sslv3 alert illegal parameter"],
    [48, "unknown_ca", "tlsv1 alert unknown ca"],
    [49, "access_denied", "tlsv1 alert access denied"],
    [50, "decode_error", "tlsv1 alert decode error"],
    [51, "decrypt_error", "tlsv1 alert decrypt error"],
    [60, "export_restriction", "tlsv1 alert export restriction"],
    [70, "protocol_version", "tlsv1 alert protocol version"],
    [71, "insufficient_security", "tlsv1 alert insufficient security"],
    [80, "internal_error", "tlsv1 alert internal error"],
    [86, "inappropriate_fallback", "tlsv1 alert inappropriate fallback"],
    [90, "user_canceled", "tlsv1 alert user cancelled"],
    [100, "no_renegotiation", "tlsv1 alert no renegotiation"],
    [109, "missing_extension", "tlsv13 alert missing extension"],
    [110, "unsupported_extension", "tlsv1 unsupported extension"],
    [111, "certificate_unobtainable", "tlsv1 certificate unobtainable"],
    [112, "unrecognized_name", "tlsv1 unrecognized name"],
    [
      113,
      "bad_certificate_status_response",
      "tlsv1 bad certificate status response",
    ],
    [114, "bad_certificate_hash_value", "tlsv1 bad certificate hash value"],
    [115, "unknown_psk_identity", "tlsv1 alert unknown psk identity"],
    [116, "certificate_required", "tlsv13 alert certificate required"],
    [120, "no_application_protocol", "tlsv1 alert no application protocol"],
    [121, "ech_required", NO_REASON],
  ] as const).map(([number, name, reason]) => [number, { name, reason }]),
);

/** The names of an alert, also of one that no RFC knows. */
export function alertName(description: number): AlertName {
  return NAMES.get(description) ??
    { name: "unknown", reason: NO_REASON };
}

/** "UnrecognisedName", "unrecognized_name" → "unrecognizedname". */
function comparable(name: string): string {
  return name.toLowerCase().replaceAll("_", "").replaceAll("sed", "zed");
}

const BY_NAME: ReadonlyMap<string, number> = new Map(
  [...NAMES].map(([number, { name }]) => [comparable(name), number]),
);

/**
 * The number of the alert that the runtime says it has received; undefined when
 * its words are about something else. It has names for the alerts it knows
 * ("received fatal alert: HandshakeFailure"), and numbers for the others.
 */
export function receivedAlert(words: string): number | undefined {
  const match = /^received fatal alert: (\w+)(?:\((0x[\da-f]+|\d+)\))?/i
    .exec(words);
  const [, name, number] = match ?? [];
  if (name === undefined) return undefined;
  return number === undefined ? BY_NAME.get(comparable(name)) : Number(number);
}
