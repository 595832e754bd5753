/**
 * A server of TLS 1.2 that shows the certificate of another, and signs with a
 * key of its own: what OpenSSL and the runtime refuse to be told to do. It can
 * only TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 over P-256 (RFC 5246, RFC 5288,
 * RFC 8422), and shares no code with the program under test.
 */

import {
  createCipheriv,
  createDecipheriv,
  createECDH,
  createHash,
  createHmac,
  randomBytes,
  sign,
} from "node:crypto";
import { Buffer } from "node:buffer";
import type { Issued } from "./certificates.ts";

const CHANGE_CIPHER_SPEC = 20;
const HANDSHAKE = 22;
const APPLICATION_DATA = 23;
const RSA_PKCS1_SHA256 = 0x0401;
const SECP256R1 = 23;
const SUITE = 0xc02f;

/** What came of one connection. */
export interface Theft {
  /** The client has sent its Finished: it has accepted us. */
  readonly accepted: boolean;
  /** Bytes that the client has sent for the upper layer. */
  readonly applicationData: number;
}

export interface Thief extends AsyncDisposable {
  readonly port: number;
  /** All connections that are over. */
  readonly thefts: readonly Theft[];
}

function number(value: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.writeUIntBE(value, 0, length);
  return bytes;
}

/** With its length before it. */
function vector(bytes: Uint8Array, lengthBytes: number): Buffer {
  return Buffer.concat([number(bytes.length, lengthBytes), bytes]);
}

function record(type: number, content: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(type, 3, 3), vector(content, 2)]);
}

function message(type: number, body: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(type), vector(body, 3)]);
}

/** P_SHA256 (RFC 5246 section 5). */
function prf(
  secret: Uint8Array,
  label: string,
  seed: Uint8Array,
  length: number,
): Buffer {
  const start = Buffer.concat([Buffer.from(label), seed]);
  const hmac = (data: Uint8Array): Buffer =>
    createHmac("sha256", secret).update(data).digest();
  let a = hmac(start);
  let output = Buffer.alloc(0);
  while (output.length < length) {
    output = Buffer.concat([output, hmac(Buffer.concat([a, start]))]);
    a = hmac(a);
  }
  return output.subarray(0, length);
}

/** Sends a record under the right keys, or several. */
export type Send = (
  type: number,
  content: Uint8Array,
  times?: number,
) => Promise<void>;

/** What is said once the handshake is done. */
export type Afterwards = (send: Send) => Promise<void>;

/** One connection. */
class Crime {
  accepted = false;
  applicationData = 0;
  readonly #connection: Deno.Conn;
  #transcript = Buffer.alloc(0);

  constructor(connection: Deno.Conn) {
    this.#connection = connection;
  }

