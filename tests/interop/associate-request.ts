/** Reads an A-ASSOCIATE-RQ just well enough to mask what may differ. */

const HEADER_LENGTH = 6;
/** Protocol version, reserved, two AE titles, reserved (PS3.8 Table 9-11). */
const FIXED_FIELDS = 68;
const USER_INFORMATION = 0x50;
const IMPLEMENTATION_CLASS_UID = 0x52;
const IMPLEMENTATION_VERSION_NAME = 0x55;

/** An item, its header apart, and how it looks when masked. */
function masked(type: number, reserved: number, content: string): string {
  const digits = (value: number): string => value.toString(16).padStart(2, "0");
  return `${digits(type)} ${digits(reserved)} [${content}]`;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"))
    .join(" ");
}

/** Items one after the other, each on a line; lengths checked, then left out. */
function items(
  bytes: Uint8Array,
  show: (type: number, content: Uint8Array) => string,
): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const lines: string[] = [];
  let at = 0;
  while (at < bytes.length) {
    const type = view.getUint8(at);
    const length = view.getUint16(at + 2);
    const content = bytes.subarray(at + 4, at + 4 + length);
    if (content.length !== length) throw new Error(`item cut at ${at}`);
    lines.push(masked(type, view.getUint8(at + 1), show(type, content)));
    at += 4 + length;
  }
  return lines.join("\n");
}

/**
 * The request as text: every byte of it, except the implementation class UID,
 * the implementation version name, and the lengths that depend on them, which
 * are checked here. Throws if a length is wrong.
 */
export function maskedAssociateRequest(pdu: Uint8Array): string {
  const view = new DataView(pdu.buffer, pdu.byteOffset, pdu.length);
  if (view.getUint32(2) !== pdu.length - HEADER_LENGTH) {
    throw new Error("PDU length is wrong");
  }
  const variable = HEADER_LENGTH + FIXED_FIELDS;
  return [
    hex(pdu.subarray(0, 2)),
    hex(pdu.subarray(HEADER_LENGTH, variable)),
    items(pdu.subarray(variable), (type, content) => {
      if (type !== USER_INFORMATION) return lengthAnd(content);
      const sub = items(content, (type, content) => {
        switch (type) {
          case IMPLEMENTATION_CLASS_UID:
            return "our UID";
          case IMPLEMENTATION_VERSION_NAME:
            return "our name";
          default:
            return lengthAnd(content);
        }
      });
      return `\n${sub}\n`;
    }),
  ].join("\n");
}

function lengthAnd(content: Uint8Array): string {
  return `${content.length}: ${hex(content)}`;
}

/** The text of the first sub-item of `type` in the user information. */
export function userInformationText(pdu: Uint8Array, type: number): string {
  let found = "";
  items(pdu.subarray(HEADER_LENGTH + FIXED_FIELDS), (outer, content) => {
    if (outer === USER_INFORMATION) {
      items(content, (inner, value) => {
        if (inner === type) found = String.fromCharCode(...value);
        return "";
      });
    }
    return "";
  });
  return found;
}
