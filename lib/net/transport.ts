/** What the upper layer needs of a transport connection, and how it fails. */

import type { AddressFamily } from "../base/address-family.ts";
import type { Condition } from "../base/condition.ts";
import type { Deadline } from "./deadline.ts";

/** A connected byte stream. One reader and one writer at a time. */
export interface Transport {
  /**
   * Reads at least one byte into `buffer` and tells how many; 0 at the end of
   * the stream. A pending read settles when the transport is closed.
   *
   * @throws {TransportError} on a reset or any other fault.
   */
  read(buffer: Uint8Array): Promise<number>;
  /**
   * Writes all of `bytes`, in one segment where the system can.
   *
   * @throws {TransportError} on a reset or any other fault.
   */
  write(bytes: Uint8Array): Promise<void>;
  /** Tells the peer that nothing more will come; reading goes on. */
  closeWrite(): Promise<void>;
  /** Closes both directions at once. Idempotent, never throws. */
  close(): void;
}

/** Why a transport failed, apart from the text that names it. */
export type TransportFault =
  | "illegal-peer"
  | "unknown-host"
  | "refused"
  | "unreachable"
  | "timeout"
  | "interrupted"
  | "reset"
  | "tls"
  /** This process, or this machine, has no descriptor left. */
  | "exhausted"
  | "other";

/** The one error of this layer. */
export class TransportError extends Error {
  override readonly name = "TransportError";
  constructor(
    readonly fault: TransportFault,
    readonly condition: Condition,
    options?: ErrorOptions,
  ) {
    super(condition.text, options);
  }
}

/**
 * Whether the runtime says that this process, or this machine, has no
 * descriptor left: ENFILE, EMFILE, and that of Windows.
 */
export function isOutOfDescriptors(text: string): boolean {
  return /\(os error (23|24|10024)\)/.test(text);
}

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

/** A connected transport that is to carry something safer. */
export interface SecureRequest {
  /** Nothing has been sent or read on it. */
  readonly transport: Transport;
  /** A further connection to the same peer, for a second attempt. */
  readonly reconnect: () => Promise<Transport>;
  /** As it was connected to. */
  readonly host: string;
  /** Bounds all attempts together. */
  readonly deadline: Deadline;
}

/**
 * Puts a secure transport on top of a plain one, which it closes if it fails.
 *
 * @throws {TransportError}
 */
export type Secure = (request: SecureRequest) => Promise<Transport>;
