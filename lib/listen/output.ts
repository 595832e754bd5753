/** Calls as they are written while it listens. */

import { escapeControls } from "../base/text.ts";
import { callHeader, callRow } from "./csv.ts";
import { callLine, leftOutLine, listeningLine, summaryLine } from "./json.ts";
import type { ListenObserver } from "./listen.ts";
import { LastCalls, listenVerdict } from "./nagios.ts";
import { endText, requestText, summaryText } from "./text.ts";
import type { CallCounts } from "./types.ts";

export interface ListenOutput extends Omit<ListenObserver, "failed"> {
  /**
   * Said in the end.
   *
   * @param faulty an error of our own has ended a call.
   * @returns the exit code, if it has one of its own.
   */
  readonly summary: (
    counts: CallCounts,
    faulty: boolean,
  ) => number | undefined;
}

/** What is said of the listening end itself. */
export interface ListenTitle {
  /** Undefined: any. */
  readonly calledAeTitle: string | undefined;
  readonly tls: boolean;
  /** Of {@linkcode serveMetrics}; undefined: there are none. */
  readonly metrics?: string | undefined;
}

/** Where it is written to. */
export interface OutputStream {
  readonly write: (text: string) => void;
  /** Bytes that it has taken and are not written yet. */
  readonly backlog: () => number;
}

/** So many bytes may wait for their reader before calls are left out. */
const LONGEST_BACKLOG = 1024 * 1024;

/**
 * While the reader is far behind, texts are only counted, but for the last.
 */
function bounded(
  { write, backlog }: OutputStream,
  gap: (count: number) => string,
): (text: string, last?: boolean) => void {
  let left = 0;
  return (text, last = false) => {
    if (!last && backlog() > LONGEST_BACKLOG) {
      left++;
      return;
    }
    if (left > 0) write(gap(left));
    left = 0;
    write(text);
  };
}

/** For a person. */
export function textOutput(
  { calledAeTitle, tls, metrics }: ListenTitle,
  stream: OutputStream,
): ListenOutput {
  const say = bounded(
    stream,
    (count) => `… ${count} messages left out: they came too fast\n`,
  );
  const title = calledAeTitle === undefined
    ? "any AE title"
    : `AE title ${escapeControls(calledAeTitle)}`;
  return {
    listening: ({ address }) => {
      say(`Listening on ${address}, ${title}${tls ? ", TLS" : ""}\n`);
      if (metrics !== undefined) say(`Metrics: ${metrics}\n`);
    },
    answered: (call) => say(requestText(call)),
    ended: (call) => say(endText(call)),
    summary: (counts) => {
      say(summaryText(counts), true);
      return undefined;
    },
  };
}

/** For a program: one object a line. */
export function jsonOutput(
  { calledAeTitle, tls, metrics }: ListenTitle,
  stream: OutputStream,
  date: () => Date,
): ListenOutput {
  const write = bounded(stream, (count) => leftOutLine(count, date()));
  return {
    listening: ({ address }) =>
      write(
        listeningLine({ address, calledAeTitle, tls, metrics }, date()),
      ),
    answered: () => {},
    ended: (call) => write(callLine(call)),
    summary: (counts) => {
      write(summaryLine(counts, date()), true);
      return undefined;
    },
  };
}

/** For a spreadsheet: a row for each connection that is over. */
export function csvOutput(stream: OutputStream): ListenOutput {
  // A gap in the numbers tells of those that nobody has read in time.
  const write = bounded(stream, () => "");
  return {
    listening: () => write(callHeader()),
    answered: () => {},
    ended: (call) => write(callRow(call)),
    summary: () => undefined,
  };
}

/**
 * Writes a whole text, once.
 *
 * @returns the exit code if it cannot.
 */
export type WriteWhole = (text: string) => number | undefined;

/** For a monitoring system: nothing but the sums, in the end. */
export function sumsOutput(
  write: WriteWhole,
  render: () => string,
): ListenOutput {
  return {
    listening: () => {},
    answered: () => {},
    ended: () => {},
    summary: () => write(render()),
  };
}

/** For a monitoring system: verdict, sums and the last calls, in the end. */
export function nagiosOutput(write: WriteWhole): ListenOutput {
  const calls = new LastCalls();
  return {
    listening: () => {},
    answered: () => {},
    ended: (call) => calls.add(call),
    summary: (counts, faulty) => {
      const { text, exit } = listenVerdict(counts, calls.lines, faulty);
      return write(text) ?? exit;
    },
  };
}
