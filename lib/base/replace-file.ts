/** A file that is replaced as a whole, as Deno writes it. */

import { errorText } from "./text.ts";

/**
 * Who may read the new file: its owner alone, or whoever may read the one that
 * is replaced (without one: whoever the system lets).
 */
export type FileRights = "owner-only" | "kept";

/**
 * Puts `bytes` into a new file beside `path`, which then takes its place, so
 * that nobody ever reads a half of it.
 *
 * @throws {Error} whose message says why it cannot
 */
export function replaceFile(
  path: string,
  bytes: Uint8Array,
  rights: FileRights,
): void {
  using file = new FileReplacement(path, rights);
  file.write(bytes);
  file.finish();
}

/**
 * The same for what comes bit by bit: until it is finished nothing is replaced,
 * and the new file is gone if it never is. What is there and is no regular file
 * stays as it is: a link could lead anywhere.
 */
export class FileReplacement implements Disposable {
  readonly #path: string;
  readonly #temporary: string;
  /** What is there, if its rights are to be kept. */
  readonly #kept: Deno.FileInfo | undefined;
  readonly #file: Deno.FsFile;
  #state: "open" | "closed" | "renamed" = "open";

  /** @throws {Error} as all of them do, whose message says why it cannot. */
  constructor(path: string, rights: FileRights) {
    const replaced = fileThere(path);
    this.#path = path;
    this.#kept = rights === "kept" ? replaced : undefined;
    this.#temporary = `${path}.${crypto.randomUUID()}`;
    this.#file = opened(
      this.#temporary,
      rights === "kept" ? permissions(this.#kept) ?? 0o666 : 0o600,
    );
  }

  write(bytes: Uint8Array): void {
    withReason(() => {
      for (let at = 0; at < bytes.byteLength;) {
        at += this.#file.writeSync(bytes.subarray(at));
      }
    });
  }

  /** Gives the file its name. */
  finish(): void {
    withReason(() => {
      if (this.#kept !== undefined) {
        keepRights(this.#path, this.#temporary, this.#kept, this.#file);
      }
      this.#close();
      Deno.renameSync(this.#temporary, this.#path);
      this.#state = "renamed";
    });
  }

  #close(): void {
    if (this.#state !== "open") return;
    this.#state = "closed";
    this.#file.close();
  }

  /** Nothing is left of a file that was not finished. */
  [Symbol.dispose](): void {
    this.#close();
    if (this.#state !== "renamed") remove(this.#temporary);
  }
}

function withReason(work: () => void): void {
  try {
    work();
  } catch (error) {
    throw error instanceof Error ? new Error(reasonOf(error)) : error;
  }
}

/** What is to be replaced; undefined: nothing that can be looked at. */
function fileThere(path: string): Deno.FileInfo | undefined {
  let found: Deno.FileInfo;
  try {
    found = Deno.lstatSync(path);
  } catch {
    return undefined;
  }
  if (found.isSymlink) {
    throw new Error("it is a link: name the file itself");
  }
  if (!found.isFile) throw new Error("it is not a file: name another");
  return found;
}

/** Undefined where the system has none (Windows). */
function permissions(info: Deno.FileInfo | undefined): number | undefined {
  return info === undefined || info.mode === null
    ? undefined
    : info.mode & 0o777;
}

const WRITABLE_BY_OTHERS = 0o022;
const STICKY = 0o1000;

/**
 * Gives the new file owner, group and permissions of the old one, as far as
 * the system lets. They are set by the file's name, so not where somebody else
 * could put a link to another file in its place.
 */
function keepRights(
  path: string,
  temporary: string,
  old: Deno.FileInfo,
  file: Deno.FsFile,
): void {
  const mode = permissions(old);
  const own = file.statSync();
  if (mode === undefined || own.uid === null) return;
  const folder = Deno.statSync(folderOf(path));
  const folderMode = folder.mode ?? WRITABLE_BY_OTHERS;
  if (folder.uid !== own.uid && folder.uid !== 0) return;
  if ((folderMode & WRITABLE_BY_OTHERS) !== 0 && (folderMode & STICKY) === 0) {
    return;
  }
  try {
    if (old.uid !== own.uid || old.gid !== own.gid) {
      Deno.chownSync(temporary, old.uid, old.gid);
    }
    if (permissions(own) !== mode) Deno.chmodSync(temporary, mode);
  } catch {
    // Only an administrator may give files away, and not every file system has
    // rights: then the file is ours, opened with the permissions of the old.
  }
}

function remove(path: string): void {
  try {
    Deno.removeSync(path);
  } catch {
    // It is not there any more; why it was of no use is said by others.
  }
}

function folderOf(path: string): string {
  const end = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"));
  return end < 0 ? "." : path.slice(0, end + 1);
}

function opened(path: string, mode: number): Deno.FsFile {
  try {
    return Deno.openSync(path, { write: true, createNew: true, mode });
  } catch (error) {
    throw new Error(reasonOf(error));
  }
}

/** Without the name of the temporary file. */
function reasonOf(error: unknown): string {
  if (error instanceof Deno.errors.NotFound) {
    return "there is no such folder: check the path";
  }
  if (
    error instanceof Deno.errors.PermissionDenied ||
    error instanceof Deno.errors.NotCapable
  ) return "its folder may not be written to: check its permissions";
  return errorText(error).replace(/:? *(open|rename|stat) '.*$/s, "");
}
