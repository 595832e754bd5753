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
import { type FormatOptions, type Formatted, leftOutText } from "./options.ts";

/**
 * First line, further lines, performance data; the worst state of all peers is
 * that of the whole.
 */
export function nagiosOutput(
  results: readonly PeerResult[],
  options: FormatOptions,
): Formatted {
  const [first] = results;
  if (first === undefined) return nagiosUnknown("there is no peer to check");
  return results.length === 1 && !options.leftOut?.length
    ? one(first, options)
    : several(results, options);
}

function one(result: PeerResult, options: FormatOptions): Formatted {
  const { state, text } = verdict(result, options);
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
    performance: [performance("time", result, options.thresholds)],
    morePerformance: details(result, options),
  });
}

interface Judged extends Verdict {
  readonly result: PeerResult;
  readonly name: string;
  /** Of the performance data; each is another. */
  readonly label: string;
}

function several(
  results: readonly PeerResult[],
  options: FormatOptions,
): Formatted {
  const labels = new Set<string>();
  const judged: readonly Judged[] = results.map((result) => ({
    result,
    name: nagiosText(displayName(result.target)),
    label: unique(labelText(displayName(result.target)), labels),
    ...verdict(result, options),
  })).toSorted((a, b) => STATES.indexOf(b.state) - STATES.indexOf(a.state));
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
    ? leftOut[0] ?? `all ${results.length} peers verified`
    : `${bad.length} of ${results.length} peers not OK: ` +
      `${bad[0].name}: ${bad[0].text}`;
  const counts: readonly Performance[] = [
    { label: "peers", value: `${results.length}`, unit: "", minimum: "0" },
    {
      label: "bad",
      value: `${bad.length}`,
      unit: "",
      minimum: "0",
      maximum: `${results.length}`,
    },
  ];
  const lines = judged.map(({ result, name, state, text }) => {
    const at = nagiosText(endpoint(result.target));
    return `${state}: ${name}${name === at ? "" : ` (${at})`}: ${text}`;
  });
  return layOut({
    state,
    text: summary,
    lines: [...leftOut.map((text) => `UNKNOWN: ${text}`), ...lines],
    linesSayAll: true,
    performance: counts,
    morePerformance: judged.map(({ result, label }) =>
      performance(`${label} time`, result, options.thresholds)
    ),
  });
}

function performance(
  label: string,
  { duration }: PeerResult,
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
function details(result: PeerResult, options: FormatOptions): Performance[] {
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
    const { certificateWarning, certificateCritical } = options.thresholds;
    data.push({
      label: "certificate days",
      value: `${daysLeft(certificate, options.now)}`,
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
