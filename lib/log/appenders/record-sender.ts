/** Sends records to a log service in order, while the program goes on. */

import type { LogSocket } from "../machine.ts";

/** How long a service may take for one record, in ms. */
const SEND_LIMIT = 5000;

export interface SenderOptions {
  readonly open: () => Promise<LogSocket>;
  /** One or more records were dropped. */
  readonly failed: (error: unknown, phase: "opening" | "sending") => void;
  /** In ms; {@linkcode SEND_LIMIT} by default. */
  readonly limit?: number;
}

type Failure = {
  readonly phase: "opening" | "sending";
  readonly error: unknown;
};

export class RecordSender {
  readonly #options: SenderOptions;
  readonly #limit: number;
  #waiting: string[] = [];
  #backlog = 0;
  #sending: Promise<void> | undefined;
  #socket: LogSocket | undefined;
  #isGivenUp = false;

  constructor(options: SenderOptions) {
    this.#options = options;
    this.#limit = options.limit ?? SEND_LIMIT;
  }

  send(record: string): void {
    if (this.#isGivenUp) return;
    this.#waiting.push(record);
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
        const failure = await this.#sendOne(new TextEncoder().encode(record));
        this.#backlog -= record.length;
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

  async #sendOne(bytes: Uint8Array): Promise<Failure | undefined> {
    const wasOpen = this.#socket !== undefined;
    const failure = await this.#try(bytes);
    // The service may have been started anew since the last record.
    return failure === undefined || !wasOpen || failure.error instanceof TooSlow
      ? failure
      : await this.#try(bytes);
  }

  async #try(bytes: Uint8Array): Promise<Failure | undefined> {
    let phase: Failure["phase"] = "opening";
    try {
      this.#socket ??= await this.#open();
      phase = "sending";
      await inTime(this.#socket.send(bytes), this.#limit);
      return undefined;
    } catch (error) {
      this.#letGo();
      return { phase, error };
    }
  }

  async #open(): Promise<LogSocket> {
    const opening = this.#options.open();
    try {
      return await inTime(opening, this.#limit);
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

class TooSlow extends Error {}

/** @throws {TooSlow} if `promise` has not settled after `limit` ms. */
async function inTime<T>(promise: Promise<T>, limit: number): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new TooSlow("no answer")), limit);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
