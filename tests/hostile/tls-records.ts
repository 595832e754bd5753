/** What TLS is made of, right or wrong (RFC 8446 sections 4 to 6). */

import { concatenate } from "../../lib/base/writer.ts";

export const CHANGE_CIPHER_SPEC = 20;
export const ALERT = 21;
export const HANDSHAKE = 22;
export const APPLICATION_DATA = 23;

/** Big-endian. */
export function number(value: number, length: number): Uint8Array {
  return Uint8Array.from(
    { length },
    (_, at) => Math.floor(value / 256 ** (length - 1 - at)) & 0xff,
  );
}

/** With its length before it. */
export function vector(
  lengthBytes: number,
  ...parts: Uint8Array[]
): Uint8Array {
  const bytes = concatenate(parts);
  return concatenate([number(bytes.byteLength, lengthBytes), bytes]);
}

export function record(type: number, ...content: Uint8Array[]): Uint8Array {
  return concatenate([Uint8Array.of(type, 3, 3), vector(2, ...content)]);
}

export function message(type: number, ...body: Uint8Array[]): Uint8Array {
  return concatenate([Uint8Array.of(type), vector(3, ...body)]);
}

export function alert(level: number, description: number): Uint8Array {
  return record(ALERT, Uint8Array.of(level, description));
}

export function extension(type: number, body: Uint8Array): Uint8Array {
  return concatenate([number(type, 2), vector(2, body)]);
}

const X25519 = 0x001d;
export const TLS_AES_128_GCM_SHA256 = 0x1301;

export interface HelloOptions {
  readonly version?: number;
  /** Null: the extension is left out. */
  readonly selected?: number | null;
  readonly suite?: number;
  readonly compression?: number;
  readonly session?: Uint8Array;

  /** Null: the extension is left out. */
  readonly share?: Uint8Array | null;
  readonly extensionLength?: number;
  readonly twice?: boolean;
  readonly random?: Uint8Array;
}

/** RFC 8446 section 4.1.3. */
export function serverHello(options: HelloOptions = {}): Uint8Array {
  const {
    version = 0x0303,
    selected = 0x0304,
    suite = TLS_AES_128_GCM_SHA256,
    compression = 0,
    session = new Uint8Array(),

    // Any 32 bytes are a key, but few are of small order.
    share = new Uint8Array(32).fill(9),
    twice = false,
    random = new Uint8Array(32).fill(7),
  } = options;
  const versions = selected === null
    ? []
    : [extension(43, number(selected, 2))];
  const shares = share === null
    ? []
    : [extension(51, concatenate([number(X25519, 2), vector(2, share)]))];
  const extensions = concatenate([
    ...versions,
    ...shares,
    ...(twice ? versions : []),
  ]);
  return message(
    2,
    number(version, 2),
    random,
    vector(1, session),
    number(suite, 2),
    number(compression, 1),
    number(options.extensionLength ?? extensions.byteLength, 2),
    extensions,
  );
}
