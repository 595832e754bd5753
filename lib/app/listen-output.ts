/** How a listening end tells who calls, as the command line asks for it. */

import type { Command } from "../cli/command.ts";
import type { Host } from "../host.ts";
import {
  csvOutput,
  jsonOutput,
  type ListenOutput,
  nagiosOutput,
  type OutputStream,
  sumsOutput,
  textOutput,
  type WriteWhole,
} from "../listen/output.ts";
import { app, type Log } from "../log/log.ts";
import { write } from "./results.ts";

/** Sums for Prometheus. */
export interface Sums {
  /** Where they are served; undefined: nowhere. */
  readonly url: string | undefined;
  readonly render: () => string;
}

/**
 * Formats that have no line on where it listens leave that to the log, at
 * level information.
 */
export function outputFor(
  command: Extract<Command, { kind: "listen" }>,
  { url, render }: Sums,
  log: Log,
  host: Host,
): ListenOutput {
  const { aeTitle, transport, operator } = command;
  const title = {
    calledAeTitle: aeTitle?.trim(),
    tls: transport.kind === "tls",
    metrics: url,
  };
  const stream: OutputStream = {
    write: host.writeOut,
    backlog: host.outputBacklog,
  };
  const whole: WriteWhole = (text) => write(text, operator, log, host);
  const logging = (output: ListenOutput): ListenOutput => ({
    ...output,
    listening: (where) => {
      log.write(app("info", `Listening on ${where.address}`));
      output.listening(where);
    },
  });
  switch (operator.format) {
    case "json":
    case "jsonl":
      return jsonOutput(title, stream, () => new Date());
    case "csv":
      return logging(csvOutput(stream));
    case "prometheus":
      return logging(sumsOutput(whole, render));
    case "nagios":
      return logging(nagiosOutput(whole));
    default:
      return textOutput(title, stream);
  }
}
