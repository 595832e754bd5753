/** Results in the format that was asked for, to where they were asked for. */

import { formatResult } from "../format/format.ts";
import { writeOutput } from "../format/output.ts";
import type { Host } from "../host.ts";
import { app, type ProgramLog } from "../log/log.ts";
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
  log: ProgramLog,
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
  { format, output }: OperatorSettings,
  log: ProgramLog,
  host: Host,
): number | undefined {
  if (output === undefined) {
    host.writeOut(text);
    return undefined;
  }
  const problem = writeOutput(output, text);
  if (problem === undefined) return undefined;
  log.write(app("fatal", problem));
  return format === "nagios" ? STATE_EXIT.UNKNOWN : EXIT_CODE.failed;
}

/**
 * What a monitoring system is told when there is nothing to tell of the peer;
 * undefined: no such format was asked for.
 */
export function unknownResult(
  { format }: OperatorSettings,
  host: Host,
  reason = "the check could not be set up, see standard error",
): number | undefined {
  if (format !== "nagios") return undefined;
  const { text, exit } = nagiosUnknown(reason);
  host.writeOut(text);
  return exit;
}

/** Colours are for terminals of those who have not said no (no-color.org). */
export function mayColour(host: Host): boolean {
  const refused = host.environment("NO_COLOR");
  return host.isOutputTerminal() && (refused === undefined || refused === "");
}
