/** Files as Deno gives them to the log. */

import { BackgroundWriter, type Settled } from "./background-writer.ts";
import { inTime } from "./in-time.ts";
import type { LogFile, LogFiles, LogLock } from "./machine.ts";

type Mode = "append" | "truncate";

function options(mode: Mode): Deno.OpenOptions {
  return {
    create: true,
    ...(mode === "append" ? { append: true } : { write: true, truncate: true }),
  };
}

function done(act: () => void): boolean {
  try {
    act();
    return true;
  } catch {
    return false;
  }
}

/** What `look` finds; undefined if it fails. */
export function tried<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

/** Of an error that has no number. */
const EPERM = 1;
const ENOENT = 2;

/** How long a pipe may wait for somebody who reads it, in ms. */
const OPEN_LIMIT = 5000;

export class DenoFiles implements LogFiles {
  readonly #openLimit: number;
  /** What is not written at once, as long as there is something to write. */
  readonly #busy = new Set<BackgroundWriter>();
  /** Pipes that nobody has come to read, which an attempt still waits for. */
  readonly #unread = new Set<string>();

  /** @param openLimit in ms. */
  constructor(openLimit = OPEN_LIMIT) {
    this.#openLimit = openLimit;
  }

  /** Bytes that are not written yet. */
  get backlog(): number {
    let total = 0;
    for (const writer of this.#busy) total += writer.backlog;
    return total;
  }

  /** Settles when all of them are, or are dropped; undefined: they are. */
  get done(): Promise<void> | undefined {
    return this.#busy.size === 0
      ? undefined
      : Promise.all([...this.#busy].map((writer) => writer.done))
        .then(() => {});
  }

  open(path: string, mode: Mode): LogFile {
    // Opening a pipe waits until somebody opens it for reading.
    if (mayBePipe(path)) return this.#later(this.#openPipe(path, mode));
    const file = Deno.openSync(path, options(mode));
    // What has an end takes what it is given; terminals and pipes have none.
    // Asking so needs no permission to read.
    const size = tried(() => file.seekSync(0, Deno.SeekMode.End));
    return size === undefined
      ? this.#later(Promise.resolve(file))
      : atOnce(file, size);
  }

  size(path: string): number | undefined {
    try {
      return Deno.statSync(path).size;
    } catch (error) {
      if (error instanceof Deno.errors.NotCapable) throw error;
      return undefined;
    }
  }

  rename(from: string, to: string): number {
    try {
      Deno.renameSync(from, to);
      return 0;
    } catch (error) {
      // On Windows, more than one number says that.
      if (error instanceof Deno.errors.NotFound) return ENOENT;
      const number = /\(os error ([0-9]+)\)/.exec(String(error))?.[1];
      return number === undefined ? EPERM : Number(number);
    }
  }

  remove(path: string): boolean {
    return done(() => Deno.removeSync(path));
  }

  makeFolder(path: string): boolean {
    return done(() => Deno.mkdirSync(path, { recursive: true }));
  }

  openLock(path: string): LogLock {
    const file = Deno.openSync(path, { create: true, write: true });
    let open = true;
    return {
      tryLock: () => file.tryLockSync(true),
      unlock: () => {
        done(() => file.unlockSync());
      },
      close: () => {
        if (open) file.close();
        open = false;
      },
    };
  }

  #later(opening: Promise<Deno.FsFile>): LogFile {
    const writer = new BackgroundWriter({
      write: async (bytes) => await (await opening).write(bytes),
    });
    let open = true;
    opening.catch(() => {});
    return {
      size: 0,
      write: (bytes, settled) => {
        writer.writeBytes(bytes, settled);
        if (!this.#busy.has(writer)) this.#watch(writer);
      },
      close: () => {
        if (!open) return;
        open = false;
        const close = (): Promise<void> =>
          opening.then((file) => file.close(), () => {});
        (writer.done ?? Promise.resolve()).then(close);
      },
    };
  }

  #watch(writer: BackgroundWriter): void {
    const { done } = writer;
    if (done === undefined) this.#busy.delete(writer);
    else {
      this.#busy.add(writer);
      done.then(() => this.#watch(writer));
    }
  }

  /** At most one attempt for each pipe: it takes a thread. */
  async #openPipe(path: string, mode: Mode): Promise<Deno.FsFile> {
    if (this.#unread.has(path)) throw new Error("nobody reads it");
    const opening = Deno.open(path, options(mode));
    try {
      return await inTime(() => opening, this.#openLimit);
    } catch (error) {
      this.#unread.add(path);
      opening.then((file) => file.close(), () => {})
        .finally(() => this.#unread.delete(path));
      throw error;
    }
  }
}

/** Without a permission to look, whatever is there already may be one. */
function mayBePipe(path: string): boolean {
  try {
    return Deno.statSync(path).isFifo === true;
  } catch (error) {
    return error instanceof Deno.errors.NotCapable &&
      Deno.build.os !== "windows" && exists(path);
  }
}

/** Found out by making it, which needs no permission to read. */
function exists(path: string): boolean {
  try {
    Deno.openSync(path, { write: true, createNew: true }).close();
    return false;
  } catch (error) {
    return error instanceof Deno.errors.AlreadyExists;
  }
}

function atOnce(file: Deno.FsFile, size: number): LogFile {
  let open = true;
  return {
    size,
    write: (bytes: Uint8Array, settled: Settled) => {
      let failure: unknown;
      try {
        for (let written = 0; written < bytes.byteLength;) {
          written += file.writeSync(bytes.subarray(written));
        }
      } catch (error) {
        failure = error;
      }
      settled(failure);
    },
    close: () => {
      if (open) file.close();
      open = false;
    },
  };
}
