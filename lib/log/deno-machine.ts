/** The machine of {@linkcode LogMachine} as Deno gives it. */

import type { BackgroundWriter } from "./background-writer.ts";
import { DenoFiles, tried } from "./deno-files.ts";
import { openTcp, openUdp, openUnixDatagram } from "./deno-sockets.ts";
import type { LogMachine } from "./machine.ts";

/** What the program has of the machine already. */
export interface ProgramMachine {
  readonly environment: (name: string) => string | undefined;
  readonly writeError: (text: string) => void;
  readonly errorBacklog: () => number;
  readonly errorsWritten: () => Promise<void> | undefined;
}

function hostname(): string {
  return tried(() => Deno.hostname()) ?? "unknown";
}

const HOSTS_FILE = "/etc/hosts";

/** The first name of the line of hosts that has this machine's. */
function fullHostname(): string {
  const own = hostname();
  const hosts = tried(() => Deno.readTextFileSync(HOSTS_FILE)) ?? "";
  for (const line of hosts.split("\n")) {
    const [, ...names] = line.replace(/#.*/, "").trim().split(/\s+/);
    if (names.includes(own)) return names[0] ?? own;
  }
  return own;
}

/**
 * The machine that the program runs on.
 *
 * @param output standard output, which others may write to as well.
 */
export function denoMachine(
  program: ProgramMachine,
  output: BackgroundWriter,
): LogMachine {
  const files = new DenoFiles();
  return {
    system: Deno.build.os === "windows" ? "windows" : "unix",
    pid: Deno.pid,
    now: () => new Date(),
    started: performance.timeOrigin,
    hostname,
    fullHostname,
    environment: program.environment,
    writeOut: (text, settled) => output.write(text, settled),
    writeError: program.writeError,
    backlog: () => output.backlog + program.errorBacklog() + files.backlog,
    written: () => {
      const waiting = [output.done, program.errorsWritten(), files.done]
        .filter((one) => one !== undefined);
      return waiting.length === 0
        ? undefined
        : Promise.all(waiting).then(() => {});
    },
    files,
    openTcp,
    openUdp,
    openUnixDatagram,
    openEventLog: async (settings) => {
      const { openEventLog } = await import("./deno-event-log.ts");
      return openEventLog(settings, program.environment("SystemRoot"));
    },
  };
}
