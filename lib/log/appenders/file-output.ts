/** The file that an appender writes, opened again after a failure. */

import { errorText } from "../../base/text.ts";
import type { AppenderSettings, ReportProblem } from "../appender.ts";
import type { LogFile, LogMachine } from "../machine.ts";
import { encodeRaw, readableRaw } from "../raw-text.ts";
import { readBoolean, readInteger } from "../setting-values.ts";
import { FileLock } from "./file-lock.ts";
import { int32 } from "./numbers.ts";
import { ReportOnce } from "./report-once.ts";

/** Bytes that wait if lines need not be written at once. */
const DEFAULT_BUFFER = 8191;
const LARGEST_BUFFER = 1024 * 1024;

/** Names that stand for a locale, and what the names of locales look like. */
const LOCALE =
  /^$|^(DEFAULT|USER|GLOBAL|CLASSIC|C|POSIX)$|^C\.|^[a-z]{2,3}([_.@]|$)/;

export class FileOutput {
  /** Empty: there is none, and nothing is ever written. */
  readonly name: string;
  /** Tells what may happen again and again, once. */
  readonly problems: ReportOnce;
  readonly #machine: LogMachine;
  readonly #immediate: boolean;
  readonly #createFolders: boolean;
  readonly #reopenDelay: number;
  readonly #buffer: Uint8Array;
  #lock: FileLock | undefined;
  #file: LogFile | undefined;
  #size = 0;
  #buffered = 0;
  #reopenAt: number | undefined;
  #failureTold = false;

