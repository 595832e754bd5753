/**
 * The settings of `--log-config` by appender and by logger, and what the
 * reference says of wrong ones. Pure.
 */

import type { AppenderSettings, ReportProblem } from "./appender.ts";
import { type LogLevel, readLevel } from "./log.ts";
import { groups, PREFIX, type Properties, subset } from "./properties.ts";
import { readBoolean } from "./setting-values.ts";

/** What is set for an appender. */
export interface AppenderEntry {
  readonly name: string;
  /** "log4cplus::FileAppender". */
  readonly className: string;
  readonly settings: AppenderSettings;
}

/** What is set for a logger. */
export interface LoggerEntry {
  /** "" is the root logger. */
  readonly name: string;
  /** Undefined: inherited. */
  readonly level: LogLevel | "off" | undefined;
  /** By name, each one once. */
  readonly appenders: readonly string[];
}

/** What is set under names that begin with "log4cplus.". */
export function ownSettings(properties: Properties): Properties {
  return subset(properties, PREFIX);
}

/** In the order of their names, as the reference creates them. */
export function appenderEntries(own: Properties): AppenderEntry[] {
  const entries: AppenderEntry[] = [];
  for (const [name, group] of sorted(groups(subset(own, "appender.")))) {
    const { value: className, settings } = group;
    if (className !== undefined) entries.push({ name, className, settings });
  }
  return entries;
}

/**
 * The root logger first, then all others in the order of their names. One
 * whose entry is empty is left out: it stays as it is.
 *
 * @param known the names of the appenders that there are.
 */
export function loggerEntries(
  own: Properties,
  known: ReadonlySet<string>,
  report: ReportProblem,
): LoggerEntry[] {
  const root = own.get("rootLogger");
  const entries: (readonly [string, string])[] = sorted(subset(own, "logger."));
  if (root !== undefined) entries.unshift(["", root]);
  return entries.flatMap(([name, text]) =>
    loggerEntry(name, text, known, report)
  );
}

function loggerEntry(
  name: string,
  text: string,
  known: ReadonlySet<string>,
  report: ReportProblem,
): LoggerEntry[] {
  // Blanks are dropped wherever they stand: "F ATAL" is a level.
  const squeezed = text.replaceAll(" ", "");
  if (squeezed === "") {
    report(
      "PropertyConfigurator::configureLogger()- Invalid config string" +
        `(Logger = ${name === "" ? "root" : name}): "${text}"`,
    );
    return [];
  }
  const [level = "", ...names] = squeezed.split(",");
  const appenders = new Set<string>();
  for (const appender of names) {
    if (appender === "") continue;
    if (known.has(appender)) appenders.add(appender);
    else {
      report(
        "PropertyConfigurator::configureLogger()- " +
          `Invalid appender: ${appender}`,
      );
    }
  }
  return [{ name, level: readLevel(level), appenders: [...appenders] }];
}

/** Of each logger that has a usable setting of it. */
export function additivities(own: Properties): ReadonlyMap<string, boolean> {
  const found = new Map<string, boolean>();
  for (const [name, text] of subset(own, "additivity.")) {
    const additive = readBoolean(text);
    if (additive !== undefined) found.set(name, additive);
  }
  return found;
}

function sorted<T>(byName: ReadonlyMap<string, T>): [string, T][] {
  return [...byName].toSorted(([a], [b]) => a < b ? -1 : a > b ? 1 : 0);
}
