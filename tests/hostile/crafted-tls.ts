/**
 * A server of TLS 1.3 that says what it is told to, under the right keys: only
 * X25519 and TLS_AES_128_GCM_SHA256 (RFC 8446). It shares no code with the
 * program under test.
 */

import { concatenate } from "../../lib/base/writer.ts";
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  sign,
} from "node:crypto";
import { Buffer } from "node:buffer";
import type { Issued } from "../support/certificates.ts";
import {
  APPLICATION_DATA,
  CHANGE_CIPHER_SPEC,
  HANDSHAKE,
  message,
  number,
  record,
  serverHello,
  vector,
} from "./tls-records.ts";

const NOTHING = new Uint8Array();
const HASH_LENGTH = 32;

function hash(...parts: readonly Uint8Array[]): Uint8Array {
  return createHash("sha256").update(concatenate(parts)).digest();
}

function hmac(key: Uint8Array, data: Uint8Array): Uint8Array {
  return createHmac("sha256", key).update(data).digest();
}

/** HKDF-Expand-Label (RFC 8446 section 7.1); one block is enough. */
function expand(
  secret: Uint8Array,
  label: string,
  context: Uint8Array,
  length: number,
): Uint8Array {
  const info = concatenate([
    number(length, 2),
    vector(1, new TextEncoder().encode(`tls13 ${label}`)),
    vector(1, context),
    Uint8Array.of(1),
  ]);
  return hmac(secret, info).subarray(0, length);
}

function derive(
  secret: Uint8Array,
  label: string,
  ...transcript: readonly Uint8Array[]
): Uint8Array {
  return expand(secret, label, hash(...transcript), HASH_LENGTH);
}

/** One direction under one traffic secret (RFC 8446 section 5). */
class Keys {
  #secret: Uint8Array;
  #key: Uint8Array;
  #iv: Uint8Array;
  #count = 0;

  constructor(secret: Uint8Array) {
    this.#secret = secret;
    this.#key = expand(secret, "key", NOTHING, 16);
    this.#iv = expand(secret, "iv", NOTHING, 12);
  }

  /** After a KeyUpdate (section 7.2). */
  update(): void {
    this.#secret = expand(this.#secret, "traffic upd", NOTHING, HASH_LENGTH);
    this.#key = expand(this.#secret, "key", NOTHING, 16);
    this.#iv = expand(this.#secret, "iv", NOTHING, 12);
    this.#count = 0;
  }

  #nonce(): Uint8Array {
    const count = number(this.#count++, 12);
    return this.#iv.map((byte, at) => byte ^ (count[at] ?? 0));
  }

