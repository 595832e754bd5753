/** The program: from arguments and a host to an exit code. */

import { errorText, escapeControls } from "../base/text.ts";
import type { Command } from "../cli/command.ts";
import { parseCommandLine } from "../cli/parse.ts";
import type { Host } from "../host.ts";
import { app, formatMessage } from "../log/log.ts";
import { EXIT_CODE } from "../report/exit-code.ts";
import type { Format } from "../result/settings.ts";
import { openLog } from "./log.ts";
import { verifyPeer } from "./verification.ts";

/**
 * Runs one command line; exit codes are those of the reference. Never throws:
 * what should not happen is one line too, and exit code 70.
 */
export async function run(
  argv: readonly string[],
  host: Host,
): Promise<number> {
  let command: Command | undefined;
  try {
    command = await parseCommandLine(argv, host.files);
    return await dispatch(command, host);
  } catch (error) {
    const text = `${kindOf(error)}: ${escapeControls(errorText(error))}`;
    host.writeError(formatMessage(app("fatal", text)));
    await host.errorsWritten();
    const exit = EXIT_CODE.internalError;
    return command !== undefined && "operator" in command && command.operator
      ? await fail(command.operator, text, host, exit)
      : exit;
  }
}

/**
 * The runtime says which permission is missing, and by which flag it is given;
 * where it is one for a module of ours, as a TypeError.
 */
function kindOf(error: unknown): string {
  return /^Requires \w+ access to /.test(errorText(error))
    ? "Not permitted"
    : "Internal Error";
}

/** @param exit where the format has no exit codes of its own. */
async function fail(
  operator: { readonly format: Format | undefined },
  reason: string,
  host: Host,
  exit: number,
): Promise<number> {
  const { failedExit }: typeof import("./results.ts") = await import(
    import.meta.resolve("./results.ts")
  );
  const code = failedExit(operator, reason, host, exit);
  await host.outputWritten();
  return code;
}

async function dispatch(command: Command, host: Host): Promise<number> {
  switch (command.kind) {
    case "usage":
    case "help":
    case "version":
      return await inform(command.kind, host);
    case "error":
      return await refuse(command, host);
    case "list-ciphers":
    case "list-profiles": {
      const { printList }: typeof import("./offline.ts") = await import(
        import.meta.resolve("./offline.ts")
      );
      const exit = await printList(command.kind, host);
      await host.outputWritten();
      return exit;
    }
    case "verify-certificate":
    case "is-root-certificate": {
      const { judgeCertificate }: typeof import("./offline.ts") = await import(
        import.meta.resolve("./offline.ts")
      );
      return await judgeCertificate(command, host);
    }
    case "peers": {
      const { checkPeers }: typeof import("./peers.ts") = await import(
        import.meta.resolve("./peers.ts")
      );
      return await checkPeers(command, host);
    }
    case "probe": {
      const { probe }: typeof import("./probe.ts") = await import(
        import.meta.resolve("./probe.ts")
      );
      return await probe(command, host);
    }
    case "listen": {
      const { listenForCallers }: typeof import("./listen.ts") = await import(
        import.meta.resolve("./listen.ts")
      );
      return await listenForCallers(command, host);
    }
    case "verify": {
      const { operator } = command;
      if (operator === undefined) return await verifyPeer(command, host);
      const { checkOne }: typeof import("./check.ts") = await import(
        import.meta.resolve("./check.ts")
      );
      return await checkOne({ ...command, operator }, host);
    }
  }
}

async function inform(
  kind: "usage" | "help" | "version",
  host: Host,
): Promise<number> {
  const { helpText, versionText }: typeof import("../cli/help.ts") =
    await import(import.meta.resolve("../cli/help.ts"));
  host.writeOut(kind === "version" ? versionText() : helpText());
  await host.outputWritten();
  return EXIT_CODE.verified;
}

async function refuse(
  command: Extract<Command, { kind: "error" }>,
  host: Host,
): Promise<number> {
  const log = command.log === undefined
    ? undefined
    : await openLog(command.log, command.echo, host);
  if (!command.silent && log?.silent !== true) {
    const { usageErrorText }: typeof import("../cli/help.ts") = await import(
      import.meta.resolve("../cli/help.ts")
    );
    host.writeError(usageErrorText(command.message));
  }
  await log?.close();
  await host.errorsWritten();
  const { format, message } = command;
  const exit = EXIT_CODE.failed;
  return format === "nagios"
    ? await fail({ format }, message, host, exit)
    : exit;
}
