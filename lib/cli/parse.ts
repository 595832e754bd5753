/** From the arguments of the program to what they ask for. */

import { NAME } from "../base/product.ts";
import { escapeControls } from "../base/text.ts";
import { checkOptions, exclusiveOption } from "./check.ts";
import type { TlsSettings } from "../tls/settings.ts";
import type { Command, LogSettings } from "./command.ts";
import type { FileAccess } from "../base/files.ts";
import { readLogOptions } from "./log-options.ts";
import { readNumber } from "./numbers.ts";
import { PORT_RANGE } from "./options.ts";
import { isGiven, lastValue, type Line, scan } from "./scan.ts";
import { isSecure, verificationSettings } from "./settings.ts";

/** An error before logging is configured. */
function failure(message: string): Command {
  return {
    kind: "error",
    message,
    silent: false,
    log: undefined,
    echo: undefined,
  };
}

type Parameters =
  | { readonly ok: true; readonly peer: string; readonly port: number }
  | { readonly ok: false; readonly message: string };

function readParameters(parameters: readonly string[]): Parameters {
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

/**
 * Understands a command line, or finds the first thing that is wrong with it
 * in the order in which the reference looks. Never throws. What few command
 * lines need is loaded on demand.
 *
 * @param argv without the name of the program.
 */
export async function parseCommandLine(
  argv: readonly string[],
  files: FileAccess,
): Promise<Command> {
  let expanded = argv;
  if (argv.some((argument) => argument.startsWith("@"))) {
    const { expandCommandFiles } = await import("./command-file.ts");
    const expansion = expandCommandFiles(argv, files);
    if (!expansion.ok) return failure(expansion.message);
    expanded = expansion.arguments;
  }
  const scanned = scan(expanded);
  if (!scanned.ok) return failure(scanned.message);
  const line = scanned.line;
  if (line.shown.length === 0) return { kind: "usage" };

  const exclusive = exclusiveOption(line);
  switch (exclusive) {
    case "--help":
      return { kind: "help" };
    case "--version":
      return { kind: "version" };
    case "--list-ciphers":
      return { kind: "list-ciphers" };
    case "--list-profiles":
      return { kind: "list-profiles" };
  }
  return exclusive === undefined
    ? await verification(line, files)
    : await certificateCheck(line, files);
}

type Options =
  | {
    readonly ok: true;
    readonly log: LogSettings;
    readonly echo: string | undefined;
  }
  | { readonly ok: false; readonly error: Command };

/** Logging first: what is wrong after that may have to be kept silent. */
async function readOptions(
  line: Line,
  files: FileAccess,
  offline: boolean,
): Promise<Options> {
  const logging = await readLogOptions(line, files);
  if (!logging.ok) return { ok: false, error: failure(logging.message) };
  const { log, silent } = logging;
  const echo = argumentsMessage(line);
  const message = checkOptions(
    line,
    ({ section }) => section !== "logging",
    offline,
  );
  return message === undefined
    ? { ok: true, log, echo }
    : { ok: false, error: { kind: "error", message, silent, log, echo } };
}

async function tlsSettings(line: Line): Promise<TlsSettings> {
  const tls = await import("./tls-settings.ts");
  return tls.tlsSettings(line);
}

async function verification(line: Line, files: FileAccess): Promise<Command> {
  const parameters = readParameters(line.parameters);
  if (!parameters.ok) return failure(parameters.message);
  const rest = await readOptions(line, files, false);
  if (!rest.ok) return rest.error;
  return {
    kind: "verify",
    settings: verificationSettings(line, parameters.peer, parameters.port),
    transport: isSecure(line)
      ? { kind: "tls", tls: await tlsSettings(line) }
      : { kind: "tcp" },
    log: rest.log,
    echo: rest.echo,
  };
}

async function certificateCheck(
  line: Line,
  files: FileAccess,
): Promise<Command> {
  const rest = await readOptions(line, files, true);
  if (!rest.ok) return rest.error;
  const certificate = lastValue(line, "--verify-cert");
  return {
    kind: certificate === undefined
      ? "is-root-certificate"
      : "verify-certificate",
    file: certificate ?? lastValue(line, "--is-root-cert") ?? "",
    log: rest.log,
    tls: await tlsSettings(line),
    echo: rest.echo,
  };
}
