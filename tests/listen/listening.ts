/** A listening end of one's own on a free port, with all that it tells. */

import {
  listen,
  type Listening,
  type ListenRequest,
} from "../../lib/listen/listen.ts";
import type { Tally } from "../../lib/listen/counts.ts";
import { endText, requestText } from "../../lib/listen/text.ts";
import type { Call, CallCounts } from "../../lib/listen/types.ts";

export interface ListeningEnd {
  readonly hostname: string;
  readonly port: number;
  readonly tally: Tally;
  /** As text for a person, in order. */
  readonly told: readonly string[];
  /** The next call that is over; each once. */
  readonly nextCall: () => Promise<Call>;
  /** Stops it and waits for it. */
  readonly stop: () => Promise<CallCounts>;
}

/** Runs `talk` beside a listening end, which is stopped in the end. */
export async function whileListening(
  talk: (end: ListeningEnd) => Promise<void>,
  wishes: Partial<ListenRequest> = {},
): Promise<CallCounts> {
  const abort = new AbortController();
  const told: string[] = [];
  const calls: Call[] = [];
  let wake = Promise.withResolvers<void>();
  const ready = Promise.withResolvers<Listening>();
  const running = listen({
    hostname: "127.0.0.1",
    port: 0,
    calledAeTitle: undefined,
    maximumLength: 16384,
    tls: undefined,
    deadline: undefined,
    ...wishes,
  }, {
    now: () => performance.now(),
    date: () => new Date(0),
    signal: abort.signal,
    observe: {
      listening: ready.resolve,
      failed: (error) => {
        throw error;
      },
      answered: (call) => told.push(requestText(call)),
      ended: (call) => {
        told.push(endText(call));
        calls.push(call);
        wake.resolve();
      },
    },
  });
  async function stop(): Promise<CallCounts> {
    abort.abort();
    const result = await running;
    if (result.kind !== "listened") throw new Error(result.reason);
    return result.counts;
  }
  try {
    const { hostname, port, tally } = await ready.promise;
    await talk({
      hostname,
      port,
      tally,
      told,
      nextCall: async () => {
        for (;;) {
          const call = calls.shift();
          if (call !== undefined) return call;
          await wake.promise;
          wake = Promise.withResolvers();
        }
      },
      stop,
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return await stop();
}
