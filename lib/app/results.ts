/** Results in the format that was asked for, to where they were asked for. */

import { formatResult } from "../format/format.ts";
import { OutputFile } from "../format/output.ts";
import type { Host } from "../host.ts";
import { app, type Log } from "../log/log.ts";
import { EXIT_CODE } from "../report/exit-code.ts";
import type { OperatorSettings } from "../result/settings.ts";
import type { PeerResult } from "../result/types.ts";
import { nagiosUnknown, STATE_EXIT } from "../format/nagios-line.ts";

/**
 * Formats the results and writes them to standard output or the file.
 *
 * @returns the exit code if the format has its own, or writing has failed.
 */
export async function deliver(
  results: readonly PeerResult[],
  operator: OperatorSettings,
  log: Log,
  host: Host,
): Promise<number | undefined> {
  const { format = "text", thresholds } = operator;
  const options = { thresholds, now: new Date() };
  const { text, exit } = await formatResult(results, format, options);
  return write(text, operator, log, host) ?? exit;
}

/** @returns the exit code if it cannot be written. */
export function write(
  text: string,
  operator: OperatorSettings,
  log: Log,
  host: Host,
): number | undefined {
  const { output } = operator;
  if (output === undefined) {
    host.writeOut(text);
    return undefined;
  }
  using file = new OutputFile(output);
  file.write(text);
  return finished(file, operator, log, host);
}

/** @returns the exit code if the file could not be written, which is said. */
export function finished(
  file: OutputFile,
  operator: OperatorSettings,
  log: Log,
  host: Host,
): number | undefined {
  const problem = file.finish();
  if (problem === undefined) return undefined;
  log.write(app("fatal", problem));
  return failedExit(operator, problem, host);
}

/** Why there is no result, where the log says it. */
export const NOT_SET_UP = "the check could not be set up, see standard error";

/**
 * The exit code of what has failed without a result. A monitoring system is
 * told the reason on standard output, and has a code of its own.
 *
 * @param reason one line; controls are escaped.
 * @param exit for all other formats.
 */
export function failedExit(
  { format }: Pick<OperatorSettings, "format">,
  reason: string,
  host: Host,
  exit: number = EXIT_CODE.failed,
): number {
  if (format !== "nagios") return exit;
  host.writeOut(nagiosUnknown(reason).text);
  return STATE_EXIT.UNKNOWN;
}

/**
 * Colours are for terminals of those who have not said no (no-color.org).
 *
 * @param terminal the stream that is written to is one.
 */
export function mayColour(terminal: boolean, host: Host): boolean {
  const refused = host.environment("NO_COLOR");
  return terminal && (refused === undefined || refused === "");
}
