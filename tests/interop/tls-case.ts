/** What one case of TLS consists of. */

import type { Run } from "../support/run.ts";
import { HOST, PORT } from "./case.ts";
import type { PeerName } from "./tls-certificates.ts";
import type { TlsDeviation } from "./tls-deviations.ts";
import type { TlsPeer } from "./tls-peers.ts";

/** In a line: a day and a time of it. */
export const DATE = "<date>";

/** A line as it must be but for `DATE`, or what it must look like. */
export type Line = string | RegExp;

export interface TlsCase {
  /** What is shown, in a few words; unique in its group. */
  readonly name: string;
  /** `PORT` in them stands for the peer's. */
  readonly args: readonly string[];
  /** Who listens at `PORT`; nobody is started if it is not given. */
  readonly peer?: TlsPeer;
  readonly stdin?: string;
  readonly exit: number;
  /** All of standard error, if it is not empty. */
  readonly says?: readonly Line[];
  /** All of standard output, if it is not empty. */
  readonly prints?: readonly Line[];
  /**
   * What the reference does with the same: the same exit code, the same first
   * line on standard error and the same on standard output if nothing is said;
   * else where it differs, or why it is not asked.
   */
  readonly reference?: Differing | { readonly not: string };
}

/** How the reference differs, and by which deviation. */
export interface Differing {
  readonly deviation: TlsDeviation;
  readonly exit: Run["exit"];
  /** Its first line, if it says anything. */
  readonly first?: Line;
  /** Its standard output is another. */
  readonly otherOutput?: true;
}

/** An option or a profile is not known to the reference. */
export const NEWER_OPTION = {
  reference: { not: "the reference has no such option" },
} as const;

/** For a first line of the reference that is a mere number. */
export const OPENSSL_ERROR = /^E: OpenSSL error [0-9a-f]{8}: /;

export const FAILED = "F: Association Request Failed: ";
export const NOT_VERIFIED =
  `${FAILED}000b:0886 TLS error: certificate verify failed`;

/** Trusts what most peers are issued by, and shows no certificate. */
export const TRUSTING = ["+tla", "+cf", "root.pem"] as const;

/** DCMTK's SCP, which asks for no certificate. */
export function storescp(
  identity: PeerName,
  ...args: readonly string[]
): TlsPeer {
  return { kind: "storescp", identity, args: ["-ic", ...args] };
}

export function sServer(
  identity: PeerName,
  ...args: readonly string[]
): TlsPeer {
  return { kind: "s_server", identity, args };
}

/** A case that verifies, quietly. */
export function verified(
  name: string,
  peer: TlsPeer,
  options: readonly string[] = TRUSTING,
  more: Partial<TlsCase> = {},
): TlsCase {
  return { name, peer, args: [...options, HOST, PORT], exit: 0, ...more };
}

/** A case that fails with these lines. */
export function failing(
  name: string,
  peer: TlsPeer,
  options: readonly string[],
  says: readonly Line[],
  more: Partial<TlsCase> = {},
): TlsCase {
  return { name, peer, args: [...options, HOST, PORT], exit: 1, says, ...more };
}

/** The peer's certificate is refused, for this reason. */
export function untrusted(
  name: string,
  peer: TlsPeer,
  options: readonly string[],
  reason: Line,
  more: Partial<TlsCase> = {},
): TlsCase {
  return failing(name, peer, options, [NOT_VERIFIED, reason], more);
}

/** Why a certificate is refused, as in the catalogue. */
export function x509(code: string, words: string, detail: string): string {
  return `F: 000b:${code} X.509 certificate verification error - ${words}: ` +
    detail;
}

/** How the reference goes on where a file that is not usable is an error. */
export function differing(
  deviation: TlsDeviation,
  exit: Run["exit"],
  first?: Line,
): Pick<TlsCase, "reference"> {
  return {
    reference: { deviation, exit, ...(first === undefined ? {} : { first }) },
  };
}
