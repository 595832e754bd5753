/** A file that only its owner may read, as Deno writes it. */

/**
 * Puts `bytes` into the file, which is replaced as a whole. What is there and
 * is no regular file stays as it is: a link could lead anywhere.
 *
 * @throws {Error} whose message says why it cannot
 */
export function writeOwnerOnly(path: string, bytes: Uint8Array): void {
  refuseWhatIsNoFile(path);
  const temporary = `${path}.${crypto.randomUUID()}`;
  const file = opened(temporary);
  try {
    try {
      for (let at = 0; at < bytes.byteLength;) {
        at += file.writeSync(bytes.subarray(at));
      }
    } finally {
      file.close();
    }
    Deno.renameSync(temporary, path);
  } catch (error) {
    Deno.removeSync(temporary);
    throw error instanceof Error ? new Error(reasonOf(error)) : error;
  }
}

function refuseWhatIsNoFile(path: string): void {
  let found: Deno.FileInfo;
  try {
    found = Deno.lstatSync(path);
  } catch {
    return;
  }
  if (found.isSymlink) {
    throw new Error("it is a link: name the file itself");
  }
  if (!found.isFile) throw new Error("it is not a file: name another");
}

function opened(path: string): Deno.FsFile {
  try {
    return Deno.openSync(path, { write: true, createNew: true, mode: 0o600 });
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
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/:? *(open|rename) '.*$/s, "");
}
