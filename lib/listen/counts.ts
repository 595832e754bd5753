/** Sums over all calls. */

import type { Family } from "../format/exposition.ts";
import type { Call, CallCounts, CallEnd } from "./types.ts";

const NO_ENDS: CallCounts["ends"] = {
  "released": 0,
  "rejected": 0,
  "aborted-by-caller": 0,
  "closed-by-caller": 0,
  "silent": 0,
  "not-an-echo": 0,
  "violation": 0,
  "tls-failed": 0,
  "stopped": 0,
};

/** Counts without keeping anything of a call. */
export class Tally implements CallCounts {
  connections = 0;
  open = 0;
  accepted = 0;
  echoes = 0;
  #ends: Record<CallEnd["kind"], number> = { ...NO_ENDS };
  /** Unix time in seconds. */
  #last: number | undefined;

  get ends(): CallCounts["ends"] {
    return this.#ends;
  }

  get last(): number | undefined {
    return this.#last;
  }

  /** @returns its number. */
  begin(): number {
    this.open++;
    return ++this.connections;
  }

  end(call: Call): void {
    this.open--;
    this.echoes += call.echoes;
    if (call.accepted) this.accepted++;
    this.#ends[call.end.kind]++;
    if (call.request !== undefined) this.#last = call.started.getTime() / 1000;
  }
}

/**
 * For Prometheus. No label has anything in it that a caller says: whoever can
 * connect could make as many time series as there are titles.
 */
export function listenFamilies(
  tally: CallCounts & { readonly last: number | undefined },
  started: Date,
): readonly Family[] {
  const one = (
    name: string,
    type: Family["type"],
    help: string,
    value: number,
  ): Family => ({ name, type, help, samples: [{ labels: {}, value }] });
  return [
    {
      name: "dicom_listen_connections_total",
      type: "counter",
      help: "Connections that have ended, by the way in which they did.",
      samples: Object.entries(tally.ends)
        .map(([end, value]) => ({ labels: { end }, value })),
    },
    one(
      "dicom_listen_open_connections",
      "gauge",
      "Connections that there are now.",
      tally.open,
    ),
    one(
      "dicom_listen_associations_total",
      "counter",
      "Associations that were accepted and have ended.",
      tally.accepted,
    ),
    one(
      "dicom_listen_echoes_total",
      "counter",
      "C-ECHO requests that were answered, on connections that have ended.",
      tally.echoes,
    ),
    one(
      "dicom_listen_start_timestamp_seconds",
      "gauge",
      "When listening began, in Unix time.",
      started.getTime() / 1000,
    ),
    ...(tally.last === undefined ? [] : [one(
      "dicom_listen_last_request_timestamp_seconds",
      "gauge",
      "When the last connection with an association request began.",
      tally.last,
    )]),
  ];
}
