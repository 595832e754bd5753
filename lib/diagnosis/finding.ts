/** What a diagnosis is made from, and what its texts are made with. */

import type { PeerProtocol } from "../net/peer-protocol.ts";
import type { CauseCode, PeerResult, PersonStage } from "../result/types.ts";
import type { VerificationSettings } from "../verify/settings.ts";
import type { ChainProblem } from "../x509/types.ts";

/** A result on its way to its diagnosis. */
export type Undiagnosed = Omit<PeerResult, "diagnosis">;

/** What was found, before there are words for it. */
export interface Finding {
  readonly code: CauseCode;
  readonly stage: PersonStage;
  /** What was seen: half a sentence without anything dangerous, or "". */
  readonly seen: string;
  /** Undefined: as is usual for the code. */
  readonly transient?: boolean | undefined;
  /** What the peer speaks, where that was recognised. */
  readonly protocol?: PeerProtocol | undefined;
  /** Status of a C-ECHO response. */
  readonly status?: number | undefined;
  readonly problem?: ChainProblem | undefined;
  /** The openssl program would offer more, and there is none. */
  readonly withoutOpenssl?: boolean | undefined;
}

/** A finding without the stage, which is known before all else. */
export type Found = Omit<Finding, "stage">;

/** A finding with the names of all that takes part, ready to print. */
export interface Particulars extends Finding {
  readonly host: string;
  readonly port: number;
  /** "pacs (192.0.2.1) port 104" */
  readonly peer: string;
  /** As sent, in quotes. */
  readonly calling: string;
  readonly called: string;
  /** Whether the called title is the one that holds without an option. */
  readonly calledByDefault: boolean;
  /** Our address as the peer may see it; undefined: nobody has asked. */
  readonly own: string | undefined;
  /** The same, or "this host". */
  readonly from: string;
  /** TLS was asked for. */
  readonly tls: boolean;
  readonly settings: VerificationSettings;
  readonly deadline: number | undefined;
  /** When the check ended. */
  readonly time: Date;
}

/** The words for one cause. */
export interface CauseEntry {
  /** Whether it can pass by itself. */
  readonly transient: boolean;
  /** One line, no full stop. */
  readonly cause: (particulars: Particulars) => string;
  /** One to four, most likely first, each an order. */
  readonly next: (particulars: Particulars) => readonly string[];
}

/** Entries for some of the codes. */
export type CauseEntries<C extends CauseCode> = Readonly<Record<C, CauseEntry>>;

/** "30 s"; `fallback` where nothing was set. */
export function seconds(value: number | undefined, fallback: string): string {
  return value === undefined || value <= 0 ? fallback : `${value} s`;
}
