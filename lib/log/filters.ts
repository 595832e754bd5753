/** Filters of an appender: which of its events it takes. Pure. */

import type { AppenderSettings, LogEvent, ReportProblem } from "./appender.ts";
import { LOG_LEVELS, type LogLevel, readLevel } from "./log.ts";
import { groups, subset } from "./properties.ts";
import { readBoolean } from "./setting-values.ts";

/** The first filter that is not neutral decides. */
export type Decision = "accept" | "deny" | "neutral";

export type Filter = (event: LogEvent) => Decision;

/** "off" is above all others. */
function rank(level: LogLevel | "off"): number {
  return level === "off" ? LOG_LEVELS.length : LOG_LEVELS.indexOf(level);
}

function levelMatch(settings: AppenderSettings): Filter {
  const wanted = readLevel(settings.get("LogLevelToMatch") ?? "");
  const match = decisionOnMatch(settings, "deny");
  return ({ level }) => level === wanted ? match : "neutral";
}

/** A limit that names no level is none. */
function levelRange(settings: AppenderSettings): Filter {
  const least = readLevel(settings.get("LogLevelMin") ?? "");
  const most = readLevel(settings.get("LogLevelMax") ?? "");
  const match = decisionOnMatch(settings, "neutral");
  return ({ level }) =>
    (least !== undefined && rank(level) < rank(least)) ||
      (most !== undefined && rank(level) > rank(most))
      ? "deny"
      : match;
}

function stringMatch(settings: AppenderSettings): Filter {
  const wanted = settings.get("StringToMatch") ?? "";
  const match = decisionOnMatch(settings, "deny");
  return ({ text }) =>
    wanted !== "" && text.includes(wanted) ? match : "neutral";
}

function decisionOnMatch(
  settings: AppenderSettings,
  otherwise: Decision,
): Decision {
  return readBoolean(settings.get("AcceptOnMatch")) ? "accept" : otherwise;
}

const FILTERS: ReadonlyMap<string, (settings: AppenderSettings) => Filter> =
  new Map([
    ["log4cplus::spi::LogLevelMatchFilter", levelMatch],
    ["log4cplus::spi::LogLevelRangeFilter", levelRange],
    ["log4cplus::spi::StringMatchFilter", stringMatch],
    ["log4cplus::spi::DenyAllFilter", (): Filter => () => "deny"],
  ]);

/** The filters of an appender: `filters.1` and so on, up to the first gap. */
export function readFilters(
  settings: AppenderSettings,
  report: ReportProblem,
): Filter[] {
  const filters: Filter[] = [];
  const numbered = groups(subset(settings, "filters."));
  for (let number = 1;; number++) {
    const filter = numbered.get(String(number));
    const name = filter?.value;
    if (filter === undefined || name === undefined) return filters;
    const create = FILTERS.get(name);
    if (create === undefined) {
      report(`Appender::ctor()- Cannot find FilterFactory: ${name}`);
    } else {
      filters.push(create(filter.settings));
    }
  }
}

/** Whether no filter denies the event before another has accepted it. */
export function passes(filters: readonly Filter[], event: LogEvent): boolean {
  for (const filter of filters) {
    const decision = filter(event);
    if (decision !== "neutral") return decision === "accept";
  }
  return true;
}
