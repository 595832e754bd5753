/** Listens to one verification and keeps what a result needs. */

import type { ConnectEvent } from "../net/observed-connect.ts";
import type { TlsFailure } from "../tls/failure.ts";
import type { TlsEvent, TlsSession } from "../tls/session.ts";
import type { VerificationEvent } from "../verify/event.ts";
import { RecentValues } from "./recent-values.ts";
import type { StageFacts } from "./stage-times.ts";
import type { Addresses } from "./types.ts";

export class Collector {
  readonly #now: () => number;
  #lookup: StageFacts["lookup"];
  #lookupBegan = 0;
  #resolved: readonly string[] = [];
  #ends: { readonly local: string; readonly remote: string } | undefined;
  #session: TlsSession | undefined;
  #tlsFailure: TlsFailure | undefined;
  #echoBegan = 0;
  #answered = 0;
  #paused = 0;
  #ended = false;
  readonly #latencies = new RecentValues();

  /** @param now a monotonic clock in milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** A second connection of the same run does not count for the look-up. */
  connect(event: ConnectEvent): void {
    switch (event.kind) {
      case "looking-up":
        if (this.#lookup !== undefined) return;
        this.#lookup = "unfinished";
        this.#lookupBegan = this.#now();
        return;
      case "resolved":
        this.#resolved = event.addresses;
        if (this.#lookup !== "unfinished") return;
        this.#lookup = { duration: this.#now() - this.#lookupBegan };
        return;
      case "connected":
        this.#ends = event;
        return;
    }
  }

  /** A second engine's session takes the place of a first one's failure. */
  tls(event: TlsEvent): void {
    if (event.kind === "tls-session") {
      this.#session = event.session;
      this.#tlsFailure = undefined;
    } else if (event.kind === "tls-failed") this.#tlsFailure = event.failure;
  }

  verification(event: VerificationEvent): void {
    switch (event.kind) {
      case "echo-request":
      // Ready to be sent: what had to be waited for before is not the peer's.
      case "command-to-send":
        this.#echoBegan = this.#now();
        return;
      case "echo-response":
        this.#latencies.add(this.#now() - this.#echoBegan);
        this.#answered++;
        return;
      case "ending":
        this.#ended = true;
        return;
    }
  }

  /** Waits for `pausing`, which is no part of any stage. */
  async during(pausing: Promise<void>): Promise<void> {
    const began = this.#now();
    try {
      await pausing;
    } finally {
      this.#paused += this.#now() - began;
    }
  }

  get facts(): StageFacts {
    return {
      lookup: this.#lookup,
      paused: this.#paused,
      ended: this.#ended,
    };
  }

  get addresses(): Addresses {
    return {
      resolved: this.#resolved,
      local: this.#ends?.local,
      remote: this.#ends?.remote,
    };
  }

  get session(): TlsSession | undefined {
    return this.#session;
  }

  get tlsFailure(): TlsFailure | undefined {
    return this.#tlsFailure;
  }

  /** Echoes that were answered, with whatever status. */
  get answered(): number {
    return this.#answered;
  }

  /** How long the last echo is or was on its way, in milliseconds. */
  get sinceEcho(): number {
    return this.#now() - this.#echoBegan;
  }

  get latencies(): readonly number[] {
    return this.#latencies.values;
  }
}
