/** The options that say what is logged, and where. */

import {
  parseProperties,
  type Properties,
  propertiesProblem,
  readLevel,
  rootLevel,
} from "../log/properties.ts";
import { checkOptions } from "./check.ts";
import type { LogSettings } from "./command.ts";
import { decodeFile, type FileAccess } from "./command-file.ts";
import { DEFAULTS } from "./options.ts";
import { inEffect, lastValue, type Line } from "./scan.ts";

export type LogOptions =
  | { readonly ok: true; readonly log: LogSettings; readonly silent: boolean }
  | { readonly ok: false; readonly message: string };

function failure(message: string): LogOptions {
  return { ok: false, message };
}

function settings(
  level: LogSettings["level"],
  config?: { readonly file: string; readonly properties: Properties },
): LogOptions {
  return {
    ok: true,
    log: {
      level,
      configFile: config?.file,
      configProperties: config?.properties,
    },
    silent: level === "fatal" || level === "off",
  };
}

function configured(file: string, files: FileAccess): LogOptions {
  const head = "Specified --log-config file";
  const content = files.read(file);
  switch (content.kind) {
    case "folder":
    case "missing":
      return failure(`${head} does not exist`);
    case "unreadable":
      return failure(`${head} cannot be read`);
  }
  const properties = parseProperties(decodeFile(content.bytes));
  const problem = propertiesProblem(properties);
  if (problem !== undefined) return failure(`${head} ${problem}`);
  // The reference starts at this level and stays there if none is named.
  return settings(rootLevel(properties) ?? "info", { file, properties });
}

export function readLogOptions(
  line: Line,
  files: FileAccess,
): LogOptions {
  const message = checkOptions(
    line,
    ({ section, long }) => section === "logging" && long !== "--log-config",
  );
  if (message !== undefined) return failure(message);
  const named = lastValue(line, "--log-level");
  const level = named === undefined ? undefined : readLevel(named);
  if (named !== undefined && level === undefined) {
    return failure("Invalid log level for --log-level option");
  }
  const file = lastValue(line, "--log-config");
  if (file !== undefined) {
    const conflict = checkOptions(
      line,
      ({ long }) => long === "--log-config",
    );
    return conflict === undefined ? configured(file, files) : failure(conflict);
  }
  if (level !== undefined) return settings(level);
  if (inEffect(line, "--quiet")) return settings("fatal");
  if (inEffect(line, "--verbose")) return settings("info");
  if (inEffect(line, "--debug")) return settings("debug");
  return settings(DEFAULTS.level);
}
