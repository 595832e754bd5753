/** Writes a capture file of one TCP connection, without capturing anything. */

/** What one side sends before it waits for the other. */
export interface Segment {
  readonly from: "client" | "server";
  readonly bytes: Uint8Array;
}

const CLIENT = { address: 0x7f000001, port: 50000 };
const SERVER_ADDRESS = 0x7f000002;

const MAGIC = 0xa1b2c3d4;
const LINK_TYPE_RAW_IP = 101;
const MAXIMUM_PACKET = 65_535;
const MAXIMUM_SEGMENT = 1460;
const IP_HEADER = 20;
const TCP_HEADER = 20;
const PROTOCOL_TCP = 6;
const SYN = 0x02;
const ACK = 0x10;
const PUSH_ACK = 0x18;

/** Header of the file format of libpcap 2.4, big-endian. */
function fileHeader(): Uint8Array {
  const header = new DataView(new ArrayBuffer(24));
  header.setUint32(0, MAGIC);
  header.setUint16(4, 2);
  header.setUint16(6, 4);
  header.setUint32(16, MAXIMUM_PACKET);
  header.setUint32(20, LINK_TYPE_RAW_IP);
  return new Uint8Array(header.buffer);
}

/** The state of the connection that the headers tell of. */
class Connection {
  readonly #port: number;
  readonly #sent = { client: 0, server: 0 };
  readonly #parts: Uint8Array[] = [fileHeader()];
  #packets = 0;

  constructor(port: number) {
    this.#port = port;
  }

  /** SYN counts as one byte of the sequence. */
  packet(
    from: "client" | "server",
    flags: number,
    payload: Uint8Array = new Uint8Array(0),
  ): void {
    const to = from === "client" ? "server" : "client";
    const length = IP_HEADER + TCP_HEADER + payload.length;
    const record = new DataView(new ArrayBuffer(16));
    record.setUint32(0, 1_000_000_000);
    record.setUint32(4, ++this.#packets * 1000);
    record.setUint32(8, length);
    record.setUint32(12, length);

    const ends = {
      client: CLIENT,
      server: { address: SERVER_ADDRESS, port: this.#port },
    };
    const header = new DataView(new ArrayBuffer(IP_HEADER + TCP_HEADER));
    header.setUint8(0, 0x45);
    header.setUint16(2, length);
    header.setUint8(8, 64);
    header.setUint8(9, PROTOCOL_TCP);
    header.setUint32(12, ends[from].address);
    header.setUint32(16, ends[to].address);
    header.setUint16(20, ends[from].port);
    header.setUint16(22, ends[to].port);
    header.setUint32(24, this.#sent[from]);
    header.setUint32(28, flags === SYN ? 0 : this.#sent[to]);
    header.setUint8(32, 0x50);
    header.setUint8(33, flags);
    header.setUint16(34, 65_535);
    this.#sent[from] += payload.length + ((flags & SYN) !== 0 ? 1 : 0);
    this.#parts.push(
      new Uint8Array(record.buffer),
      new Uint8Array(header.buffer),
      payload,
    );
  }

  async file(): Promise<Uint8Array> {
    return new Uint8Array(
      await new Blob(this.#parts.map((part) => new Uint8Array(part)))
        .arrayBuffer(),
    );
  }
}

/** A connection to `port` from its handshake on, left open at the end. */
export async function capture(
  segments: readonly Segment[],
  port: number,
): Promise<Uint8Array> {
  const connection = new Connection(port);
  connection.packet("client", SYN);
  connection.packet("server", SYN | ACK);
  connection.packet("client", ACK);
  for (const { from, bytes } of segments) {
    for (let at = 0; at < bytes.length; at += MAXIMUM_SEGMENT) {
      const piece = bytes.subarray(at, at + MAXIMUM_SEGMENT);
      connection.packet(from, PUSH_ACK, piece);
      connection.packet(from === "client" ? "server" : "client", ACK);
    }
  }
  return await connection.file();
}