  async commit(
    shown: Issued,
    key: Issued,
    afterwards: Afterwards | undefined,
  ): Promise<void> {
    const hello = await this.#read();
    if (hello?.type !== HANDSHAKE) return;
    this.#remember(hello.content);
    const clientRandom = hello.content.subarray(6, 38);
    const serverRandom = randomBytes(32);
    const ecdh = createECDH("prime256v1");
    const parameters = Buffer.concat([
      Buffer.of(3),
      number(SECP256R1, 2),
      vector(ecdh.generateKeys(), 1),
    ]);
    const signed = Buffer.concat([clientRandom, serverRandom, parameters]);
    const signature = sign("sha256", signed, key.privateKey);
    const flight = Buffer.concat([
      message(
        2,
        Buffer.concat([
          Buffer.of(3, 3),
          serverRandom,
          Buffer.of(0),
          number(SUITE, 2),
          Buffer.of(0),
          // Renegotiation is safe (RFC 5746).
          vector(Buffer.of(0xff, 1, 0, 1, 0), 2),
        ]),
      ),
      message(11, vector(vector(shown.der, 3), 3)),
      message(
        12,
        Buffer.concat([
          parameters,
          number(RSA_PKCS1_SHA256, 2),
          vector(signature, 2),
        ]),
      ),
      message(14, Buffer.alloc(0)),
    ]);
    this.#remember(flight);
    await this.#write(record(HANDSHAKE, flight));

    const exchange = await this.#read();
    if (exchange?.type !== HANDSHAKE) return;
    this.#remember(exchange.content);
    const shared = ecdh.computeSecret(exchange.content.subarray(5));
    const master = prf(
      shared,
      "master secret",
      Buffer.concat([clientRandom, serverRandom]),
      48,
    );
    const keys = prf(
      master,
      "key expansion",
      Buffer.concat([serverRandom, clientRandom]),
      40,
    );
    if ((await this.#read())?.type !== CHANGE_CIPHER_SPEC) return;
    const finished = await this.#read();
    if (finished?.type !== HANDSHAKE) return;
    this.accepted = true;
    this.#remember(
      opened(finished.content, keys.subarray(0, 16), keys.subarray(32, 36)),
    );
    const hash = createHash("sha256").update(this.#transcript).digest();
    const answer = message(20, prf(master, "server finished", hash, 12));
    await this.#write(Buffer.concat([
      record(CHANGE_CIPHER_SPEC, Buffer.of(1)),
      record(
        HANDSHAKE,
        sealed(answer, keys.subarray(16, 32), keys.subarray(36, 40)),
      ),
    ]));
    let count = 0;
    await afterwards?.(async (type, content, times = 1) => {
      const records = Array.from({ length: times }, () => {
        count++;
        const [key, salt] = [keys.subarray(16, 32), keys.subarray(36, 40)];
        return record(type, sealed(content, key, salt, type, count));
      });
      await this.#write(Buffer.concat(records));
    });
    for (;;) {
      const next = await this.#read();
      if (next === undefined) return;
      if (next.type === APPLICATION_DATA) {
        this.applicationData += next.content.length;
      }
    }
  }

  #remember(bytes: Uint8Array): void {
    this.#transcript = Buffer.concat([this.#transcript, bytes]);
  }

  async #write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      at += await this.#connection.write(bytes.subarray(at));
    }
  }

  async #read(): Promise<
    { readonly type: number; readonly content: Buffer } | undefined
  > {
    const header = await this.#exactly(5);
    if (header === undefined) return undefined;
    const content = await this.#exactly(header.readUInt16BE(3));
    return content && { type: header.readUInt8(0), content };
  }

  async #exactly(length: number): Promise<Buffer | undefined> {
    const bytes = Buffer.alloc(length);
    for (let at = 0; at < length;) {
      const count = await this.#connection.read(bytes.subarray(at));
      if (count === null) return undefined;
      at += count;
    }
    return bytes;
  }
}

/** @param count of the records before it in this direction. */
function aad(length: number, type: number, count: number): Buffer {
  return Buffer.concat([
    Buffer.alloc(2),
    number(count, 6),
    Buffer.of(type, 3, 3),
    number(length, 2),
  ]);
}

function opened(content: Buffer, key: Buffer, salt: Buffer): Buffer {
  const nonce = Buffer.concat([salt, content.subarray(0, 8)]);
  const end = content.length - 16;
  const cipher = createDecipheriv("aes-128-gcm", key, nonce);
  // The first record of each direction is the Finished.
  cipher.setAAD(aad(end - 8, HANDSHAKE, 0));
  cipher.setAuthTag(content.subarray(end));
  return Buffer.concat([
    cipher.update(content.subarray(8, end)),
    cipher.final(),
  ]);
}

function sealed(
  content: Uint8Array,
  key: Buffer,
  salt: Buffer,
  type = HANDSHAKE,
  count = 0,
): Buffer {
  const explicit = Buffer.concat([Buffer.alloc(2), number(count, 6)]);
  const cipher = createCipheriv(
    "aes-128-gcm",
    key,
    Buffer.concat([salt, explicit]),
  );
  cipher.setAAD(aad(content.length, type, count));
  const encrypted = Buffer.concat([cipher.update(content), cipher.final()]);
  return Buffer.concat([explicit, encrypted, cipher.getAuthTag()]);
}

/** @param key of RSA, as that of the certificate that is shown. */
export function startThief(
  shown: Issued,
  key: Issued,
  afterwards?: Afterwards,
): Thief {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const thefts: Theft[] = [];
  const open = new Map<Deno.Conn, Promise<void>>();
  const serve = async (connection: Deno.Conn): Promise<void> => {
    const crime = new Crime(connection);
    try {
      await crime.commit(shown, key, afterwards);
    } catch {
      // The client has reset the connection.
    }
    thefts.push(crime);
    open.delete(connection);
    connection.close();
  };
  const accepting = (async (): Promise<void> => {
    for await (const connection of listener) {
      open.set(connection, serve(connection));
    }
  })();
  return {
    port: listener.addr.port,
    thefts,
    async [Symbol.asyncDispose](): Promise<void> {
      listener.close();
      await accepting;
      const serving = [...open.values()];
      for (const connection of open.keys()) connection.close();
      await Promise.allSettled(serving);
    },
  };
}
