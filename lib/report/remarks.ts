/** What is worth a word although it is no failure. Pure. */

import { daysLeft } from "../x509/validity.ts";
import type { PeerResult } from "../result/types.ts";

/** A delayed acknowledgement, in ms; systems wait for 40 or 50. */
const DELAYED = { least: 38, most: 60 } as const;

/** A network whose connections take less has no such round trip. */
const FAST_CONNECT = 20;

/** A look-up that takes longer than this, in ms, is worth a word. */
const SLOW_LOOKUP = 1000;

/** Days before the end of a certificate from which on it is mentioned. */
const EXPIRES_SOON = 30;

/** A line each, most important first. */
export function remarks(result: PeerResult): readonly string[] {
  return [
    ...certificateRemarks(result),
    ...lookupRemarks(result),
    ...nagleRemarks(result),
  ];
}

function certificateRemarks(
  { session, started }: PeerResult,
): readonly string[] {
  const [certificate] = session?.presented ?? [];
  if (certificate === undefined) return [];
  const left = daysLeft(certificate, started);
  return [
    ...(session?.ignored
      ? ["The certificate of the peer was not checked (-ic): anybody can be it"]
      : []),
    ...(left >= 0 && left < EXPIRES_SOON
      ? [`The certificate of the peer expires in ${inDays(left)}: renew it`]
      : []),
  ];
}

/** "1 day" */
export function inDays(count: number): string {
  return count === 1 ? "1 day" : `${count} days`;
}

function lookupRemarks({ stages }: PeerResult): readonly string[] {
  const lookup = stages.find(({ stage }) => stage === "lookup");
  return lookup !== undefined && lookup.ok && lookup.duration > SLOW_LOOKUP
    ? ["The look-up was slow: a DNS server of this host may not answer"]
    : [];
}

/**
 * Two small writes with Nagle's algorithm on wait for the acknowledgement of
 * the first, which is delayed (RFC 896, RFC 1122 section 4.2.3.2).
 */
function nagleRemarks({ latencies, stages }: PeerResult): readonly string[] {
  const connect = stages.find(({ stage }) => stage === "connect");
  if (latencies.length === 0 || (connect?.duration ?? 0) > FAST_CONNECT) {
    return [];
  }
  const median = latencies.toSorted((a, b) => a - b)[latencies.length >> 1];
  return median !== undefined && median >= DELAYED.least &&
      median <= DELAYED.most
    ? [
      "Echoes take 40 ms or so on a fast network: the peer sends with " +
      "Nagle's algorithm on; have it set TCP_NODELAY",
    ]
    : [];
}
