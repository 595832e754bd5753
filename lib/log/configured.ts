/**
 * The log as a file of `--log-config` sets it up. Loaded only with that option.
 */

import { NAME } from "../base/product.ts";
import type { Appender, LogEvent, ReportProblem } from "./appender.ts";
import {
  additivities,
  appenderEntries,
  type AppenderEntry,
  loggerEntries,
  type LoggerEntry,
  ownSettings,
} from "./config.ts";
import { createAppender } from "./create-appender.ts";
import { formatTime } from "./date-format.ts";
import { passes, readFilters } from "./filters.ts";
import { Hierarchy, type LoggerSetup, type Output } from "./hierarchy.ts";
import { patternLayout, readLayout, simpleLayout } from "./layout.ts";
import { errorText, escapeControls } from "../base/text.ts";
import { isShown, LOGGER_NAMES, type ProgramLog, readLevel } from "./log.ts";
import type { LogMachine } from "./machine.ts";
import type { Properties } from "./properties.ts";
import { readBoolean } from "./setting-values.ts";
import { expandVariables } from "./variables.ts";

/** What a root logger without a level of its own starts with. */
const FIRST_LEVEL = "info";

/**
 * Sets up the log. Never throws: what is wrong with a setting is reported on
 * standard error, and the rest counts.
 */
export async function configuredLog(
  properties: Properties,
  machine: LogMachine,
): Promise<ProgramLog> {
  let quiet = false;
  const report: ReportProblem = (text, severity) => {
    if (quiet) return;
    const prefix = severity === "warn" ? "WARN" : "ERROR";
    const lines = text.split("\n").map(escapeControls).join("\n");
    machine.writeError(`log4cplus:${prefix} ${lines}\n`);
  };
  const own = ownSettings(
    expandVariables(
      properties,
      {
        predefined: predefinedVariables(machine),
        environment: machine.environment,
      },
      report,
    ),
  );
  quiet = readBoolean(own.get("quietMode")) ?? quiet;

  const appenders: Appender[] = [];
  const outputs = new Map<string, Output>();
  for (const entry of appenderEntries(own)) {
    const created = await openOutput(entry, machine, report);
    if (created === undefined) continue;
    appenders.push(created.appender);
    outputs.set(entry.name, created.output);
  }
  const setups = loggerSetups(
    loggerEntries(own, new Set(outputs.keys()), report),
    outputs,
  );
  const root = setups.get("") ?? plainRoot(machine);
  if (root.level === undefined) {
    report("LoggerImpl::getChainedLogLevel()- No valid LogLevel found");
  }
  const rootLevel = root.level ?? FIRST_LEVEL;
  const silent = !isShown("error", rootLevel);
  quiet = silent;

  let lost = false;
  const hierarchy = new Hierarchy({
    root: { level: rootLevel, outputs: root.outputs },
    loggers: setups,
    additivity: additivities(own),
    lost: (logger) => {
      if (lost) return;
      lost = true;
      report(`No appenders could be found for logger (${logger}).`);
      report("Please initialize the log4cplus system properly.");
    },
  });
  const detail = hierarchy.mostDetailed(LOGGER_NAMES);
  return {
    shows: (level) => isShown(level, detail),
    write: (message) => hierarchy.write({ ...message, time: machine.now() }),
    force: (level, text) =>
      hierarchy.force({ level, text, time: machine.now() }),
    silent,
    backlog: () => backlog(appenders, machine),
    written: () =>
      backlog(appenders, machine) > 0
        ? allWritten(appenders, machine)
        : undefined,
    close: async () => {
      await Promise.all(appenders.map((appender) => appender.close()));
      await machine.written();
    },
  };
}

function backlog(appenders: readonly Appender[], machine: LogMachine): number {
  return appenders.reduce(
    (total, appender) => total + (appender.backlog?.() ?? 0),
    machine.backlog(),
  );
}

async function allWritten(
  appenders: readonly Appender[],
  machine: LogMachine,
): Promise<void> {
  await Promise.all([
    machine.written(),
    ...appenders.map((appender) => appender.written?.()),
  ]);
}

/** Each is looked up only where it is used. */
function predefinedVariables(
  machine: LogMachine,
): ReadonlyMap<string, () => string> {
  const now = machine.now();
  return new Map([
    ["appname", () => NAME],
    ["hostname", machine.hostname],
    ["pid", () => String(machine.pid)],
    ["date", () => formatTime("%Y%m%d", now, false)],
    ["time", () => formatTime("%H%M%S", now, false)],
  ]);
}

/** How the reference logs until it is set up otherwise. */
function plainRoot(machine: LogMachine): LoggerSetup {
  const layout = patternLayout("%P: %m%n", true, machine, () => {});
  return {
    level: FIRST_LEVEL,
    outputs: [(event) => machine.writeError(layout(event))],
  };
}

interface OpenOutput {
  readonly appender: Appender;
  readonly output: Output;
}

/** In the order of the reference: layout, threshold, filters, appender. */
async function openOutput(
  entry: AppenderEntry,
  machine: LogMachine,
  report: ReportProblem,
): Promise<OpenOutput | undefined> {
  const { className, settings } = entry;
  const create = await createAppender(className, machine);
  if (create === undefined) {
    report(
      "PropertyConfigurator::configureAppenders()- " +
        `Cannot find AppenderFactory: ${className}`,
    );
    return undefined;
  }
  const layout = readLayout(settings, machine, report);
  // Without its layout, the reference reads neither threshold nor filters.
  const usable = layout !== undefined;
  const threshold = usable
    ? readLevel(settings.get("Threshold") ?? "") ?? "trace"
    : "trace";
  const filters = usable ? readFilters(settings, report) : [];
  const format = layout ?? simpleLayout;
  const appender = create(settings, machine, report);
  let told = false;
  return {
    appender,
    output: (event: LogEvent) => {
      if (!isShown(event.level, threshold) || !passes(filters, event)) return;
      try {
        appender.append(event, format(event));
      } catch (error) {
        // A line that cannot be made, for its length say, is no reason to stop.
        if (told) return;
        told = true;
        report(`${className}: ${errorText(error)}`);
      }
    },
  };
}

function loggerSetups(
  entries: readonly LoggerEntry[],
  outputs: ReadonlyMap<string, Output>,
): Map<string, LoggerSetup> {
  const setups = new Map<string, LoggerSetup>();
  for (const { name, level, appenders } of entries) {
    setups.set(name, {
      level,
      outputs: appenders.flatMap((one) => outputs.get(one) ?? []),
    });
  }
  return setups;
}
