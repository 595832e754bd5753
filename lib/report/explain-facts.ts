/** What was agreed on with a peer, and who it says it is. Pure. */

import { uidName } from "../base/uids.ts";
import { printable } from "../base/text.ts";
import { daysLeft } from "../x509/validity.ts";
import type { PeerResult } from "../result/types.ts";
import { inDays } from "./remarks.ts";
import { hanging } from "./wrap.ts";

/** A fact: what it is, and what it is here; undefined: there is none. */
type Fact = readonly [string, string | undefined];

/** A heading and a line or more for each fact; nothing if there are none. */
export function factLines(result: PeerResult): readonly string[] {
  const facts = [...negotiated(result), ...secured(result)];
  const lines = facts.flatMap(([title, value]) =>
    value === undefined ? [] : hanging(`  ${title.padEnd(18)}`, value)
  );
  return lines.length === 0 ? [] : ["", "The peer:", ...lines];
}

function negotiated({ outcome, latencies }: PeerResult): readonly Fact[] {
  const { negotiated } = outcome;
  if (negotiated === undefined) return [];
  const {
    accepted,
    peerMaximumLength,
    peerImplementationClassUid,
    peerImplementationVersionName,
  } = negotiated;
  const name = printable(peerImplementationVersionName);
  const uid = printable(peerImplementationClassUid);
  return [
    ["software", name === "" ? undefined : name],
    ["class UID", uid === "" ? undefined : uid],
    [
      "longest PDU",
      peerMaximumLength === 0 ? "no limit" : `${peerMaximumLength} bytes`,
    ],
    [
      "transfer syntax",
      accepted === undefined
        ? undefined
        : printable(uidName(accepted.transferSyntax)).replace(/^=/, ""),
    ],
    ["round trip", roundTrip(latencies)],
  ];
}

/** Of one the time, of more the least, the mean and the most. */
function roundTrip(latencies: readonly number[]): string | undefined {
  const [first] = latencies;
  if (first === undefined) return undefined;
  if (latencies.length === 1) return `${first.toFixed(1)} ms`;
  let [least, most, sum] = [first, first, 0];
  for (const one of latencies) {
    least = Math.min(least, one);
    most = Math.max(most, one);
    sum += one;
  }
  const mean = sum / latencies.length;
  const [a, b, c] = [least, mean, most].map((one) => one.toFixed(1));
  return `${a} ms at least, ${b} ms on average, ${c} ms at most`;
}

function secured({ session, started }: PeerResult): readonly Fact[] {
  if (session === undefined) return [];
  const { version, suite, engine, presented: [certificate] } = session;
  const tls: Fact = ["TLS", `${version}, ${suite} (${engine})`];
  if (certificate === undefined) return [tls];
  const { subject, issuer, notAfter, fingerprint } = certificate;
  const left = daysLeft(certificate, started);
  const end = notAfter.toISOString().slice(0, 10);
  return [
    tls,
    ["certificate", subject.text],
    ["issued by", issuer.text],
    [
      "valid until",
      left < 0 ? `${end}, which is over` : `${end}, ${inDays(left)} left`,
    ],
    ["fingerprint", fingerprint],
  ];
}
