/** Where data goes bit by bit: standard output, or the file of `--output`. */

import { OutputFile } from "../format/output.ts";
import type { Host } from "../host.ts";
import type { Log } from "../log/log.ts";
import { pause } from "../net/pause.ts";
import type { OperatorSettings } from "../result/settings.ts";
import { finished } from "./results.ts";

/** So many bytes may wait for a reader of standard output. */
const LONGEST_BACKLOG = 1024 * 1024;

/** To be left (`using`) also where it is not ended. */
export interface Sink extends Disposable {
  /** Settles when there is room for more; undefined: there is. */
  readonly write: (text: string) => Promise<void> | undefined;
  /** @returns the exit code if not all could be written, which is then said. */
  readonly end: () => number | undefined;
}

/** @param signal raised: nobody is waited for any more. */
export function openSink(
  operator: OperatorSettings,
  log: Log,
  host: Host,
  signal: AbortSignal,
): Sink {
  const { output } = operator;
  if (output === undefined) return standardOutput(host, signal);
  const file = new OutputFile(output);
  return {
    write: (text) => {
      file.write(text);
      return undefined;
    },
    end: () => finished(file, operator, log, host),
    [Symbol.dispose]: () => file[Symbol.dispose](),
  };
}

/** Of what cannot be written others will speak. */
export function standardOutput(host: Host, signal: AbortSignal): Sink {
  return {
    write: (text) => {
      host.writeOut(text);
      if (host.outputBacklog() <= LONGEST_BACKLOG) return undefined;
      return hasRoom(host.outputWritten(), signal);
    },
    end: () => undefined,
    [Symbol.dispose]: () => {},
  };
}

async function hasRoom(
  written: Promise<void> | undefined,
  signal: AbortSignal,
): Promise<void> {
  if (written === undefined) return;
  const enough = new AbortController();
  const either = AbortSignal.any([signal, enough.signal]);
  const go = (): void => enough.abort();
  written.then(go, go);
  await pause(undefined, either);
}