  constructor(
    settings: AppenderSettings,
    machine: LogMachine,
    report: ReportProblem,
    appends: boolean,
  ) {
    this.name = readableRaw(settings.get("File") ?? "");
    this.problems = new ReportOnce(report);
    this.#machine = machine;
    const locked = readBoolean(settings.get("UseLockFile")) ?? false;
    this.#immediate = locked ||
      (readBoolean(settings.get("ImmediateFlush")) ?? true);
    this.#createFolders = readBoolean(settings.get("CreateDirs")) ?? false;
    this.#reopenDelay = int32(settings, "ReopenDelay", 1) * 1000;
    this.#buffer = new Uint8Array(
      this.#immediate ? 0 : bufferSize(settings),
    );
    if (this.name === "") {
      this.#fail("Invalid filename");
      return;
    }
    const lockFile = readableRaw(settings.get("LockFile") ?? "");
    if (locked && !this.#openLock(lockFile)) return;
    const append = readBoolean(settings.get("Append")) ?? appends;
    const locale = settings.get("Locale") ?? "DEFAULT";
    if (!LOCALE.test(locale)) {
      this.problems.tell(`Failed to create locale ${locale}`);
    }
    this.#withLock(() => {
      this.#openFile(append ? "append" : "truncate");
      if (this.#file === undefined) {
        this.#fail(`Unable to open file: ${this.name}`);
      }
    });
  }

  /** Of the file as it would be if all were written; -1: it is not open. */
  get size(): number {
    return this.#file === undefined ? -1 : this.#size;
  }

  /**
   * Runs `action` while no other process writes, if that is wanted: then it may
   * have to wait.
   *
   * @param length how many characters it will write.
   */
  exclusively(action: () => void, length = 0): void {
    this.#withLock(() => {
      if (this.#lock !== undefined) this.#follow();
      action();
    }, length);
  }

  /** Characters that wait until they can be written. */
  get backlog(): number {
    return this.#lock?.backlog ?? 0;
  }

  /** Settles when there are none. */
  get written(): Promise<void> {
    return this.#lock?.idle ?? Promise.resolve();
  }

  write(text: string): void {
    if (this.#file === undefined && !this.#reopen()) {
      this.#fail(`file is not open: ${this.name}`);
      return;
    }
    const bytes = encodeRaw(text);
    this.#size += bytes.byteLength;
    if (this.#buffered + bytes.byteLength > this.#buffer.byteLength) {
      this.#flush();
    }
    if (bytes.byteLength > this.#buffer.byteLength) {
      this.#put(bytes);
    } else {
      this.#buffer.set(bytes, this.#buffered);
      this.#buffered += bytes.byteLength;
    }
  }

  /** Writes what waits and lets go of the file, which can be renamed then. */
  closeFile(): void {
    this.#flush();
    this.#file?.close();
    this.#file = undefined;
  }

  /**
   * Opens the file after it was renamed.
   *
   * @param mode "append" if it may still be there, so that nothing is lost.
   */
  openAgain(mode: "append" | "truncate"): void {
    this.#openFile(mode);
    if (this.#file === undefined) {
      this.problems.tell(`Failed to open file ${this.name}`);
    }
    // A file that could not be renamed is tried again when it has grown as
    // much as a new one.
    this.#size = 0;
  }

  async close(): Promise<void> {
    await this.written;
    this.closeFile();
    this.#lock?.close();
  }

  #openFile(mode: "append" | "truncate"): void {
    if (this.name === "") return;
    if (this.#createFolders) this.#createFolderOf(this.name);
    try {
      this.#file = this.#machine.files.open(this.name, mode);
    } catch {
      this.#file = undefined;
    }
    this.#size = this.#file?.size ?? 0;
  }

  #createFolderOf(path: string): void {
    const [folder] = /^.*(?=[/\\])/.exec(
      this.#machine.system === "windows" ? path : path.replaceAll("\\", "_"),
    ) ?? [""];
    if (folder !== "") {
      this.#machine.files.makeFolder(path.slice(0, folder.length));
    }
  }

  /** Not before some time has passed since the first try to write. */
  #reopen(): boolean {
    const now = this.#machine.now().getTime();
    if (this.#reopenAt === undefined && this.#reopenDelay !== 0) {
      this.#reopenAt = now + this.#reopenDelay;
      return false;
    }
    if (now < (this.#reopenAt ?? 0)) return false;
    this.#reopenAt = undefined;
    this.#openFile("append");
    return this.#file !== undefined;
  }

  #flush(): void {
    if (this.#buffered === 0) return;
    const bytes = this.#buffer.subarray(0, this.#buffered);
    this.#buffered = 0;
    this.#put(bytes);
  }

  #put(bytes: Uint8Array): void {
    const file = this.#file;
    file?.write(bytes, (error) => {
      if (error === undefined) {
        this.#failureTold = false;
        return;
      }
      file.close();
      if (this.#file === file) this.#file = undefined;
      this.#fail(`file is not open: ${this.name}`);
    });
  }

  /** Once until something could be written again. */
  #fail(problem: string): void {
    if (!this.#failureTold) this.problems.report(problem);
    this.#failureTold = true;
  }

  #openLock(given: string): boolean {
    const name = given === "" ? `${this.name}.lock` : given;
    if (this.#createFolders) this.#createFolderOf(name);
    this.#lock = FileLock.open(name, this.#machine, this.problems);
    return this.#lock !== undefined;
  }

  #withLock(action: () => void, length = 0): void {
    if (this.#lock === undefined) action();
    else this.#lock.run(action, length);
  }

  /** Goes on in the new file if another process has renamed this one. */
  #follow(): void {
    if (this.#file === undefined) return;
    let size: number | undefined;
    try {
      size = this.#machine.files.size(this.name);
    } catch (error) {
      this.problems.tell(
        `cannot follow file ${this.name}: ${errorText(error)}`,
      );
      return;
    }
    if (size === undefined || size < this.#size) {
      this.closeFile();
      this.openAgain("append");
    }
    this.#size = size ?? 0;
  }
}

function bufferSize(settings: AppenderSettings): number {
  const wanted = readInteger(settings.get("BufferSize")) ?? 0n;
  return wanted <= 0n
    ? DEFAULT_BUFFER
    : Math.min(Number(wanted), LARGEST_BUFFER);
}
