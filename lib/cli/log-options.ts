/** The options that say what is logged, and where. */

import { type LogLevel, readLevel } from "../log/log.ts";
import { checkOptions } from "./check.ts";
import type { LogSettings } from "./command.ts";
import type { FileAccess } from "../base/files.ts";
import { DEFAULTS } from "./options.ts";
import { inEffect, lastValue, type Line } from "./scan.ts";

export type LogOptions =
  | { readonly ok: true; readonly log: LogSettings; readonly silent: boolean }
  | { readonly ok: false; readonly message: string };

function failure(message: string): LogOptions {
  return { ok: false, message };
}

function plain(level: LogLevel | "off"): LogOptions {
  const silent = level === "fatal" || level === "off";
  return { ok: true, log: { level, config: undefined }, silent };
}

async function configured(
  file: string,
  files: FileAccess,
): Promise<LogOptions> {
  const { readLogConfig }: typeof import("./log-config.ts") = await import(
    import.meta.resolve("./log-config.ts")
  );
  const config = readLogConfig(file, files);
  if (!config.ok) return failure(config.message);
  const { properties } = config;
  const log = { level: undefined, config: { file, properties } };
  return { ok: true, log, silent: false };
}

/** The first mistake in them, or the settings. */
export async function readLogOptions(
  line: Line,
  files: FileAccess,
): Promise<LogOptions> {
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
    return conflict === undefined
      ? await configured(file, files)
      : failure(conflict);
  }
  if (level !== undefined) return plain(level);
  if (inEffect(line, "--quiet")) return plain("fatal");
  if (inEffect(line, "--verbose")) return plain("info");
  if (inEffect(line, "--debug")) return plain("debug");
  return plain(DEFAULTS.level);
}
