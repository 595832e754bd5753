/** TCP connections through the runtime's own sockets. */

import {
  type Condition,
  illegalServiceParameter,
  tcpInitializationError,
  unknownHost,
} from "../base/condition.ts";
import { errorText } from "../base/text.ts";
import { ExpiredError } from "./deadline.ts";
import { type PeerAddress, peerAddress } from "./peer-address.ts";
import {
  type Connect,
  isOutOfDescriptors,
  type Transport,
  TransportError,
  type TransportFault,
} from "./transport.ts";

/**
 * Opens a connection to an address, giving up when the signal is raised if it
 * has asked for that. Rejects as the runtime does.
 */
export type OpenTcp = (
  address: PeerAddress,
  port: number,
  signal: () => AbortSignal,
) => Promise<Deno.TcpConn>;

/**
 * Connects by `open`, within the deadline, with Nagle's algorithm off.
 *
 * The result throws TransportError for every failure, with the reference's
 * condition.
 */
export function connectBy(open: OpenTcp): Connect {
  return async (request) => {
    const { host, port, addressFamily, deadline } = request;
    const address = peerAddress(host, addressFamily);
    if (address === undefined) {
      throw new TransportError(
        "illegal-peer",
        illegalServiceParameter(`${host}:${port}`),
      );
    }
    let abandon: AbortController | undefined;
    const signal = (): AbortSignal =>
      (abandon ??= new AbortController()).signal;
    const opening = open(address, port, signal);
    try {
      return new TcpTransport(await deadline.race(opening));
    } catch (error) {
      abandon?.abort();
      opening.then((connection) => connection.close(), () => {});
      throw connectError(error, host);
    }
  };
}

/**
 * Looks the host up and connects to the first of its addresses that answers
 * (RFC 8305), with Nagle's algorithm off.
 *
 * @throws {TransportError} for every failure, with the reference's condition.
 */
export const connectTcp: Connect = connectBy((address, port, signal) =>
  address.kind === "any"
    ? Deno.connect({ hostname: address.host, port, signal: signal() })
    : inFamily(address, port, signal())
);

/**
 * The same for a program that ends with its one connection: an attempt that is
 * given up is left to the system, and nothing of the runtime's is loaded that
 * could take it back.
 */
export const connectTcpAlone: Connect = connectBy((address, port, signal) =>
  address.kind === "any"
    ? Deno.connect({ hostname: address.host, port })
    : inFamily(address, port, signal())
);

async function inFamily(
  address: Extract<PeerAddress, { kind: "name-in-family" }>,
  port: number,
  signal: AbortSignal,
): Promise<Deno.TcpConn> {
  const { connectInFamily }: typeof import("./connect-in-family.ts") =
    await import(import.meta.resolve("./connect-in-family.ts"));
  return await connectInFamily(address, port, signal);
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
  const message = errorText(error);
  if (isLookupFailure(error, message)) {
    return ["unknown-host", unknownHost(host)];
  }
  return [connectFault(error), tcpInitializationError(systemText(message))];
}

function isLookupFailure(error: unknown, message: string): boolean {
  return error instanceof URIError ||
    message.startsWith("failed to lookup address information") ||
    /\b(ENOTFOUND|EAI_[A-Z]+|ENODATA)\b/.test(message) ||
    // Windows: host not found, try again, no recovery, no data.
    /\(os error 1100[1-4]\)/.test(message);
}

function connectFault(error: unknown): TransportFault {
  if (error instanceof Deno.errors.ConnectionRefused) return "refused";
  if (
    error instanceof Deno.errors.NetworkUnreachable ||
    /os error (101|113|10051|10065)\)/.test(String(error))
  ) return "unreachable";
  if (error instanceof Deno.errors.TimedOut) return "timeout";
  if (isOutOfDescriptors(String(error))) return "exhausted";
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
    connection.setNoDelay(true);
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
      let written = await this.#connection.write(bytes);
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
    const message = errorText(error);
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
