/** Operators' options out of a command line that has passed the table's checks. */

import { readRange } from "../format/range.ts";
import type { ListenAddress } from "./command.ts";
import {
  type Format,
  FORMATS,
  type OperatorSettings,
  type Range,
} from "../result/settings.ts";
import { OPERATOR_DEFAULTS } from "./operator-options.ts";
import type { OptionName } from "./options.ts";
import { isGiven, lastValue, type Line } from "./scan.ts";
import { numberOf } from "./settings.ts";

/** A value that cannot be taken; the message is for the user. */
class UsageError extends Error {}

function invalid(option: OptionName, text: string): UsageError {
  return new UsageError(
    `Invalid value for option ${option}${text === "" ? "" : ` (${text})`}`,
  );
}

/** Longest time that can be asked for: some ten years. */
const MOST_SECONDS = 315_360_000;

/** Decimal seconds, "0.5". */
function seconds(
  line: Line,
  option: OptionName,
  least: number,
): number | undefined {
  const text = lastValue(line, option);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || value < least || value > MOST_SECONDS) {
    throw invalid(option, text);
  }
  return value;
}

function range(line: Line, option: OptionName): Range | undefined {
  const text = lastValue(line, option);
  if (text === undefined) return undefined;
  const read = readRange(text);
  if (read === undefined) throw invalid(option, text);
  return read;
}

const THRESHOLDS = [
  "--warning",
  "--critical",
  "--cert-warning",
  "--cert-critical",
] as const;

/** Bounds that nothing would look at. */
function assertThresholdsCount(line: Line): void {
  if (lastValue(line, "--format") === "nagios") return;
  const idle = THRESHOLDS.find((option) => isGiven(line, option));
  if (idle === undefined) return;
  throw new UsageError(`${idle} only allowed with --format nagios`);
}

function format(line: Line): Format | undefined {
  const text = lastValue(line, "--format");
  if (text === undefined) return undefined;
  const found = FORMATS.find((one) => one === text);
  if (found === undefined) throw invalid("--format", text);
  return found;
}

function listenAddress(
  line: Line,
  option: OptionName,
): ListenAddress | undefined {
  const text = lastValue(line, option);
  if (text === undefined) return undefined;
  const [, hostname, digits = ""] =
    /^(?:\[?([^\[\]]+?)\]?:)?(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  if (digits === "" || port > 65535) throw invalid(option, text);
  return { hostname, port };
}

/** All that operators may have asked for. */
export interface OperatorLine {
  readonly settings: OperatorSettings;
  readonly probe: boolean;
  readonly peers:
    | { readonly file: string; readonly concurrency: number | undefined }
    | undefined;
  readonly listen: ListenAddress | undefined;
  readonly metrics: ListenAddress | undefined;
}

/** @returns a message for the user if a value cannot be taken. */
export function operatorLine(line: Line): OperatorLine | string {
  try {
    return read(line);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

function read(line: Line): OperatorLine {
  assertThresholdsCount(line);
  const file = lastValue(line, "--peers");
  return {
    settings: {
      explain: isGiven(line, "--explain"),
      deadline: seconds(line, "--deadline", 0.001),
      retries: numberOf(line, "--retry") ?? 0,
      retryDelay: seconds(line, "--retry-delay", 0) ??
        OPERATOR_DEFAULTS.retryDelay,
      format: format(line),
      output: lastValue(line, "--output"),
      thresholds: {
        warning: range(line, "--warning"),
        critical: range(line, "--critical"),
        certificateWarning: numberOf(line, "--cert-warning"),
        certificateCritical: numberOf(line, "--cert-critical"),
      },
      interval: seconds(line, "--interval", 0),
      reconnect: isGiven(line, "--reconnect"),
    },
    probe: isGiven(line, "--probe"),
    peers: file === undefined ? undefined : {
      file,
      concurrency: numberOf(line, "--concurrency"),
    },
    listen: listenAddress(line, "--listen"),
    metrics: listenAddress(line, "--metrics"),
  };
}