  /** @param inner content, its type, and padding. */
  seal(inner: Uint8Array): Uint8Array {
    const header = concatenate([
      Uint8Array.of(APPLICATION_DATA, 3, 3),
      number(inner.byteLength + 16, 2),
    ]);
    const cipher = createCipheriv("aes-128-gcm", this.#key, this.#nonce());
    cipher.setAAD(header);
    return concatenate([
      header,
      cipher.update(inner),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
  }

  open(header: Uint8Array, body: Uint8Array): Uint8Array {
    const end = body.byteLength - 16;
    const cipher = createDecipheriv("aes-128-gcm", this.#key, this.#nonce());
    cipher.setAAD(header);
    cipher.setAuthTag(body.subarray(end));
    return concatenate([cipher.update(body.subarray(0, end)), cipher.final()]);
  }
}

/** The messages of the encrypted part of a handshake. */
export interface Flight {
  readonly extensions: Uint8Array;
  readonly certificate: Uint8Array;
  readonly verify: Uint8Array;
  readonly finished: Uint8Array;
}

/** Under keys of the handshake, then of what comes after it. */
export class CraftedSession {
  readonly #connection: Deno.TcpConn;
  readonly #identity: Issued;
  #held = new Uint8Array();
  #out: Keys | undefined;
  #in: Keys | undefined;
  #outLater: Keys | undefined;
  #inLater: Keys | undefined;
  /** What the client has said, "ALERT(2,51)", "FINISHED", "DATA". */
  readonly heard: string[] = [];

  constructor(connection: Deno.TcpConn, identity: Issued) {
    this.#connection = connection;
    this.#identity = identity;
  }

  /** Up to the ServerHello; what is to come is the caller's. */
  async greet(): Promise<Flight> {
    const [, hello] = await this.#record();
    const parsed = clientHello(hello);
    const own = generateKeyPairSync("x25519");
    const theirs = createPublicKey({
      key: { kty: "OKP", crv: "X25519", x: base64url(parsed.share) },
      format: "jwk",
    });
    const jwk = own.publicKey.export({ format: "jwk" });
    const greeting = serverHello({
      session: parsed.session,
      share: new Uint8Array(Buffer.from(jwk.x ?? "", "base64url")),
    });
    const shared = diffieHellman({
      privateKey: own.privateKey,
      publicKey: theirs,
    });
    const zeros = new Uint8Array(HASH_LENGTH);
    const early = hmac(zeros, zeros);
    const secret = hmac(derive(early, "derived"), shared);
    const client = derive(secret, "c hs traffic", hello, greeting);
    const server = derive(secret, "s hs traffic", hello, greeting);
    const master = hmac(derive(secret, "derived"), zeros);
    this.#in = new Keys(client);
    this.#out = new Keys(server);

    const extensions = message(8, vector(2));
    const certificate = certificateMessage(this.#identity.der);
    const begun = [hello, greeting, extensions, certificate];
    const verify = message(
      15,
      number(0x0403, 2),
      vector(
        2,
        sign(
          "sha256",
          concatenate([
            new Uint8Array(64).fill(0x20),
            new TextEncoder().encode("TLS 1.3, server CertificateVerify\0"),
            hash(...begun),
          ]),
          this.#identity.privateKey,
        ),
      ),
    );
    const key = expand(server, "finished", NOTHING, HASH_LENGTH);
    const finished = message(20, hmac(key, hash(...begun, verify)));
    const whole = [...begun, verify, finished];
    this.#inLater = new Keys(derive(master, "c ap traffic", ...whole));
    this.#outLater = new Keys(derive(master, "s ap traffic", ...whole));
    await this.write(record(HANDSHAKE, greeting));
    return { extensions, certificate, verify, finished };
  }

  /** The handshake as it should be. */
  async shake(): Promise<void> {
    const { extensions, certificate, verify, finished } = await this.greet();
    await this.write(
      this.sealed(HANDSHAKE, extensions, certificate, verify, finished),
    );
    this.finish();
  }

  /** Our Finished has gone: from here on the other keys are ours. */
  finish(): void {
    this.#out = this.#outLater;
  }

  /** A record of the present keys. */
  sealed(type: number, ...content: readonly Uint8Array[]): Uint8Array {
    return this.sealedInner(concatenate([...content, Uint8Array.of(type)]));
  }

  sealedInner(inner: Uint8Array): Uint8Array {
    if (this.#out === undefined) throw new Error("there are no keys yet");
    return this.#out.seal(inner);
  }

  /** A KeyUpdate under the old key (RFC 8446 section 4.6.3). */
  keyUpdate(request: number): Uint8Array {
    const sealed = this.sealed(HANDSHAKE, message(24, Uint8Array.of(request)));
    this.#out?.update();
    return sealed;
  }

  async write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.byteLength;) {
      at += await this.#connection.write(bytes.subarray(at));
    }
  }

  /** Again and again, until nobody takes it any more. */
  async flood(next: () => Uint8Array): Promise<never> {
    for (;;) {
      await this.write(concatenate(Array.from({ length: 20 }, next)));
      // Both ends are in one process: the other one is to have its turn.
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  }

  async halfClose(): Promise<void> {
    await this.#connection.closeWrite();
  }

  /** Takes down what the client says, until it closes. */
  async listen(): Promise<void> {
    for (;;) {
      const [header, body] = await this.#record();
      if (header[0] === CHANGE_CIPHER_SPEC) continue;
      if (header[0] !== APPLICATION_DATA || this.#in === undefined) {
        this.heard.push(named(header[0], body));
        continue;
      }
      const inner = this.#in.open(header, body);
      const type = inner.at(-1);
      const content = inner.subarray(0, -1);
      if (type === HANDSHAKE && content[0] === 20) {
        this.heard.push("FINISHED");
        this.#in = this.#inLater;
      } else {
        this.heard.push(named(type, content));
        if (type === HANDSHAKE && content[0] === 24) this.#in.update();
      }
    }
  }

  async #record(): Promise<readonly [Uint8Array, Uint8Array]> {
    const header = await this.#exactly(5);
    return [header, await this.#exactly(lengthAt(header, 3))];
  }

  async #exactly(length: number): Promise<Uint8Array> {
    const chunk = new Uint8Array(65_536);
    while (this.#held.byteLength < length) {
      const count = await this.#connection.read(chunk);
      if (count === null) throw new Error("the client has closed");
      this.#held = Uint8Array.from([
        ...this.#held,
        ...chunk.subarray(0, count),
      ]);
    }
    const bytes = this.#held.slice(0, length);
    this.#held = this.#held.slice(length);
    return bytes;
  }
}

function named(type: number | undefined, content: Uint8Array): string {
  const [first, second] = content;
  if (type === 21) return `ALERT(${first},${second})`;
  if (type === HANDSHAKE) return `MESSAGE ${first}`;
  return type === APPLICATION_DATA ? "DATA" : `record ${type}`;
}

function lengthAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64url");
}

/** RFC 8446 section 4.4.2; each entry without extensions. */
export function certificateMessage(...ders: readonly Uint8Array[]): Uint8Array {
  const entries = ders.map((der) =>
    concatenate([vector(3, der), number(0, 2)])
  );
  return message(11, vector(1), vector(3, ...entries));
}

const KEY_SHARE = 51;
const X25519 = 0x001d;

/** The session ID and the X25519 share of a ClientHello. */
function clientHello(
  hello: Uint8Array,
): { readonly session: Uint8Array; readonly share: Uint8Array } {
  let at = 4 + 2 + 32;
  const session = hello.subarray(at + 1, at + 1 + (hello[at] ?? 0));
  at += 1 + session.byteLength;
  at += 2 + lengthAt(hello, at);
  at += 1 + (hello[at] ?? 0);
  for (at += 2; at < hello.byteLength; at += 4 + lengthAt(hello, at + 2)) {
    if (lengthAt(hello, at) !== KEY_SHARE) continue;
    const end = at + 4 + lengthAt(hello, at + 2);
    for (let one = at + 6; one < end; one += 4 + lengthAt(hello, one + 2)) {
      if (lengthAt(hello, one) !== X25519) continue;
      return { session, share: hello.subarray(one + 4, one + 36) };
    }
  }
  throw new Error("the client has no share of X25519");
}

/** What the server does on its one connection, after which it closes. */
export type Play = (session: CraftedSession) => Promise<void>;

export interface CraftedServer extends AsyncDisposable {
  readonly port: number;
  /** What the client has said, when the connection is over. */
  heard(): Promise<string>;
}

/** Listens on a free port of 127.0.0.1, for one client. */
export function startCraftedServer(
  identity: Issued,
  play: Play,
): CraftedServer {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  let connection: Deno.TcpConn | undefined;
  let session: CraftedSession | undefined;
  const serve = async (): Promise<void> => {
    connection = await listener.accept();
    connection.setNoDelay(true);
    session = new CraftedSession(connection, identity);
    await play(session);
  };
  const serving = serve().catch(() => {}).then(() => close());
  const close = (): void => {
    try {
      connection?.close();
    } catch {
      // It is closed.
    }
  };
  return {
    port: listener.addr.port,
    heard: async () => {
      await serving;
      return session?.heard.join(" ") ?? "";
    },
    async [Symbol.asyncDispose](): Promise<void> {
      listener.close();
      close();
      await serving;
    },
  };
}
