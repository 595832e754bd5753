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
  /** For each answer to an association or release request. */
  readonly acseTimeout: number;
  /** For each echo response; undefined: `socketTimeout` holds. */
  readonly dimseTimeout: number | undefined;
  /** Our maximum length received, 4096 to 131072 bytes. */
  readonly maximumLength: number;
  /** 1 or more. */
  readonly repeat: number;
  /** How the association is ended when all echoes are answered. */
  readonly ending: "release" | "abort";
}
