/** Calls as they are written while it listens: as text, or as JSON lines. */

import { escapeControls } from "../base/text.ts";
import { callLine, listeningLine, summaryLine } from "./json.ts";
import type { ListenObserver } from "./listen.ts";
import { endText, requestText, summaryText } from "./text.ts";
import type { CallCounts } from "./types.ts";

export interface ListenOutput extends ListenObserver {
  /** Said in the end. */
  readonly summary: (counts: CallCounts) => void;
}

/** What is said of the listening end itself. */
export interface ListenTitle {
  /** Undefined: any. */
  readonly calledAeTitle: string | undefined;
  readonly tls: boolean;
  /** Of {@linkcode serveMetrics}; undefined: there are none. */
  readonly metrics?: string | undefined;
}

/** So many bytes may wait for their reader before calls are left out. */
const LONGEST_BACKLOG = 1024 * 1024;

/**
 * For a person.
 *
 * @param backlog bytes that `write` has taken and are not written yet
 */
export function textOutput(
  { calledAeTitle, tls, metrics }: ListenTitle,
  write: (text: string) => void,
  backlog: () => number = () => 0,
): ListenOutput {
  let left = 0;
  const say = (text: string): void => {
    if (backlog() > LONGEST_BACKLOG) {
      left++;
      return;
    }
    if (left > 0) write(`… ${left} messages left out: they came too fast\n`);
    left = 0;
    write(text);
  };
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
    summary: (counts) => say(summaryText(counts)),
  };
}

/** For a program: one object a line. */
export function jsonOutput(
  { calledAeTitle, tls }: ListenTitle,
  write: (text: string) => void,
  date: () => Date,
): ListenOutput {
  return {
    listening: ({ address }) =>
      write(listeningLine(address, calledAeTitle, tls, date())),
    answered: () => {},
    ended: (call) => write(callLine(call)),
    summary: (counts) => write(summaryLine(counts, date())),
  };
}
