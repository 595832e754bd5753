/** A row for each peer (RFC 4180, UTF-8). Pure. */

import { daysLeft } from "../x509/validity.ts";
import { printable } from "../base/text.ts";
import { summarise } from "../latency/statistics.ts";
import type { PeerResult } from "../result/types.ts";
import { type Cell, csvRow } from "./csv-cell.ts";
import {
  ownCertificate,
  seconds,
  stageDuration,
  STAGES,
  transferSyntax,
} from "./facts.ts";
import {
  type LeftOut,
  leftOutText,
  type Report,
  type ReportOptions,
} from "./options.ts";

type Column = readonly [
  name: string,
  cell: (result: PeerResult, now: Date) => Cell,
];

/** Further columns may be added at the end; these stay where they are. */
const COLUMNS: readonly Column[] = [
  ["name", ({ target }) => target.name],
  ["host", ({ target }) => target.host],
  ["port", ({ target }) => target.port],
  ["calling_ae_title", ({ target }) => target.callingAeTitle],
  ["called_ae_title", ({ target }) => target.calledAeTitle],
  ["tls", ({ target }) => target.tls],
  ["result", ({ diagnosis }) => diagnosis ? "failed" : "verified"],
  ["started", ({ started }) => started.toISOString()],
  ["duration_seconds", ({ duration }) => number(duration)],
  ["attempts", ({ attempts }) => attempts],
  ["failed_stage", ({ diagnosis }) => diagnosis?.stage],
  ["cause_code", ({ diagnosis }) => diagnosis?.code],
  ["cause", ({ diagnosis }) => diagnosis?.cause],
  ["next", ({ diagnosis }) => diagnosis?.next.join(" / ")],
  ["condition", ({ diagnosis }) => diagnosis?.condition?.code],
  ...STAGES.map((stage): Column => [
    `${stage}_seconds`,
    (result) => number(stageDuration(result, stage)),
  ]),
  ["address", ({ addresses }) => addresses.remote],
  ["echoes_sent", ({ outcome }) => outcome.echoes.sent],
  ["echoes_succeeded", ({ outcome }) => outcome.echoes.succeeded],
  [
    "latency_mean_seconds",
    ({ latencies }) => number(summarise(latencies)?.mean),
  ],
  ["tls_version", ({ session }) => session?.version],
  ["tls_suite", ({ session }) => session?.suite],
  ["certificate_subject", (result) => ownCertificate(result)?.subject.text],
  [
    "certificate_not_after",
    (result) => ownCertificate(result)?.notAfter.toISOString(),
  ],
  [
    "certificate_days_left",
    (result, now) => {
      const certificate = ownCertificate(result);
      return certificate && daysLeft(certificate, now);
    },
  ],
  [
    "certificate_fingerprint",
    (result) => ownCertificate(result)?.fingerprint,
  ],
  ["transfer_syntax", transferSyntax],
  [
    "peer_implementation_class_uid",
    ({ outcome: { negotiated } }) =>
      negotiated && printable(negotiated.peerImplementationClassUid),
  ],
  [
    "peer_implementation_version_name",
    ({ outcome: { negotiated } }) =>
      negotiated && printable(negotiated.peerImplementationVersionName),
  ],
];

/** What was left out of a peers file comes last, in rows of its own. */
export function csvReport({ leftOut = [] }: ReportOptions): Report {
  return {
    begin: csvRow(COLUMNS.map(([name]) => name)),
    take: (result, now) => {
      const row = csvRow(COLUMNS.map(([, cell]) => cell(result, now)));
      return () => row;
    },
    end: () => ({ rest: leftOut.map((one) => csvRow(leftOutRow(one))) }),
  };
}

function leftOutRow(one: LeftOut): readonly Cell[] {
  return COLUMNS.map(([name]) => {
    if (name === "result") return "left-out";
    return name === "cause" ? leftOutText(one) : undefined;
  });
}

/** Decimal seconds, which is safe as text. */
function number(milliseconds: number | undefined): Cell {
  return milliseconds === undefined ? undefined : seconds(milliseconds);
}
