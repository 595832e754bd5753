/**
 * The log as a file of `--log-config` sets it up. Loaded only with that option.
 */

import { NAME } from "../base/product.ts";
import type {
  Appender,
  AppenderSettings,
  LogEvent,
  ReportProblem,
} from "./appender.ts";
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
import { type Properties, subset } from "./properties.ts";
import { readableRaw } from "./raw-text.ts";
import { readBoolean } from "./setting-values.ts";
import { expandVariables } from "./variables.ts";

/** What a root logger without a level of its own starts with. */
const FIRST_LEVEL = "info";

/** Tells of problems on standard error. */
class Complaints {
  isQuiet = false;
  readonly #machine: LogMachine;

  constructor(machine: LogMachine) {
    this.#machine = machine;
  }

  readonly report: ReportProblem = (text, severity) => {
    if (this.isQuiet) return;
    const prefix = severity === "warn" ? "WARN" : "ERROR";
    const lines = readableRaw(text).split("\n").map(escapeControls).join("\n");
    this.#machine.writeError(`log4cplus:${prefix} ${lines}\n`);
  };
}

/**
 * Sets up the log. What is wrong with a setting is reported on standard error,
 * and the rest counts.
 */
export async function configuredLog(
  properties: Properties,
  machine: LogMachine,
): Promise<ProgramLog> {
  const appenders: Appender[] = [];
  try {
    return await openLog(properties, machine, appenders);
  } catch (error) {
    await closeAll(appenders);
    throw error;
  }
}

/** @param appenders where those that it has opened are put. */
async function openLog(
  properties: Properties,
  machine: LogMachine,
  appenders: Appender[],
): Promise<ProgramLog> {
  const complaints = new Complaints(machine);
  const { report } = complaints;
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
  complaints.isQuiet = readBoolean(own.get("quietMode")) ?? false;

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
  complaints.isQuiet = silent;

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
      await closeAll(appenders);
      // What cannot be written is reported, which is to be written as well.
      for (
        let left = machine.written();
        left !== undefined;
        left = machine.written()
      ) await left;
    },
  };
}

async function closeAll(appenders: readonly Appender[]): Promise<void> {
  await Promise.all(appenders.map((appender) => appender.close()));
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

/** What the settings of an appender are, whatever its name is. */
type AppenderSetup = Omit<AppenderEntry, "name">;

const ASYNC = "log4cplus::AsyncAppender";
const NULL_APPENDER: AppenderSetup = {
  className: "log4cplus::NullAppender",
  settings: new Map(),
};

/**
 * In the order of the reference: layout, threshold, filters, appender.
 *
 * @param where stands before the report of a class that there is not.
 */
async function openOutput(
  { className, settings }: AppenderSetup,
  machine: LogMachine,
  report: ReportProblem,
  where = "PropertyConfigurator::configureAppenders()-",
): Promise<OpenOutput | undefined> {
  if (className === ASYNC) return await openAsync(settings, machine, report);
  const create = await createAppender(className, machine);
  if (create === undefined) {
    report(`${where} Cannot find AppenderFactory: ${className}`);
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

/**
 * The appender within an AsyncAppender, which writes while the program goes on.
 * So does every appender here, where it can be held up: nothing is left to do.
 * As with the reference, layout, threshold and filters are those within.
 */
async function openAsync(
  settings: AppenderSettings,
  machine: LogMachine,
  report: ReportProblem,
): Promise<OpenOutput | undefined> {
  const className = settings.get("Appender") ?? "";
  if (className === "") report("Unspecified appender for AsyncAppender.");
  const inner = className === "" ? NULL_APPENDER : {
    className,
    settings: subset(settings, "Appender."),
  };
  const where = "AsyncAppender::AsyncAppender() -";
  return await openOutput(inner, machine, report, where) ??
    await openOutput(NULL_APPENDER, machine, report);
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
