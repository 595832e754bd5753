/** Layouts: what an appender writes of an event. Pure. */

import type { AppenderSettings, LogEvent, ReportProblem } from "./appender.ts";
import { formatTime } from "./date-format.ts";
import {
  type Converter,
  type LayoutFacts,
  parsePattern,
  relativeTime,
} from "./pattern.ts";
import { subset } from "./properties.ts";
import { readBoolean } from "./setting-values.ts";

export type Layout = (event: LogEvent) => string;

/** Of an appender that names none. */
export const simpleLayout: Layout = ({ level, text }) =>
  `${level.toUpperCase()} - ${text}\n`;

/** Time, thread, level, logger and (empty) context of a message. */
function ttccLayout(settings: AppenderSettings, facts: LayoutFacts): Layout {
  const format = settings.get("DateFormat") ?? "";
  const utc = readBoolean(settings.get("Use_gmtime")) ?? false;
  return ({ time, level, logger, text }) => {
    const when = format === ""
      ? relativeTime(time, facts.started)
      : formatTime(format, time, utc);
    return `${when} [${facts.pid}] ${level.toUpperCase()} ${logger} ` +
      `<> - ${text}\n`;
  };
}

/** In characters; a pattern that makes more of an event is a slip. */
const ROOM = 1024 * 1024;

/** A text may become so many times as long, if that is more. */
const ROOM_FACTOR = 8;

function applied(converters: readonly Converter[], each: boolean): Layout {
  return (event) => {
    const part = each && event.text.includes("\n");
    const room = Math.max(ROOM, ROOM_FACTOR * event.text.length);
    let output = "";
    for (const text of part ? event.text.split("\n") : [event.text]) {
      for (const converter of converters) {
        output += converter({ event, text, part });
        if (output.length > room) return `${output.slice(0, room)}\n`;
      }
    }
    return output;
  };
}

/** A layout for all lines of an event, or, as is the default, for each. */
export function patternLayout(
  pattern: string,
  eachLine: boolean,
  facts: LayoutFacts,
  report: ReportProblem,
): Layout {
  const converters = parsePattern(pattern, facts, report);
  if (converters.length > 0) return applied(converters, eachLine);
  report("PatternLayout pattern is empty.  Using default...", "warn");
  return applied([({ text }) => text], eachLine);
}

const MISSING_PATTERN = "ConversionPattern not specified in properties";

function readPatternLayout(
  settings: AppenderSettings,
  facts: LayoutFacts,
  report: ReportProblem,
): Layout | undefined {
  const eachLine = readBoolean(settings.get("FormatEachLine")) ?? true;
  const older = settings.get("Pattern");
  if (older !== undefined) {
    report(
      'PatternLayout- the "Pattern" property has been deprecated.  ' +
        'Use "ConversionPattern" instead.',
      "warn",
    );
  }
  const pattern = settings.get("ConversionPattern") ?? older;
  if (pattern === undefined) {
    report(MISSING_PATTERN);
    report(`Error while creating Layout: ${MISSING_PATTERN}`);
    return undefined;
  }
  return patternLayout(pattern, eachLine, facts, report);
}

/**
 * The layout that the settings of an appender name.
 *
 * @returns undefined for one that cannot be had, after a report.
 */
export function readLayout(
  settings: AppenderSettings,
  facts: LayoutFacts,
  report: ReportProblem,
): Layout | undefined {
  const name = settings.get("layout");
  if (name === undefined) return simpleLayout;
  const own = subset(settings, "layout.");
  switch (name) {
    case "log4cplus::SimpleLayout":
      return simpleLayout;
    case "log4cplus::TTCCLayout":
      return ttccLayout(own, facts);
    case "log4cplus::PatternLayout":
      return readPatternLayout(own, facts, report);
    default:
      report(`Cannot find LayoutFactory: "${name}"`);
      return undefined;
  }
}
