/** What a round over many peers tells, and where. */

import { openReport } from "../format/format.ts";
import type { ReportOptions, Taken } from "../format/options.ts";
import type { Host } from "../host.ts";
import type { Log } from "../log/log.ts";
import type { OperatorSettings } from "../result/settings.ts";
import type { PeerResult } from "../result/types.ts";
import { openSink, type Sink, standardOutput } from "./sink.ts";

/** What is kept of a result until it can be told. */
export interface KeptResult {
  readonly failed: boolean;
  /** One for each channel. */
  readonly taken: readonly Taken[];
}

/** What telling needs from outside. */
export interface OutputHost {
  readonly log: Log;
  readonly host: Host;
  /** Raised: nobody who reads slowly is waited for. */
  readonly signal: AbortSignal;
  /** Called before anything is written to standard output. */
  readonly before: () => void;
}

interface Channel {
  readonly take: (result: PeerResult) => Taken;
  readonly write: (text: string) => Promise<void> | undefined;
  readonly end: () => Promise<number | undefined>;
}

/** Tells results as they come, as far as their format lets. */
export class RoundOutput implements Disposable {
  readonly #channels: readonly Channel[];
  readonly #sinks: Disposable;

  /** @param sinks of all channels. */
  private constructor(channels: readonly Channel[], sinks: Disposable) {
    this.#channels = channels;
    this.#sinks = sinks;
  }

  /**
   * Who writes to a file and looks at a terminal gets a table there.
   */
  static async open(
    operator: OperatorSettings,
    options: ReportOptions,
    { log, host, signal, before }: OutputHost,
  ): Promise<RoundOutput> {
    const { format = "text", output } = operator;
    const telling: Host = {
      ...host,
      writeOut: (text) => {
        before();
        host.writeOut(text);
      },
    };
    using sinks = new DisposableStack();
    const sink = sinks.use(openSink(operator, log, telling, signal));
    const channels = [await channel(format, options, sink)];
    if (output !== undefined && host.isOutputTerminal()) {
      const terminal = sinks.use(standardOutput(telling, signal));
      channels.push(await channel("text", options, terminal));
    }
    return new RoundOutput(channels, sinks.move());
  }

  /** In any order, as soon as there is one. */
  keep(result: PeerResult): KeptResult {
    return {
      failed: result.diagnosis !== undefined,
      taken: this.#channels.map(({ take }) => take(result)),
    };
  }

  /** In order. Settles when there is room for more. */
  async tell({ taken }: KeptResult): Promise<void> {
    for (const [at, { write }] of this.#channels.entries()) {
      await write(taken[at]?.() ?? "");
    }
  }

  /** @returns the exit code of the format or of a fault, if there is one. */
  async end(): Promise<number | undefined> {
    let exit: number | undefined;
    for (const { end } of this.#channels) exit = await end() ?? exit;
    return exit;
  }

  [Symbol.dispose](): void {
    this.#sinks[Symbol.dispose]();
  }
}

async function channel(
  format: NonNullable<OperatorSettings["format"]>,
  options: ReportOptions,
  sink: Sink,
): Promise<Channel> {
  const report = await openReport(format, options);
  const write = (text: string): Promise<void> | undefined =>
    text === "" ? undefined : sink.write(text);
  await write(report.begin);
  return {
    take: (result) => report.take(result, new Date()),
    write,
    end: async () => {
      const { rest, exit } = report.end();
      for (const part of rest) await write(part);
      return sink.end() ?? exit;
    },
  };
}
