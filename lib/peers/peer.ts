/** A peers file, read: whom to check, and what could not be understood. */

import type { Target } from "../result/types.ts";
import type { TlsSettings } from "../tls/settings.ts";
import type { VerificationSettings } from "../verify/settings.ts";

/** One row of a peers file. */
export interface Peer {
  /** Where it begins, from 1. */
  readonly line: number;
  readonly target: Target;
  readonly settings: VerificationSettings;
  /**
   * Undefined: TCP as it is. Peers that ask for the same share one object, so
   * that files need not be loaded for each.
   */
  readonly tls: TlsSettings | undefined;
}

/** What could not be understood, ready to print. */
export interface PeersProblem {
  /** From 1; undefined: it is about the file as a whole. */
  readonly line: number | undefined;
  readonly text: string;
}

export interface PeersFile {
  /** In the order of the file. */
  readonly peers: readonly Peer[];
  /** In the order in which they were found; each row that is left out has one. */
  readonly problems: readonly PeersProblem[];
}

/** What holds for a peer that says nothing else: the command line. */
export interface PeerDefaults {
  /** `peer` and `port` are not looked at. */
  readonly settings: VerificationSettings;
  /** Undefined: TCP as it is. */
  readonly tls: TlsSettings | undefined;
}

/** What a cell holds; several values only where a list is allowed. */
export type Value = string | readonly string[];

/** One entry of a file, whatever its format; values not yet looked at. */
export interface Row {
  /** Where it begins, from 1. */
  readonly line: number;
  /** By the names of the file, as they are written there. */
  readonly fields: ReadonlyMap<string, Value>;
}

/** What a format gives: rows, and entries that are none. */
export interface Rows {
  /** To be gone through once: they may be made on the way. */
  readonly rows: Iterable<Row>;
  /** Complete when all rows were gone through. */
  readonly problems: readonly PeersProblem[];
}

/** No more entries than this are read. */
export const MOST_PEERS = 100_000;

/** "line 7: port is missing"; no line for what is about the whole file. */
export function problemText({ line, text }: PeersProblem): string {
  return line === undefined ? text : `line ${line}: ${text}`;
}
