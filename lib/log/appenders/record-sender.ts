/** Sends records to a log service in order, while the program goes on. */

import { inTime, TooSlow } from "../in-time.ts";
import type { LogSocket } from "../machine.ts";
import { encodeRaw } from "../raw-text.ts";

/** How long a record may wait until the service has it, in ms. */
const SEND_LIMIT = 10_000;

export interface SenderOptions {
  readonly open: () => Promise<LogSocket>;
  /** One or more records were dropped. */
  readonly failed: (error: unknown, phase: "opening" | "sending") => void;
  /** In ms; {@linkcode SEND_LIMIT} by default. */
  readonly limit?: number;
  /** A clock in ms; a monotonic one by default. */
  readonly now?: () => number;
}

interface WaitingRecord {
  readonly text: string;
  /** When the service must have it, by the clock. */
  readonly until: number;
}

type Failure = {
  readonly phase: "opening" | "sending";
  readonly error: unknown;
};

export class RecordSender {
  readonly #options: SenderOptions;
  readonly #limit: number;
  readonly #now: () => number;
  #waiting: WaitingRecord[] = [];
  #backlog = 0;
  #sending: Promise<void> | undefined;
  #socket: LogSocket | undefined;
  #isGivenUp = false;

  constructor(options: SenderOptions) {
    this.#options = options;
    this.#limit = options.limit ?? SEND_LIMIT;
    this.#now = options.now ?? (() => performance.now());
  }

  send(record: string): void {
    if (this.#isGivenUp) return;
    this.#waiting.push({ text: record, until: this.#now() + this.#limit });
    this.#backlog += record.length;
    this.#sending ??= this.#sendAll();
  }

  /** Characters that are neither sent nor dropped. */
  get backlog(): number {
    return this.#backlog;
  }

  /** Settles when there are none. */
  get sent(): Promise<void> {
    return this.#sending ?? Promise.resolve();
  }

  /** Sends what is left, as far as it can be sent. */
  async close(): Promise<void> {
    await this.sent;
    this.#letGo();
  }

  async #sendAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const records = this.#waiting;
      this.#waiting = [];
      for (const record of records) {
        const failure = await this.#sendOne(record);
        this.#backlog -= record.text.length;
        if (failure === undefined) continue;
        this.#options.failed(failure.error, failure.phase);
        this.#isGivenUp ||= failure.error instanceof TooSlow;
        if (this.#isGivenUp || failure.phase === "opening") {
          // Each of the others would fail as well, or wait as long.
          this.#waiting = [];
          this.#backlog = 0;
          break;
        }
      }
    }
    this.#sending = undefined;
  }

  async #sendOne(record: WaitingRecord): Promise<Failure | undefined> {
    const wasOpen = this.#socket !== undefined;
    const failure = await this.#try(record);
    // The service may have been started anew since the last record.
    return failure === undefined || !wasOpen || failure.error instanceof TooSlow
      ? failure
      : await this.#try(record);
  }

  async #try({ text, until }: WaitingRecord): Promise<Failure | undefined> {
    let phase: Failure["phase"] = "opening";
    try {
      this.#socket ??= await this.#open(until - this.#now());
      phase = "sending";
      const socket = this.#socket;
      const left = until - this.#now();
      await inTime(() => socket.send(encodeRaw(text)), left);
      return undefined;
    } catch (error) {
      this.#letGo();
      return { phase, error };
    }
  }

  async #open(limit: number): Promise<LogSocket> {
    const opening = this.#options.open();
    try {
      return await inTime(() => opening, limit);
    } catch (error) {
      opening.then((socket) => socket.close(), () => {});
      throw error;
    }
  }

  #letGo(): void {
    this.#socket?.close();
    this.#socket = undefined;
  }
}
