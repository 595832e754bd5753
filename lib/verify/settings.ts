/** How one verification is to be made. */

import type { AddressFamily } from "../base/address-family.ts";

/** Times are in seconds. */
export interface VerificationSettings {
  readonly peer: string;
  /** 1 to 65535. */
  readonly port: number;
  readonly addressFamily: AddressFamily;
  /** As given: not yet cut to 16 bytes. */
  readonly callingAeTitle: string;
  /** As given: not yet cut to 16 bytes. */
  readonly calledAeTitle: string;
  /** How many of the transfer syntaxes of base/uids.ts, from the first. */
  readonly transferSyntaxCount: number;
  /** 1 to 128. */
  readonly presentationContextCount: number;
  /** Name look-up and connecting; undefined: as long as the system tries. */
  readonly connectTimeout: number | undefined;
  /** Inactivity of the socket; 0 and -1: no limit. */
  readonly socketTimeout: number;
  readonly acseTimeout: number;
  readonly dimseTimeout: number | undefined;
  /** Our maximum length received, 4096 to 131072. */
  readonly maximumLength: number;
  /** 1 or more. */
  readonly repeat: number;
  readonly ending: "release" | "abort";
}
