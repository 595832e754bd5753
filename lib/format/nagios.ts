/** Output of a Nagios plugin, for one peer or several. Pure. */

import { daysLeft } from "../x509/validity.ts";
import { loss, summarise } from "../latency/statistics.ts";
import type { Range, Thresholds } from "../result/settings.ts";
import type { PeerResult } from "../result/types.ts";
import {
  decimal,
  displayName,
  endpoint,
  firstToExpire,
  seconds,
  stageDuration,
  STAGES,
  unique,
} from "./facts.ts";
import {
  labelText,
  layOut,
  nagiosText,
  nagiosUnknown,
  type Performance,
  STATES,
  worst,
} from "./nagios-line.ts";
import { type Verdict, verdict } from "./nagios-verdict.ts";
import {
  type Ending,
  type Formatted,
  leftOutText,
  type Report,
  type ReportOptions,
} from "./options.ts";

/**
 * First line, further lines, performance data; the worst state of all peers is
 * that of the whole. A peer that is alone is told in full.
 */
export function nagiosReport(options: ReportOptions): Report {
  if (options.count === 1 && !options.leftOut?.length) return ofOne(options);
  const judged: Judged[] = [];
  const labels = new Set<string>();
  return {
    begin: "",
    take: (result, now) => {
      const one = judge(result, options.thresholds, now);
      return () => {
        judged.push({ ...one, label: unique(one.label, labels) });
        return "";
      };
    },
    end: () =>
      ending(
        judged.length === 0
          ? nagiosUnknown("there is no peer to check")
          : several(judged, options),
      ),
  };
}

function ofOne({ thresholds }: ReportOptions): Report {
  let output = nagiosUnknown("there is no peer to check");
  return {
    begin: "",
    take: (result, now) => {
      output = one(result, thresholds, now);
      return () => "";
    },
    end: () => ending(output),
  };
}

function ending({ text, exit }: Formatted): Ending {
  return { rest: [text], exit };
}

function one(
  result: PeerResult,
  thresholds: Thresholds,
  now: Date,
): Formatted {
  const { state, text } = verdict(result, thresholds, now);
  const { target, diagnosis } = result;
  const { callingAeTitle, calledAeTitle } = target;
  const what = `${callingAeTitle} calls ${calledAeTitle} at `;
  return layOut({
    state,
    text: `${nagiosText(displayName(target))}: ${text}`,
    lines: [
      nagiosText(what) + nagiosText(endpoint(target)),
      ...(diagnosis?.next ?? []).map((line) => `- ${nagiosText(line)}`),
    ],
    linesSayAll: false,
    performance: [performance("time", result.duration, thresholds)],
    morePerformance: details(result, thresholds, now),
  });
}

/** What is shown of one of several peers. */
interface Judged extends Verdict {
  /** With what it is known by. */
  readonly line: string;
  readonly name: string;
  /** Of the performance data. */
  readonly label: string;
  /** In milliseconds. */
  readonly duration: number;
}

function judge(
  result: PeerResult,
  thresholds: Thresholds,
  now: Date,
): Judged {
  const { target, duration } = result;
  const { state, text } = verdict(result, thresholds, now);
  const name = nagiosText(displayName(target));
  const at = nagiosText(endpoint(target));
  return {
    state,
    text,
    line: `${state}: ${name}${name === at ? "" : ` (${at})`}: ${text}`,
    name,
    label: labelText(displayName(target)),
    duration,
  };
}

/** @param peers at least one; no two labels are the same. */
function several(
  peers: readonly Judged[],
  options: ReportOptions,
): Formatted {
  const judged = peers.toSorted((a, b) =>
    STATES.indexOf(b.state) - STATES.indexOf(a.state)
  );
  const leftOut = (options.leftOut ?? []).map((one) =>
    `left out: ${nagiosText(leftOutText(one))}`
  );
  const state = worst([
    ...judged.map((one) => one.state),
    // Whether that peer is well, nobody knows.
    ...leftOut.map(() => "UNKNOWN" as const),
  ]);
  const bad = judged.filter((one) => one.state !== "OK");
  const summary = bad[0] === undefined
    ? leftOut[0] ?? `all ${peers.length} peers verified`
    : `${bad.length} of ${peers.length} peers not OK: ` +
      `${bad[0].name}: ${bad[0].text}`;
  const counts: readonly Performance[] = [
    { label: "peers", value: `${peers.length}`, unit: "", minimum: "0" },
    {
      label: "bad",
      value: `${bad.length}`,
      unit: "",
      minimum: "0",
      maximum: `${peers.length}`,
    },
  ];
  return layOut({
    state,
    text: summary,
    lines: [
      ...leftOut.map((text) => `UNKNOWN: ${text}`),
      ...judged.map(({ line }) => line),
    ],
    linesSayAll: true,
    performance: counts,
    morePerformance: judged.map(({ duration, label }) =>
      performance(`${label} time`, duration, options.thresholds)
    ),
  });
}

function performance(
  label: string,
  duration: number,
  { warning, critical }: Thresholds,
): Performance {
  return {
    label,
    value: seconds(duration),
    unit: "s",
    warning,
    critical,
    minimum: "0",
  };
}

/** Stages, echoes, certificate: where there are any. */
function details(
  result: PeerResult,
  thresholds: Thresholds,
  now: Date,
): Performance[] {
  const data: Performance[] = [];
  for (const stage of STAGES) {
    const duration = stageDuration(result, stage);
    if (duration === undefined) continue;
    data.push({
      label: stage,
      value: seconds(duration),
      unit: "s",
      minimum: "0",
    });
  }
  const { sent, succeeded } = result.outcome.echoes;
  const latency = summarise(result.latencies);
  const answered = Math.max(result.latencies.length, succeeded);
  if (sent > 1) {
    if (latency !== undefined) {
      data.push({
        label: "round trip",
        value: seconds(latency.mean),
        unit: "s",
        minimum: "0",
      });
    }
    data.push({
      label: "loss",
      value: decimal(100 * loss({ sent, answered })),
      unit: "%",
      minimum: "0",
      maximum: "100",
    });
  }
  const certificate = firstToExpire(result);
  if (certificate !== undefined) {
    const { certificateWarning, certificateCritical } = thresholds;
    data.push({
      label: "certificate days",
      value: `${daysLeft(certificate, now)}`,
      unit: "",
      warning: atLeast(certificateWarning),
      critical: atLeast(certificateCritical),
    });
  }
  return data;
}

/** From `least` on all is well. */
function atLeast(least: number | undefined): Range | undefined {
  return least === undefined
    ? undefined
    : { start: least, end: Infinity, inside: false };
}
