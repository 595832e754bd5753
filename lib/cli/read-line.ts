/** The parts of a command line that more than one kind of command has. */

import type { FileAccess } from "../base/files.ts";
import { NAME } from "../base/product.ts";
import { escapeControls } from "../base/text.ts";
import type { TlsSettings } from "../tls/settings.ts";
import { checkOptions } from "./check.ts";
import type { Command, LogSettings, TransportSettings } from "./command.ts";
import { readLogOptions } from "./log-options.ts";
import { readNumber } from "./numbers.ts";
import { PORT_RANGE } from "./options.ts";
import { isGiven, lastValue, type Line } from "./scan.ts";
import { isSecure } from "./settings.ts";

/** An error before logging is configured. @param format of `--format`. */
export function failure(
  message: string,
  format: string | undefined = undefined,
): Command {
  return {
    kind: "error",
    message,
    silent: false,
    format,
    log: undefined,
    echo: undefined,
  };
}

export type Parameters =
  | { readonly ok: true; readonly peer: string; readonly port: number }
  | { readonly ok: false; readonly message: string };

export function readParameters(parameters: readonly string[]): Parameters {
  const [peer, text, ...more] = parameters;
  if (peer === undefined) {
    return { ok: false, message: "Missing parameter peer" };
  }
  if (text === undefined) {
    return { ok: false, message: "Missing parameter port" };
  }
  if (more.length > 0) return { ok: false, message: "Too many parameters" };
  const port = readNumber(PORT_RANGE, text);
  if (port.ok) return { ok: true, peer, port: port.value };
  const detail = port.problem === "invalid" ? "" : ` (${port.problem})`;
  return { ok: false, message: `Invalid parameter value ${text}${detail}` };
}

/** Empty arguments are counted and not shown. */
function argumentsMessage(line: Line): string | undefined {
  if (!isGiven(line, "--arguments")) return undefined;
  const list = line.shown.map((one) =>
    one === "" ? "" : `'${escapeControls(one)}' `
  ).join("");
  return `calling '${NAME}' with ${line.shown.length} arguments: ${list}\n`;
}

export type Options =
  | {
    readonly ok: true;
    readonly log: LogSettings;
    readonly echo: string | undefined;
    /** What is wrong after that is not to be told. */
    readonly silent: boolean;
  }
  | { readonly ok: false; readonly error: Command };

/** Logging first: what is wrong after that may have to be kept silent. */
export async function readOptions(
  line: Line,
  files: FileAccess,
  offline: boolean,
): Promise<Options> {
  const logging = await readLogOptions(line, files);
  const format = lastValue(line, "--format");
  if (!logging.ok) {
    return { ok: false, error: failure(logging.message, format) };
  }
  const { log, silent } = logging;
  const echo = argumentsMessage(line);
  const message = checkOptions(
    line,
    ({ section }) => section !== "logging",
    offline,
  );
  return message === undefined ? { ok: true, log, echo, silent } : {
    ok: false,
    error: { kind: "error", message, silent, format, log, echo },
  };
}

/** TCP as it is, or TLS with all that was asked for. */
export async function transportOf(line: Line): Promise<TransportSettings> {
  return isSecure(line)
    ? { kind: "tls", tls: await readTlsSettings(line) }
    : { kind: "tcp" };
}

export async function readTlsSettings(line: Line): Promise<TlsSettings> {
  const { tlsSettings }: typeof import("./tls-settings.ts") = await import(
    import.meta.resolve("./tls-settings.ts")
  );
  return tlsSettings(line);
}
