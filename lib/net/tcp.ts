/** TCP connections through the runtime's own sockets. */

import type { AddressFamily } from "../base/address-family.ts";
import {
  type Condition,
  illegalServiceParameter,
  tcpInitializationError,
  unknownHost,
} from "../base/condition.ts";
import { type Deadline, ExpiredError } from "./deadline.ts";
import { type PeerAddress, peerAddress } from "./peer-address.ts";
import {
  type Transport,
  TransportError,
  type TransportFault,
} from "./transport.ts";

/** Where to connect to, and within which bounds. */
export interface ConnectRequest {
  readonly host: string;
  readonly port: number;
  readonly addressFamily: AddressFamily;
  /** Bounds look-up and connecting together. */
  readonly deadline: Deadline;
}

/** Opens a transport; injected wherever a connection is made. */
export type Connect = (request: ConnectRequest) => Promise<Transport>;

/**
 * Looks the host up and connects to the first of its addresses that answers
 * (RFC 8305), with Nagle's algorithm off.
 *
 * @throws {TransportError} for every failure, with the reference's condition.
 */
export const connectTcp: Connect = async (request) => {
  const address = peerAddress(request.host, request.addressFamily);
  if (address === undefined) {
    throw new TransportError(
      "illegal-peer",
      illegalServiceParameter(`${request.host}:${request.port}`),
    );
  }
  const abandon = new AbortController();
  try {
    const connection = await request.deadline.race(
      open(address, request.port, abandon.signal),
    );
    connection.setNoDelay(true);
    return new TcpTransport(connection);
  } catch (error) {
    abandon.abort();
    throw connectError(error, request.host);
  }
};

async function open(
  address: PeerAddress,
  port: number,
  signal: AbortSignal,
): Promise<Deno.TcpConn> {
  const hostnames = address.kind === "name-in-family"
    ? await addressesOf(address.host, address.family)
    : [address.host];
  let failure: unknown;
  for (const hostname of hostnames) {
    try {
      const connection = await Deno.connect({ hostname, port, signal });
      if (!signal.aborted) return connection;
      connection.close();
    } catch (error) {
      failure = error;
    }
    signal.throwIfAborted();
  }
  throw failure;
}

/**
 * The addresses of one family. The runtime's own look-up knows DNS only, not
 * the hosts file, so this one comes from its Node.js side, loaded on demand.
 */
async function addressesOf(host: string, family: 4 | 6): Promise<string[]> {
  const { lookup } = await import("node:dns/promises");
  const found = await lookup(host, { family, all: true });
  return found.map(({ address }) => address);
}

function connectError(error: unknown, host: string): TransportError {
  const [fault, condition] = diagnose(error, host);
  return new TransportError(fault, condition, { cause: error });
}

function diagnose(error: unknown, host: string): [TransportFault, Condition] {
  if (error instanceof ExpiredError) {
    return [
      error.expiry,
      tcpInitializationError(
        error.expiry === "timeout"
          ? "Operation now in progress (Timeout)"
          : "Interrupted system call",
      ),
    ];
  }
  const message = error instanceof Error ? error.message : String(error);
  if (isLookupFailure(error, message)) {
    return ["unknown-host", unknownHost(host)];
  }
  return [connectFault(error), tcpInitializationError(systemText(message))];
}

function isLookupFailure(error: unknown, message: string): boolean {
  return error instanceof URIError ||
    message.startsWith("failed to lookup address information") ||
    /\b(ENOTFOUND|EAI_[A-Z]+|ENODATA)\b/.test(message);
}

function connectFault(error: unknown): TransportFault {
  if (error instanceof Deno.errors.ConnectionRefused) return "refused";
  if (
    error instanceof Deno.errors.NetworkUnreachable ||
    /os error (101|113|10051|10065)\)/.test(String(error))
  ) return "unreachable";
  if (error instanceof Deno.errors.TimedOut) return "timeout";
  return "other";
}

/** The system's own text, without the number that the runtime adds. */
function systemText(message: string): string {
  return message.replace(/ \(os error -?\d+\)$/, "");
}

/** A TCP connection, from either end. */
export class TcpTransport implements Transport {
  readonly #connection: Deno.TcpConn;
  #closed = false;

  constructor(connection: Deno.TcpConn) {
    this.#connection = connection;
  }

  async read(buffer: Uint8Array): Promise<number> {
    try {
      return await this.#connection.read(buffer) ?? 0;
    } catch (error) {
      throw this.#fault(error);
    }
  }

  async write(bytes: Uint8Array): Promise<void> {
    try {
      let written = 0;
      while (written < bytes.byteLength) {
        written += await this.#connection.write(bytes.subarray(written));
      }
    } catch (error) {
      throw this.#fault(error);
    }
  }

  async closeWrite(): Promise<void> {
    try {
      await this.#connection.closeWrite();
    } catch (error) {
      throw this.#fault(error);
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#connection.close();
  }

  #fault(error: unknown): TransportError {
    const message = error instanceof Error ? error.message : String(error);
    return new TransportError(
      isReset(error) || this.#closed ? "reset" : "other",
      tcpInitializationError(systemText(message)),
      { cause: error },
    );
  }
}

function isReset(error: unknown): boolean {
  return error instanceof Deno.errors.ConnectionReset ||
    error instanceof Deno.errors.ConnectionAborted ||
    error instanceof Deno.errors.BrokenPipe ||
    error instanceof Deno.errors.NotConnected;
}
