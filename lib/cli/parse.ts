/** From the arguments of the program to what they ask for. */

import type { FileAccess } from "../base/files.ts";
import { exclusiveOption } from "./check.ts";
import type { Command } from "./command.ts";
import { OPERATOR_SECTIONS } from "./operator-options.ts";
import {
  failure,
  readOptions,
  readParameters,
  readTlsSettings,
  transportOf,
} from "./read-line.ts";
import { lastValue, type Line, scan } from "./scan.ts";
import { verificationSettings } from "./settings.ts";

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
    const { expandCommandFiles }: typeof import("./command-file.ts") =
      await import(import.meta.resolve("./command-file.ts"));
    const expansion = expandCommandFiles(argv, files);
    if (!expansion.ok) return failure(expansion.message, formatOf(argv));
    expanded = expansion.arguments;
  }
  const scanned = scan(expanded);
  if (!scanned.ok) return failure(scanned.message, formatOf(expanded));
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
  const { occurrences } = line;
  if (occurrences.some(({ option }) => OPERATOR_SECTIONS.has(option.section))) {
    const { operatorCommand }: typeof import("./operator-command.ts") =
      await import(import.meta.resolve("./operator-command.ts"));
    return await operatorCommand(line, files);
  }
  return exclusive === undefined
    ? await verification(line, files)
    : await certificateCheck(line, files);
}

/** What `--format` seems to say on a line that cannot be understood. */
function formatOf(args: readonly string[]): string | undefined {
  const index = args.lastIndexOf("--format");
  return index < 0 ? undefined : args[index + 1];
}

async function verification(line: Line, files: FileAccess): Promise<Command> {
  const parameters = readParameters(line.parameters);
  if (!parameters.ok) return failure(parameters.message);
  const rest = await readOptions(line, files, false);
  if (!rest.ok) return rest.error;
  return {
    kind: "verify",
    settings: verificationSettings(line, parameters.peer, parameters.port),
    transport: await transportOf(line),
    log: rest.log,
    echo: rest.echo,
    operator: undefined,
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
    tls: await readTlsSettings(line),
    echo: rest.echo,
  };
}
