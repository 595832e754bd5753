/** Command lines with operators' options, and what they ask for. */

import type { FileAccess } from "../base/files.ts";
import type { Command } from "./command.ts";
import { type OperatorLine, operatorLine } from "./operator-settings.ts";
import {
  failure,
  readOptions,
  readParameters,
  transportOf,
} from "./read-line.ts";
import { isGiven, lastValue, type Line } from "./scan.ts";
import { numberOf, verificationSettings } from "./settings.ts";

/** Like {@linkcode parseCommandLine}, for a line with one of these options. */
export async function operatorCommand(
  line: Line,
  files: FileAccess,
): Promise<Command> {
  const format = lastValue(line, "--format");
  const alone = isGiven(line, "--peers") || isGiven(line, "--listen");
  const parameters = alone
    ? { ok: true, peer: "", port: 0 } as const
    : readParameters(line.parameters);
  if (!parameters.ok) return failure(parameters.message, format);
  if (alone && line.parameters.length > 0) {
    return failure("Too many parameters", format);
  }
  const rest = await readOptions(line, files, false);
  if (!rest.ok) return rest.error;
  const { log, echo } = rest;
  const operator = operatorLine(line);
  if (typeof operator === "string") {
    return {
      kind: "error",
      message: operator,
      silent: rest.silent,
      format,
      log,
      echo,
    };
  }
  const { peer, port } = parameters;
  const settings = verificationSettings(line, peer, port);
  // For peers the interval is that of rounds.
  const endless = operator.settings.interval !== undefined && !alone &&
    !operator.probe && !isGiven(line, "--repeat");
  const common = {
    settings: endless
      ? { ...settings, repeat: Number.MAX_SAFE_INTEGER }
      : settings,
    transport: await transportOf(line),
    log,
    echo,
    operator: operator.settings,
  };
  return commandOf(line, operator, common);
}

type Verification = Extract<Command, { kind: "verify" }>;
type Common = Omit<Verification, "kind" | "operator"> & {
  readonly operator: OperatorLine["settings"];
};

function commandOf(
  line: Line,
  { probe, peers, listen, metrics }: OperatorLine,
  common: Common,
): Command {
  if (peers !== undefined) {
    return { kind: "peers", ...common, ...peers, metrics };
  }
  if (listen !== undefined) {
    const { settings, ...rest } = common;
    const aeTitle = lastValue(line, "--aetitle");
    return {
      kind: "listen",
      ...rest,
      address: listen,
      addressFamily: settings.addressFamily,
      timeouts: {
        acse: numberOf(line, "--acse-timeout"),
        dimse: numberOf(line, "--dimse-timeout"),
        socket: numberOf(line, "--socket-timeout"),
      },
      aeTitle: aeTitle === ANY_TITLE ? undefined : aeTitle,
      maximumLength: settings.maximumLength,
      metrics,
    };
  }
  return { kind: probe ? "probe" : "verify", ...common };
}

/** As `--aetitle` of a listening end: every called title will do. */
const ANY_TITLE = "ANY";
