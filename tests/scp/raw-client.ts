/** A client that speaks raw bytes, and shares no code with the SCP. */

import { big, item, pdu, text } from "../support/pdus.ts";

/** A proposed presentation context (PS3.8 Table 9-13). */
export interface Proposed {
  readonly id: number;
  readonly abstractSyntax?: string;
  readonly transferSyntaxes?: readonly string[];
}

export interface RequestOptions {
  readonly protocolVersion?: number;
  readonly calledAeTitle?: string;
  readonly applicationContext?: string;
  readonly contexts?: readonly Proposed[];
  readonly maximumLength?: number;
}

/** A-ASSOCIATE-RQ (PS3.8 Table 9-11). */
export function associateRequest(options: RequestOptions = {}): Uint8Array {
  const {
    protocolVersion = 1,
    calledAeTitle = "ANY-SCP",
    applicationContext = "1.2.840.10008.3.1.1.1",
    contexts = [{ id: 1 }],
    maximumLength = 16384,
  } = options;
  return pdu(
    0x01,
    big(protocolVersion, 2),
    "0000",
    text(calledAeTitle.padEnd(16)),
    text("ECHOSCU         "),
    "00".repeat(32),
    item(0x10, text(applicationContext)),
    ...contexts.map((context) =>
      item(
        0x20,
        big(context.id, 1),
        "000000",
        item(0x30, text(context.abstractSyntax ?? "1.2.840.10008.1.1")),
        ...(context.transferSyntaxes ?? ["1.2.840.10008.1.2"])
          .map((uid) => item(0x40, text(uid))),
      )
    ),
    item(0x50, item(0x51, big(maximumLength, 4))),
  );
}

/** ID, result and transfer syntax of each context in an A-ASSOCIATE-AC. */
export function contextResults(
  accept: Uint8Array,
): readonly (readonly [number, number, string])[] {
  const view = new DataView(accept.buffer, accept.byteOffset);
  const results: [number, number, string][] = [];
  for (let at = 74; at < accept.byteLength;) {
    const length = view.getUint16(at + 2);
    if (view.getUint8(at) === 0x21) {
      const syntax = accept.subarray(at + 12, at + 4 + length);
      results.push([
        view.getUint8(at + 4),
        view.getUint8(at + 6),
        new TextDecoder("latin1").decode(syntax),
      ]);
    }
    at += 4 + length;
  }
  return results;
}

/** A port, or one of TLS, with the name and the PEM of who is trusted. */
export type Destination = number | {
  readonly port: number;
  readonly tls: { readonly serverName: string; readonly authority: string };
};

/** One connection; disposing of it closes it. */
export class RawClient implements Disposable {
  readonly #connection: Deno.TcpConn | Deno.TlsConn;
  #held = new Uint8Array(0);
  #closed = false;

  private constructor(connection: Deno.TcpConn | Deno.TlsConn) {
    this.#connection = connection;
  }

  static async connect(
    to: Destination,
    hostname = "127.0.0.1",
  ): Promise<RawClient> {
    const { port, tls } = typeof to === "number"
      ? { port: to, tls: undefined }
      : to;
    const connection = await Deno.connect({ hostname, port });
    if (tls === undefined) return new RawClient(connection);
    connection.setNoDelay(true);
    const { serverName, authority } = tls;
    return new RawClient(
      await Deno.startTls(connection, {
        hostname: serverName,
        caCerts: [authority],
      }),
    );
  }

  async send(...parts: readonly Uint8Array[]): Promise<void> {
    const bytes = Uint8Array.from(parts.flatMap((part) => [...part]));
    for (let at = 0; at < bytes.byteLength;) {
      at += await this.#connection.write(bytes.subarray(at));
    }
  }

  /** The next PDU; undefined at the end of the stream. */
  async receive(): Promise<Uint8Array | undefined> {
    for (;;) {
      const held = this.#held;
      if (held.byteLength >= 6) {
        const end = 6 + new DataView(held.buffer, held.byteOffset).getUint32(2);
        if (held.byteLength >= end) {
          this.#held = held.slice(end);
          return held.slice(0, end);
        }
      }
      const chunk = new Uint8Array(65536);
      const length = await this.#connection.read(chunk);
      if (length === null) return undefined;
      this.#held = Uint8Array.from([...held, ...chunk.subarray(0, length)]);
    }
  }

  /** Requests an association and gives the answer. */
  async associate(options?: RequestOptions): Promise<Uint8Array | undefined> {
    await this.send(associateRequest(options));
    return await this.receive();
  }

  [Symbol.dispose](): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#connection.close();
  }
}
